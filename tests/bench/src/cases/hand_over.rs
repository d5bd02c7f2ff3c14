//! From one thread to another: how soon a waiter runs, what a return costs when others wait, how late a timeout is.

use crate::contender::{Contender, Entrant};
use crate::contenders::by_hand::ByHand;
use crate::driver::Nothing;
use crate::field;
use crate::pace::Pace;
use crate::relay::Relay;
use crate::row::Row;
use crate::series::Series;
use crate::waits::Percentiles;
use std::thread;
use std::time::Duration;

pub(crate) const CASE: &str = "hand-over";

/// How many wait, how many turns a sample has, and every which round has one.
const CROWDS: [(usize, usize, usize); 3] = [(0, 1000, 1), (1, 20, 1), (1000, 5, 6)];

/// Which timeouts are asked for, how many a sample has; every third round has one.
const TIMEOUTS: [(u64, usize); 3] = [(1, 20), (10, 10), (100, 3)];

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    let mut field = field::that_wait(&Nothing, 1);
    // It returns nothing: what is left is the reading of the clock, in a thread that has just slept as the others.
    field.push(Entrant::new("by-hand", ByHand(Nothing)));
    let crowds = CROWDS.into_iter().flat_map(|(waiters, turns, every)| {
        returns(&field, &Relay::new(waiters, turns), pace.long_rounds.div_ceil(every))
    });
    let timeouts = TIMEOUTS.into_iter().flat_map(|(asked, times)| {
        timeouts(&field, Duration::from_millis(asked), times, pace.long_rounds.div_ceil(3))
    });
    crowds.chain(timeouts).collect()
}

fn returns(field: &[Entrant<u64>], relay: &Relay, rounds: usize) -> Vec<Row> {
    let mut series = Series::new(CASE, relay.waiters + 1, format!("waiters {}", relay.waiters));
    for _ in 0..rounds {
        for Entrant { name, pool } in field {
            let turns = relay.run(&**pool);
            series.note(name, "return_us", median(turns.iter().map(|turn| turn.return_).collect()));
            if let Some(hand_overs) = turns.iter().map(|turn| turn.hand_over).collect() {
                series.note(name, "hand_over_us", median(hand_overs));
            }
        }
    }
    series.rows().collect()
}

fn timeouts(field: &[Entrant<u64>], asked: Duration, times: usize, rounds: usize) -> Vec<Row> {
    let mut series = Series::new(CASE, 2, format!("timeout {} ms", asked.as_millis()));
    for _ in 0..rounds {
        for Entrant { name, pool } in field {
            let Some(took) = while_nothing_is_free(&**pool, asked, times) else { continue };
            let took = Percentiles::new(took);
            for (metric, share) in [("late_p50_us", 0.5), ("late_max_us", 1.0)] {
                series.note(name, metric, took.at(share) - asked.as_secs_f64() * 1e6);
            }
        }
    }
    series.rows().collect()
}

/// How long each get took that was given so long, the only connection being held by another thread.
fn while_nothing_is_free(pool: &dyn Contender<u64>, asked: Duration, times: usize) -> Option<Vec<Duration>> {
    let mut took = None;
    pool.hold(1, &mut || {
        let asking = || pool.time_outs(asked, times);
        took = thread::scope(|scope| scope.spawn(asking).join().expect("one that asks does not panic"));
    });
    took
}

fn median(durations: Vec<Duration>) -> f64 {
    Percentiles::new(durations).at(0.5)
}
