//! Get and drop in several threads, with a connection for each of them.

use crate::cases::uncontended::{self, SIZE};
use crate::contender::{Contender, Entrant};
use crate::field;
use crate::pace::Pace;
use crate::row::Row;
use crate::series::Series;
use std::sync::{Barrier, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const CASE: &str = "threads";
pub(crate) const THROUGHPUT: &str = "cycles_per_second";

/// How long threads are left alone before they are counted: the system starts them on one processor, and spreads them
/// over the others within milliseconds.
const SPREADING: Duration = Duration::from_millis(10);

/// How long cycles take that are counted together, about.
const CHUNK: Duration = Duration::from_micros(50);

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    let counts: &[usize] = if pace.quick { &[1, 2] } else { &[1, 2, 4, 16] };
    let field = field::side_by_side(SIZE);
    let chunks: Vec<_> = field.iter().map(|entrant| uncontended::times(entrant, CHUNK)).collect();
    let mut series: Vec<_> =
        counts.iter().map(|threads| (*threads, Series::new(CASE, *threads, ""))).collect();
    for _ in 0..pace.rounds / 2 {
        for (Entrant { name, pool }, chunk) in field.iter().zip(&chunks) {
            for (threads, series) in &mut series {
                series.note(name, THROUGHPUT, throughput(&**pool, *threads, *chunk, 5 * pace.sample));
            }
        }
    }
    let alone: Vec<_> =
        field.iter().map(|Entrant { name, .. }| (*name, series[0].1.values(name, THROUGHPUT))).collect();
    series.into_iter().flat_map(|(_, series)| with_ratios(series, &alone).rows()).collect()
}

/// Cycles in a second, of all threads together, while all of them run.
fn throughput(pool: &dyn Contender<u64>, threads: usize, chunk: u64, sample: Duration) -> f64 {
    let (start, begin) = (Barrier::new(threads), OnceLock::new());
    let cycles: u64 = thread::scope(|scope| {
        let run = || {
            start.wait();
            // The same for all: one that comes to run late has missed its part.
            let begin = *begin.get_or_init(|| Instant::now() + SPREADING);
            let mut cycles = 0;
            let end = begin + sample;
            loop {
                pool.cycle(chunk);
                match Instant::now() {
                    now if now < begin => {}
                    now if now < end => cycles += chunk,
                    _ => return cycles,
                }
            }
        };
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().expect("nobody panics")).sum()
    });
    cycles as f64 / sample.as_secs_f64()
}

/// How many times the throughput of the queue is that of each, and how each grows with the threads beside the limit.
fn with_ratios(mut series: Series, alone: &[(&'static str, Vec<f64>)]) -> Series {
    let limit = growth(&series, &alone[0]);
    for one in alone {
        for (grown, limit) in growth(&series, one).into_iter().zip(&limit) {
            series.note(one.0, "times_one_thread", grown);
            series.note(one.0, "share_of_limits_growth", grown / limit);
        }
        for (of, name) in
            [("cenote/Queue/lean", "lean_times_this"), ("cenote/Queue/defaults", "defaults_times_this")]
        {
            let own = series.values(one.0, THROUGHPUT);
            for (queue, own) in series.values(of, THROUGHPUT).into_iter().zip(own) {
                series.note(one.0, name, queue / own);
            }
        }
    }
    series
}

fn growth(series: &Series, (pool, alone): &(&'static str, Vec<f64>)) -> Vec<f64> {
    series.values(pool, THROUGHPUT).iter().zip(alone).map(|(together, alone)| together / alone).collect()
}
