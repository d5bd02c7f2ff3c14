//! `Course`: how a life goes, from its first step to its end, as the pool promises it.

use super::cell::Cell;
use super::ended::Ended;
use super::lives::{before, fetch, live};
use crate::fake::Call;
use crate::promise::Promise;

/// How a life goes.
#[derive(Debug)]
pub(super) struct Course {
    /// Its steps, in their order.
    pub(super) steps: Vec<Call>,
    /// How it ends for the one that lives it.
    pub(super) ended: Result<(), Ended>,
    /// How many connections are idle afterwards.
    pub(super) idle: usize,
    /// How many have left the pool for good, and are their user's.
    pub(super) taken: usize,
}

impl Course {
    /// How this life goes with its mishaps.
    pub(super) fn of<S: Promise>(cell: &Cell) -> Self {
        let mut steps = before::<S>(cell);
        let ended = live::<S>(&mut steps, cell.occasion);
        let (idle, out) = (steps.idle.len(), steps.out.len());
        Self { steps: steps.met, ended, idle, taken: out }
    }

    /// How it goes if its caller leaves while a worker is at its first call, and the pool is closed or not meanwhile.
    pub(super) fn left<S: Promise>(cell: &Cell, is_closed: bool) -> Self {
        let mut steps = before::<S>(cell);
        steps.is_closed = is_closed;
        match fetch(&mut steps, cell.occasion) {
            Ok(held) if steps.keeps && !is_closed => steps.idle.push(held),
            Ok(held) => steps.end(held, false),
            Err(_) => steps.give_up_a_place(),
        }
        Self { steps: steps.met, ended: Err(Ended::Failed), idle: steps.idle.len(), taken: 0 }
    }

    /// The first step that a worker does, if the driver may hang there.
    pub(super) fn first_on_a_worker(&self) -> Call {
        let mut steps = self.steps.iter().copied();
        steps.find(|step| matches!(step, Call::Connect | Call::IsValid)).expect("the occasion can be left")
    }

    /// The steps of the return: of none of them was there one before.
    pub(super) fn of_the_return(&self) -> &[Call] {
        let is_first = |step: &Call| matches!(step, Call::Hook("reset") | Call::Told("reset"));
        let begin = self.steps.iter().position(is_first).expect("the occasion ends with a return");
        &self.steps[begin..]
    }
}
