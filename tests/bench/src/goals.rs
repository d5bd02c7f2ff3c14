//! The goals: every figure that cenote promises, in a table.

use crate::cases::{oversubscribed, server_by_key, sqlite_by_key, threads, uncontended};
use crate::goal::Bound::{self, AtLeast, AtMost};
use crate::goal::{Goal, Outcome};
use crate::row::Row;
use crate::ways::{mysql, postgres};

/// What these rows say about each of them.
pub(crate) fn outcomes(rows: &[Row]) -> Vec<Outcome> {
    GOALS.iter().map(|goal| goal.outcome(rows)).collect()
}

/// How many that come later may be served before one that waits: all others, if they were inside `get` when it began to
/// wait, and 48 more. See ARCHITECTURE.md on who may overtake whom.
const OVERTAKES: f64 = 63.0 + 48.0;

const LEAN: &str = "cenote/Queue/lean";
const DEFAULTS: &str = "cenote/Queue/defaults";
const ADAPTER: &str = "cenote-sqlite/Queue/defaults";

#[rustfmt::skip]
const GOALS: &[Goal] = &[
    alone(LEAN, "times_limit", AtMost(2.0), "Get and drop, lean queue: {} times the limit"),
    alone(DEFAULTS, "times_limit", AtMost(3.0), "Get and drop, queue with all defaults: {} times the limit"),
    alone("cenote/Queue/owned", "times_limit", AtMost(4.0), "Get and drop, lean queue, `get_owned`: {} times the limit"),
    alone("cenote/SingletonThread", "times_limit", AtMost(2.5), "Get and drop, lean SingletonThread: {} times the limit"),
    alone("cenote/Static", "times_limit", AtMost(2.5), "Get and drop, lean Static: {} times the limit"),
    alone("cenote/Assertion", "times_limit", AtMost(2.5), "Get and drop, lean Assertion: {} times the limit"),
    alone("cenote/Null", "limits_beyond_each_time", AtMost(4.0), "Null beside connect and close by hand: {} limits more"),
    alone("cenote/Queue/lifo", "times_mutex_vec", AtMost(1.0), "Lean queue, last in, first out: {} times a mutex around a Vec"),
    alone("cenote/Queue/fifo", "times_mutex_vec", AtMost(1.0), "Lean queue, first in, first out: {} times a mutex around a Vec"),
    alone("r2d2", "times_lean", AtLeast(7.0), "Get and drop, r2d2: {} times the lean queue"),
    alone("r2d2", "times_defaults", AtLeast(5.0), "Get and drop, r2d2: {} times the queue with all defaults"),
    alone("deadpool", "times_lean", AtLeast(10.0), "Get and drop, deadpool: {} times the lean queue"),
    alone("deadpool", "times_defaults", AtLeast(7.0), "Get and drop, deadpool: {} times the queue with all defaults"),
    alone("bb8", "times_lean", AtLeast(10.0), "Get and drop, bb8: {} times the lean queue"),
    alone("bb8", "times_defaults", AtLeast(7.0), "Get and drop, bb8: {} times the queue with all defaults"),
    in_two_threads("r2d2", "lean_times_this", AtLeast(12.0), "2 threads: cycles of the lean queue {} times those of r2d2"),
    in_two_threads(LEAN, "share_of_limits_growth", AtLeast(0.9), "2 threads: the lean queue grows {} times as much as the limit"),
    in_two_threads("cenote/Queue/owned", "share_of_limits_growth", AtLeast(0.9), "2 threads: the lean queue, `get_owned`, grows {} times as much as the limit"),
    crowded(ASLEEP, "share_of_ideal", AtLeast(0.97), "64 threads, 8 connections, asleep: {} of the ideal throughput"),
    crowded(COMPUTING, "share_of_ideal", AtLeast(0.97), "64 threads, 8 connections, computing: {} of the ideal throughput"),
    crowded(ASLEEP, "p99_times_strict", AtMost(1.5), "64 threads, 8 connections, asleep: p99 wait {} times that of a strict line"),
    crowded(COMPUTING, "p99_times_strict", AtMost(1.5), "64 threads, 8 connections, computing: p99 wait {} times that of a strict line"),
    crowded(ASLEEP, "most_overtakes", AtMost(OVERTAKES), "64 threads, 8 connections, asleep: overtaken by {} others"),
    crowded(COMPUTING, "most_overtakes", AtMost(OVERTAKES), "64 threads, 8 connections, computing: overtaken by {} others"),
    by_key(TEXT, ADAPTER, "One row by its key, `query_row`, through the SQLite adapter: {} % of the time is the pool's"),
    by_key(TEXT, DEFAULTS, "One row by its key, `query_row`, through a bare pool: {} % of the time is the pool's"),
    by_key(PREPARED, ADAPTER, "One row by its key, `prepare_cached`, through the SQLite adapter: {} % of the time is the pool's"),
    by_key(PREPARED, DEFAULTS, "One row by its key, `prepare_cached`, through a bare pool: {} % of the time is the pool's"),
    on_server(postgres::SETTING, "cenote-postgres", "trips_per_query", AtMost(1.0), "One row by its key from PostgreSQL: {} round trips, the query's own among them"),
    on_server(postgres::SETTING, "cenote-postgres", "times_by_hand", AtMost(1.03), "One row by its key from PostgreSQL: {} times as long as by hand"),
    on_server(mysql::SETTING, "cenote-mysql", "trips_per_query", AtMost(2.0), "One row by its key from MariaDB: {} round trips, the query's own among them"),
];

