//! `Rule`: one line of the script: at which calls, how often, and what happens then.

use super::gate::Barrier;
use super::{Call, Gate, Ledger};
use cenote::Fault;
use std::sync::Arc;

/// One line of the script, being written; it holds from the moment at which it says what happens.
#[must_use = "a rule holds once it says what happens: `passes`, `fails`, `panics` or `blocks`"]
#[derive(Debug)]
pub struct Rule<'l> {
    ledger: &'l Ledger,
    line: Line,
}

/// How a call that the script stops goes on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending {
    Succeed,
    Fail(Fault),
    Panic,
    Explode,
}

/// What happens at a call.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    End(Ending),
    Block(Arc<Barrier>),
}

/// One line of the script, written.
#[derive(Debug)]
pub(crate) struct Line {
    call: Call,
    session: Option<u64>,
    left: Option<usize>,
    event: Event,
}

impl<'l> Rule<'l> {
    pub(crate) fn new(ledger: &'l Ledger, call: Call) -> Self {
        let line = Line { call, session: None, left: None, event: Event::End(Ending::Succeed) };
        Self { ledger, line }
    }

    /// Only for this connection.
    pub fn for_session(mut self, session: u64) -> Self {
        self.line.session = Some(session);
        self
    }

    /// Only for the next `count` calls that fit.
    pub fn times(mut self, count: usize) -> Self {
        self.line.left = Some(count);
        self
    }

    /// The call does what is asked of it: for those that come before one that does not.
    pub fn passes(self) {
        self.write(Event::End(Ending::Succeed));
    }

    /// The call fails, with an error that means nothing in particular.
    pub fn fails(self) {
        self.fails_with(Fault::Other);
    }

    /// The call fails, with an error that means `fault`.
    pub fn fails_with(self, fault: Fault) {
        self.write(Event::End(Ending::Fail(fault)));
    }

    /// The call panics.
    pub fn panics(self) {
        self.write(Event::End(Ending::Panic));
    }

    /// The call panics with something that panics again when it is dropped.
    pub fn explodes(self) {
        self.write(Event::End(Ending::Explode));
    }

    /// The call stands still until the gate is opened.
    pub fn blocks(self) -> Gate {
        let (gate, barrier) = Gate::new();
        self.write(Event::Block(barrier));
        gate
    }

    fn write(mut self, event: Event) {
        self.line.event = event;
        self.ledger.add(self.line);
    }
}

impl Line {
    /// Its call, if it is to go wrong at some that have not come.
    pub(crate) fn unmet(&self) -> Option<Call> {
        let is_wrong = !matches!(self.event, Event::End(Ending::Succeed));
        (is_wrong && self.left.is_some_and(|left| left > 0)).then_some(self.call)
    }

    /// What happens at this call, if the line is about it and not used up.
    pub(crate) fn answer(&mut self, call: Call, session: Option<u64>) -> Option<Event> {
        if self.call != call || self.left == Some(0) || (self.session.is_some() && self.session != session) {
            return None;
        }
        self.left = self.left.map(|left| left - 1);
        Some(self.event.clone())
    }
}
