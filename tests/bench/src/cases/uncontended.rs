//! Get and drop, one thread, nothing in the connection.

use crate::contender::{Contender, Entrant};
use crate::field::{self, BUILDS};
use crate::pace::Pace;
use crate::row::Row;
use crate::series::Series;
use std::time::{Duration, Instant};

pub(crate) const CASE: &str = "uncontended";
pub(crate) const COST: &str = "ns_per_cycle";

/// How many connections each pool may have: more than there are threads in any case.
pub(crate) const SIZE: usize = 16;

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    let mut series = Series::new(CASE, 1, "");
    // All are kept to the end: else each would be built where the one before it was.
    let mut fields = Vec::new();
    for _ in 0..BUILDS {
        let field = field::alone(SIZE);
        let times: Vec<_> = field.iter().map(|entrant| times(entrant, pace.sample)).collect();
        for _ in 0..pace.rounds.div_ceil(BUILDS) {
            for (Entrant { name, pool }, times) in field.iter().zip(&times) {
                series.note(name, COST, cost(&**pool, *times));
            }
        }
        fields.push(field);
    }
    compare(&mut series, COST);
    compare_null(&mut series);
    series.rows().collect()
}

/// How each pool's figure stands to the limit's and to the queue's, in the same rounds.
pub(crate) fn compare(series: &mut Series, metric: &str) {
    for (pool, name) in [
        ("limit", "times_limit"),
        ("cenote/Queue/lean", "times_lean"),
        ("cenote/Queue/defaults", "times_defaults"),
        ("by-hand/each-time", "times_each_time"),
        ("mutex-vec", "times_mutex_vec"),
    ] {
        series.compare(metric, &series.values(pool, metric), name);
    }
}

/// By how many limits Null exceeds what cannot be spared: to connect and close by hand, in the same rounds.
fn compare_null(series: &mut Series) {
    let [null, by_hand, limit] =
        ["cenote/Null", "by-hand/each-time", "limit"].map(|pool| series.values(pool, COST));
    for ((null, by_hand), limit) in null.into_iter().zip(by_hand).zip(limit) {
        series.note("cenote/Null", "limits_beyond_each_time", (null - by_hand) / limit);
    }
}

/// How many cycles take about so long. Warms up, too.
pub(crate) fn times<C>(entrant: &Entrant<C>, sample: Duration) -> u64 {
    let mut times = 64;
    loop {
        let start = Instant::now();
        entrant.pool.cycle(times);
        if start.elapsed() * 2 >= sample {
            return times;
        }
        times *= 2;
    }
}

/// Nanoseconds for a cycle.
fn cost<C>(pool: &dyn Contender<C>, times: u64) -> f64 {
    let start = Instant::now();
    pool.cycle(times);
    start.elapsed().as_nanos() as f64 / times as f64
}