/// As the case itself calls them.
const ASLEEP: &str = "held 200 us, asleep";
const COMPUTING: &str = "held 200 us, computing";
const TEXT: &str = "query_row, prepared each time";
const PREPARED: &str = "prepare_cached, prepared before";

const fn alone(pool: &'static str, metric: &'static str, bound: Bound, says: &'static str) -> Goal {
    Goal { says, case: uncontended::CASE, pool, threads: 1, setting: "", metric, bound }
}

const fn in_two_threads(pool: &'static str, metric: &'static str, bound: Bound, says: &'static str) -> Goal {
    Goal { says, case: threads::CASE, pool, threads: 2, setting: "", metric, bound }
}

const fn crowded(setting: &'static str, metric: &'static str, bound: Bound, says: &'static str) -> Goal {
    let (case, threads) = (oversubscribed::CASE, oversubscribed::THREADS);
    Goal { says, case, pool: DEFAULTS, threads, setting, metric, bound }
}

const fn by_key(setting: &'static str, pool: &'static str, says: &'static str) -> Goal {
    let bound = AtMost(2.0);
    Goal { says, case: sqlite_by_key::CASE, pool, threads: 1, setting, metric: "share_percent", bound }
}

const fn on_server(
    setting: &'static str,
    pool: &'static str,
    metric: &'static str,
    bound: Bound,
    says: &'static str,
) -> Goal {
    Goal { says, case: server_by_key::CASE, pool, threads: 1, setting, metric, bound }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::sqlite_by_key::Query;
    use crate::hold::Hold;
    use std::time::Duration;

    #[test]
    fn each_has_a_place_for_its_bound() {
        for goal in GOALS {
            assert_eq!(goal.says.matches("{}").count(), 1, "{}", goal.says);
        }
    }

    #[test]
    fn settings_are_spelled_as_the_case_does() {
        let held = Duration::from_micros(200);
        assert_eq!(ASLEEP, Hold::Sleep(held).to_string());
        assert_eq!(COMPUTING, Hold::Compute(held).to_string());
        assert_eq!(TEXT, Query::Text.to_string());
        assert_eq!(PREPARED, Query::Prepared.to_string());
    }

    #[test]
    fn without_a_row_nothing_is_met() {
        assert!(outcomes(&[]).iter().all(|outcome| outcome.measured.is_none()));
    }
}
