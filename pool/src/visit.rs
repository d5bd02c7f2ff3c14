//! `Visit`: one checkout on its slow way, and what it can end with.

use crate::entry::Entry;
use crate::manager::Manager;
use crate::store::Seat;
use crate::time::{Clock, Deadline};
use std::panic::Location;
use std::time::Duration;

/// A connection that is out, and the seat that it comes home to.
pub(crate) type Out<M> = (Seat, Box<Entry<<M as Manager>::Connection>>);

/// One checkout on its slow way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    pub(crate) call_site: &'static Location<'static>,
    pub(crate) within: Duration,
    pub(crate) deadline: Deadline,
    /// How often the checkout hooks may still be asked.
    pub(crate) rounds: u8,
}

/// A hook that calls one connection after another dead is asked so often.
const ROUNDS: u8 = 2;

/// Whether one may wait for other callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    Waits,
    DoesNotWait,
}

impl Visit {
    /// A visit that begins now.
    pub(crate) fn new(clock: &Clock, call_site: &'static Location<'static>, within: Duration) -> Self {
        Self { call_site, within, deadline: clock.deadline(within), rounds: ROUNDS }
    }
}
