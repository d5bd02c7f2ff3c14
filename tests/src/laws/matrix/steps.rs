//! `Steps`: what the pool promises to do, step by step, whatever goes wrong on the way.

use super::cell::Cell;
use super::circumstance::Returns;
use super::ended::{Ended, panicked};
use super::manner::Manner;
use super::mishap::{Mishap, Way};
use crate::fake::Call;

/// The steps of one life so far, and where its connections are.
#[derive(Debug)]
pub(super) struct Steps<'m> {
    mishaps: &'m [Mishap],
    pub(super) manner: Manner,
    pub(super) returns: Returns,
    /// Whether the strategy keeps connections.
    pub(super) keeps: bool,
    /// How many records there are with something that a hook has hung on them.
    pub(super) records: usize,
    /// Whether the pool was closed, so that it keeps no record whose place is given up.
    pub(super) is_closed: bool,
    /// Whether the first connect of the pool is over.
    pub(super) first_connect_is_over: bool,
    /// The steps, in their order.
    pub(super) met: Vec<Call>,
    /// The connections that are idle.
    pub(super) idle: Vec<Held>,
    /// The connections that are out.
    pub(super) out: Vec<Held>,
}

/// A connection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Held {
    /// Whether it must not be lent again.
    pub(super) is_stale: bool,
    /// Whether a hook has hung something on it.
    pub(super) is_hung_with: bool,
}

impl<'m> Steps<'m> {
    /// No step yet, and nothing idle.
    pub(super) fn new(cell: &'m Cell, keeps: bool) -> Self {
        Self {
            mishaps: &cell.mishaps,
            manner: cell.manner,
            returns: cell.circumstance.returns,
            keeps,
            records: 0,
            is_closed: false,
            first_connect_is_over: true,
            met: Vec::new(),
            idle: Vec::new(),
            out: Vec::new(),
        }
    }

    /// A step that its caller hears of.
    pub(super) fn call(&mut self, step: Call) -> Result<(), Ended> {
        match self.meet(step) {
            None => Ok(()),
            Some(Way::Fails(_)) => Err(Ended::Failed),
            Some(Way::Panics) => Err(panicked(step)),
        }
    }

    /// A step that nobody hears of: a panic is caught.
    pub(super) fn call_quietly(&mut self, step: Call) {
        self.meet(step);
    }

    /// Gives a place up.
    pub(super) fn give_up_a_place(&mut self) {
        if self.is_closed {
            self.drop_records();
        }
    }

    /// Closes the pool, while a place is taken or not.
    pub(super) fn close_pool(&mut self, a_place_is_taken: bool) {
        while let Some(held) = self.idle.pop() {
            self.end(held, false);
        }
        self.is_closed = true;
        if !a_place_is_taken {
            self.drop_records();
        }
    }

    /// Everything that is idle or out is stale from now on.
    pub(super) fn outdate_all(&mut self) {
        self.idle.iter_mut().chain(&mut self.out).for_each(|held| held.is_stale = true);
    }

    fn drop_records(&mut self) {
        for _ in 0..std::mem::take(&mut self.records) {
            self.call_quietly(Call::RecordInfo);
        }
    }

    /// Comes to a step, and says what goes wrong there.
    pub(super) fn meet(&mut self, step: Call) -> Option<Way> {
        self.met.push(step);
        let nth = self.met.iter().filter(|met| **met == step).count();
        let mishap = self.mishaps.iter().find(|mishap| (mishap.step, mishap.nth) == (step, nth));
        mishap.map(|mishap| mishap.way)
    }
}
