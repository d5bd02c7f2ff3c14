//! `Case`: what can be run, by name.

use crate::cases::{hand_over, memory, open_loop, oversubscribed, sqlite_by_key, threads, uncontended};
use crate::pace::Pace;
use crate::row::Row;

/// One case: something that is measured, of every pool that can do it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Whether it belongs to a quick run.
    pub(crate) quick: bool,
    pub(crate) run: fn(Pace) -> Vec<Row>,
}

/// In the order in which they run.
pub(crate) const CASES: &[Case] = &[
    Case { name: uncontended::CASE, quick: true, run: uncontended::run },
    Case { name: threads::CASE, quick: true, run: threads::run },
    Case { name: oversubscribed::CASE, quick: true, run: oversubscribed::run },
    Case { name: sqlite_by_key::CASE, quick: true, run: sqlite_by_key::run },
    Case { name: memory::CASE, quick: false, run: memory::run },
    Case { name: hand_over::CASE, quick: false, run: hand_over::run },
    Case { name: open_loop::CASE, quick: false, run: open_loop::run },
];
