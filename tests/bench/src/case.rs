//! `Case`: what can be run, by name.

use crate::cases::{
    hand_over, memory, open_loop, oversubscribed, server_by_key, sqlite_by_key, threads, uncontended,
};
use crate::pace::Pace;
use crate::row::Row;
use Belongs::{ToAll, ToServers, ToThorough};

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
    ToAll,
    ToThorough,
    /// To those that ask for servers, and to no other.
    ToServers,
}

/// In the order in which they run.
pub(crate) const CASES: &[Case] = &[
    Case { name: uncontended::CASE, belongs: ToAll, run: uncontended::run },
    Case { name: threads::CASE, belongs: ToAll, run: threads::run },
    Case { name: oversubscribed::CASE, belongs: ToAll, run: oversubscribed::run },
    Case { name: sqlite_by_key::CASE, belongs: ToAll, run: sqlite_by_key::run },
    Case { name: memory::CASE, belongs: ToThorough, run: memory::run },
    Case { name: hand_over::CASE, belongs: ToThorough, run: hand_over::run },
    Case { name: open_loop::CASE, belongs: ToThorough, run: open_loop::run },
    Case { name: server_by_key::CASE, belongs: ToServers, run: server_by_key::run },
];
