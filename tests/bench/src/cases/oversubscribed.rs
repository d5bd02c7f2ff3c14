//! More threads than connections: throughput beside the ideal, waits, order, and what it costs the machine.

use crate::contender::{Contender, Entrant, User};
use crate::contenders::by_hand::ByHand;
use crate::contenders::cenote::{queue, with_defaults};
use crate::driver::Nothing;
use crate::field;
use crate::hold::Hold;
use crate::pace::Pace;
use crate::row::Row;
use crate::series::Series;
use crate::usage::Usage;
use crate::waits::{Percentiles, Wait, jain, most_overtakes};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const CASE: &str = "oversubscribed";
pub(crate) const THREADS: usize = 64;
pub(crate) const CONNECTIONS: usize = 8;

/// First come, first served, to the letter.
const STRICT: &str = "cenote/Queue/strict";

/// What the first so much of a sample shows is not counted.
const WARM_UP: Duration = Duration::from_millis(30);

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    let us = Duration::from_micros;
    let gated = [Hold::Sleep(us(200)), Hold::Compute(us(200))];
    let others = [Hold::Nothing, Hold::Compute(us(5)), Hold::Compute(us(20)), Hold::Sleep(us(1000))];
    let holds = gated.iter().chain(if pace.quick { &[] } else { &others[..] });
    holds.flat_map(|hold| held(*hold, pace)).collect()
}

fn held(hold: Hold, pace: Pace) -> Vec<Row> {
    let mut field = field::that_wait(&Nothing, CONNECTIONS);
    let strict = with_defaults(&Nothing, queue(CONNECTIONS).strict());
    field.insert(2, Entrant::blocking(STRICT, strict));
    let mut series = Series::new(CASE, THREADS, hold.to_string());
    for _ in 0..pace.long_rounds {
        series.note("by-hand", "gets_per_second", ideal(CONNECTIONS, hold, pace.long_sample));
        for Entrant { name, pool } in &field {
            let outcome = Crowd::new(THREADS, hold, pace.long_sample).visit(&**pool);
            outcome.note(name, &mut series);
        }
    }
    series.compare("gets_per_second", &series.values("by-hand", "gets_per_second"), "share_of_ideal");
    series.compare("wait_p99_us", &series.values(STRICT, "wait_p99_us"), "p99_times_strict");
    series.rows().collect()
}

/// Gets per second of those who have a connection each: no pool of so many does more.
pub(crate) fn ideal(connections: usize, hold: Hold, sample: Duration) -> f64 {
    Crowd::new(connections, hold, sample).visit(&ByHand(Nothing)).gets_per_second()
}

/// So many threads, each getting, holding and dropping for as long as the sample lasts.
struct Crowd {
    threads: usize,
    hold: Hold,
    sample: Duration,
}

/// What they saw.
struct Outcome {
    sample: Duration,
    waits: Vec<Wait>,
    counts: Vec<usize>,
    usage: Usage,
}

/// One of them.
struct OneOfMany {
    hold: Hold,
    end: Instant,
    began: Instant,
    waits: Vec<Wait>,
}

impl Crowd {
    fn new(threads: usize, hold: Hold, sample: Duration) -> Self {
        Self { threads, hold, sample }
    }

    fn visit(&self, pool: &dyn Contender<u64>) -> Outcome {
        let ready = Barrier::new(self.threads + 1);
        thread::scope(|scope| {
            let users = (0..self.threads).map(|_| {
                scope.spawn(|| {
                    ready.wait();
                    let end = Instant::now() + WARM_UP + self.sample;
                    let mut user = OneOfMany::new(self.hold, end);
                    pool.serve(&mut user);
                    user.waits
                })
            });
            let users: Vec<_> = users.collect();
            ready.wait();
            let start = Instant::now() + WARM_UP;
            thread::sleep(WARM_UP);
            let before = Usage::so_far();
            thread::sleep(start + self.sample - Instant::now());
            let usage = Usage::so_far().since(before);
            let counted = start..start + self.sample;
            let waits = users.into_iter().map(|user| {
                let mut waits = user.join().expect("a user does not panic");
                waits.retain(|wait| counted.contains(&wait.served));
                waits
            });
            let waits: Vec<_> = waits.collect();
            let counts = waits.iter().map(Vec::len).collect();
            Outcome { sample: self.sample, waits: waits.concat(), counts, usage }
        })
    }
}

impl Outcome {
    fn gets_per_second(&self) -> f64 {
        self.waits.len() as f64 / self.sample.as_secs_f64()
    }

    fn note(mut self, pool: &'static str, series: &mut Series) {
        let mut note = |metric, value| series.note(pool, metric, value);
        note("gets_per_second", self.gets_per_second());
        let waits = Percentiles::new(self.waits.iter().map(|wait| wait.served - wait.began).collect());
        for (metric, share) in
            [("wait_p50_us", 0.5), ("wait_p99_us", 0.99), ("wait_p999_us", 0.999), ("wait_max_us", 1.0)]
        {
            note(metric, waits.at(share));
        }
        let millions = self.waits.len() as f64 / 1e6;
        note("cpu_seconds_per_million", self.usage.seconds / millions);
        note("switches_per_million", self.usage.switches / millions);
        note("jain_index", jain(&self.counts));
        note("most_overtakes", most_overtakes(&mut self.waits) as f64);
    }
}

impl OneOfMany {
    fn new(hold: Hold, end: Instant) -> Self {
        Self { hold, end, began: end, waits: Vec::with_capacity(10_000) }
    }
}

impl User<u64> for OneOfMany {
    fn wants_one(&mut self) -> bool {
        self.began = Instant::now();
        self.began < self.end
    }

    fn has(&mut self, _: &mut u64) {
        self.waits.push(Wait { began: self.began, served: Instant::now() });
        self.hold.pass();
    }

    fn gave_back(&mut self) {}
}
