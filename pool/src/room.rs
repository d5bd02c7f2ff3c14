//! `Room`: the part of a stock that its lock guards: how many there may be, who waits, what has no slot.

use crate::overtaking::Overtaking;
use crate::store::Numbered;
use crate::waiting_line::WaitingLine;
use std::collections::VecDeque;

/// What the lock guards. Invariants, whenever it is free:
/// if one waits that could use a place, as many are taken as may be; if anybody waits, every value that came home
/// since is on its way to this lock.
#[derive(Debug)]
pub(crate) struct Room<T> {
    /// How many values are kept.
    pub(crate) kept: usize,
    /// How many places there may be.
    pub(crate) limit: Option<usize>,
    /// How many places are taken.
    pub(crate) places: usize,
    pub(crate) shut: bool,
    /// Whether one that joined the line, since it was empty last, looked into every slot after raising `attention`.
    pub(crate) looked: bool,
    /// The numbers of values that were given up while they were out, and are not back yet: they have no place.
    pub(crate) given_up: Vec<u64>,
    /// The numbers of values that are to go because the limit was lowered, and still have their places.
    pub(crate) leaving: Vec<u64>,
    /// Idle values without a slot, the longest idle first.
    pub(crate) list: VecDeque<Box<T>>,
    pub(crate) line: WaitingLine<T>,
}

impl<T: Numbered> Room<T> {
    pub(crate) fn new(kept: usize, limit: Option<usize>, overtaking: Overtaking) -> Self {
        let (list, line) = (VecDeque::new(), WaitingLine::new(overtaking));
        Self {
            kept,
            limit,
            places: 0,
            shut: false,
            looked: false,
            given_up: Vec::new(),
            leaving: Vec::new(),
            list,
            line,
        }
    }

    pub(crate) fn has_a_place(&self) -> bool {
        self.limit.is_none_or(|limit| self.places < limit)
    }

    /// How many must go before there is a place, because the limit was lowered, beside those that are leaving.
    pub(crate) fn places_beyond_limit(&self) -> usize {
        self.limit.map_or(0, |limit| self.places.saturating_sub(self.leaving.len() + limit))
    }

    /// Whether a value that came home must go because the limit was lowered. It is asked once about each.
    pub(crate) fn sends_away(&mut self, number: u64) -> bool {
        let goes = self.places_beyond_limit() > 0;
        if goes {
            self.leaving.push(number);
        }
        goes
    }

    pub(crate) fn is_given_up(&self, number: u64) -> bool {
        self.given_up.contains(&number)
    }

    /// Whether what comes home is looked at: somebody waits for it, or it may have to go.
    pub(crate) fn must_look(&self) -> bool {
        !self.line.is_empty() || !self.given_up.is_empty() || self.places_beyond_limit() > 0
    }

    /// Whether there can be a value that nobody in the line has seen: whatever came home since one looked is on its way
    /// to one that waits.
    pub(crate) fn may_hold_idle(&self) -> bool {
        !self.looked || self.line.is_empty()
    }
}
