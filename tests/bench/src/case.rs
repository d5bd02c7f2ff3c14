//! `Case`: what can be run, by name.

use crate::cases::{
    hand_over, memory, open_loop, oversubscribed, server_by_key, sqlite_by_key, threads, uncontended,
};
use crate::pace::Pace;
use crate::row::Row;
use Belongs::{Every, Servers, Thorough};

/// One case: something that is measured, of every pool that can do it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) belongs: Belongs,
    pub(crate) run: fn(Pace) -> Vec<Row>,
}

/// Which runs a case belongs to, if no case is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belongs {
    /// To quick runs and to thorough ones.
    Every,
    Thorough,
    /// To those that ask for servers, and to no other.
    Servers,
}

/// In the order in which they run.
pub(crate) const CASES: &[Case] = &[
    Case { name: uncontended::CASE, belongs: Every, run: uncontended::run },
    Case { name: threads::CASE, belongs: Every, run: threads::run },
    Case { name: oversubscribed::CASE, belongs: Every, run: oversubscribed::run },
    Case { name: sqlite_by_key::CASE, belongs: Every, run: sqlite_by_key::run },
    Case { name: memory::CASE, belongs: Thorough, run: memory::run },
    Case { name: hand_over::CASE, belongs: Thorough, run: hand_over::run },
    Case { name: open_loop::CASE, belongs: Thorough, run: open_loop::run },
    Case { name: server_by_key::CASE, belongs: Servers, run: server_by_key::run },
];
