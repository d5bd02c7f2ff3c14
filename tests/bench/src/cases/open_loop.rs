//! Arrivals on a schedule, whether the pool keeps up or not: what those wait who come when they come.

use crate::cases::oversubscribed::{CONNECTIONS, ideal};
use crate::contender::{Contender, Entrant, User};
use crate::contenders::by_hand::ByHand;
use crate::driver::Nothing;
use crate::field;
use crate::hold::Hold;
use crate::pace::Pace;
use crate::row::Row;
use crate::schedule::Schedule;
use crate::series::Series;
use crate::waits::Percentiles;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const CASE: &str = "open-loop";

/// Those who serve the arrivals: so many more than connections that a free one is there for each arrival.
const THREADS: usize = 128;

const HOLD: Hold = Hold::Sleep(Duration::from_millis(1));

/// Shares of the capacity: easy, busy, nearly full.
const LOADS: [f64; 3] = [0.5, 0.8, 0.95];

/// What the first so much of a schedule shows is not counted: the line is still building up.
const WARM_UP: Duration = Duration::from_millis(100);

/// Until when every thread has surely started.
const GATHERING: Duration = Duration::from_millis(20);

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    let mut field = field::that_wait(&Nothing, CONNECTIONS);
    // It shows what the machine's timer adds: everybody has a connection of his own.
    field.push(Entrant::new("by-hand", ByHand(Nothing)));
    let mut series = LOADS.map(|load| Series::new(CASE, THREADS, format!("load {load:.2}")));
    for round in 0..pace.long_rounds / 3 {
        let capacity = ideal(CONNECTIONS, HOLD, pace.long_sample);
        for (load, series) in LOADS.iter().zip(&mut series) {
            series.note("by-hand", "arrivals_per_second", load * capacity);
            let schedule = Schedule::new(round as u64, load * capacity, WARM_UP + pace.long_sample);
            for Entrant { name, pool } in &field {
                let waits = Arrivals::new(&schedule).at(&**pool);
                for (metric, share) in [
                    ("wait_p50_us", 0.5),
                    ("wait_p99_us", 0.99),
                    ("wait_p999_us", 0.999),
                    ("wait_max_us", 1.0),
                ] {
                    series.note(name, metric, waits.at(share));
                }
            }
        }
    }
    series.into_iter().flat_map(Series::rows).collect()
}

/// A schedule, and how far it has been served.
struct Arrivals<'s> {
    schedule: &'s Schedule,
    start: Instant,
    next: AtomicUsize,
}

/// A thread that serves one arrival after another.
struct Server<'s> {
    arrivals: &'s Arrivals<'s>,
    due: Duration,
    waits: Vec<Duration>,
}

impl<'s> Arrivals<'s> {
    fn new(schedule: &'s Schedule) -> Self {
        Self { schedule, start: Instant::now() + GATHERING, next: AtomicUsize::new(0) }
    }

    fn at(&self, pool: &dyn Contender<u64>) -> Percentiles {
        thread::scope(|scope| {
            let servers = (0..THREADS).map(|_| {
                scope.spawn(|| {
                    let mut server =
                        Server { arrivals: self, due: Duration::ZERO, waits: Vec::with_capacity(1000) };
                    pool.serve(&mut server);
                    server.waits
                })
            });
            let servers: Vec<_> = servers.collect();
            let waits =
                servers.into_iter().flat_map(|server| server.join().expect("a server does not panic"));
            Percentiles::new(waits.collect())
        })
    }
}

impl User<u64> for Server<'_> {
    fn wants_one(&mut self) -> bool {
        let Arrivals { schedule, start, next } = self.arrivals;
        let Some(due) = schedule.due(next.fetch_add(1, Ordering::Relaxed)) else { return false };
        self.due = due;
        thread::sleep((*start + due).saturating_duration_since(Instant::now()));
        true
    }

    fn has(&mut self, _: &mut u64) {
        // From when it was due, not from when it was seen to: one that is late because others are has waited, too.
        let wait = self.arrivals.start.elapsed().saturating_sub(self.due);
        if self.due >= WARM_UP {
            self.waits.push(wait);
        }
        HOLD.pass();
    }

    fn gave_back(&mut self) {}
}
