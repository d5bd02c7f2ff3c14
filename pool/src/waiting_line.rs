//! `WaitingLine`: who waits, oldest first, and what each can use.

use crate::store::Ticket;
use crate::waiter::{Grant, Waiter};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who waits, oldest first. Lives under its store's lock.
#[derive(Debug)]
pub(crate) struct WaitingLine<T> {
    line: BTreeMap<Ticket, (Wants, Arc<Waiter<T>>)>,
    next: Ticket,
}

/// What a waiter can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// A value, or a place to make one in.
    Anything,
    /// A value only, as it has a place already; and whether one that is idle already would do.
    Values { looks: bool },
}

/// How many of those before one that leaves are counted.
const COUNTED: usize = 100;

impl<T> WaitingLine<T> {
    pub(crate) fn new() -> Self {
        Self { line: BTreeMap::new(), next: 0 }
    }

    pub(crate) fn join(&mut self, wants: Wants, waiter: &Arc<Waiter<T>>) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        self.line.insert(ticket, (wants, Arc::clone(waiter)));
        ticket
    }

    /// Takes one out that leaves by itself: its position, 1 for the first; none if it had been taken out already.
    /// Counted so far and no further, because many may leave together.
    pub(crate) fn leave(&mut self, ticket: Ticket) -> Option<usize> {
        self.line.remove(&ticket)?;
        Some(self.line.range(..ticket).take(COUNTED).count() + 1)
    }

    /// Offers a value to one after another until it is taken. Whoever was asked is out of the line: it has what it
    /// wanted, or it has left. The second number tells how many were taken out.
    pub(crate) fn give_value(&mut self, seat: u32, mut value: Box<T>) -> (Option<Box<T>>, usize) {
        let mut asked = 0;
        while let Some((_, (_, waiter))) = self.line.pop_first() {
            asked += 1;
            match waiter.offer(Grant::Value(seat, value)) {
                Err(Grant::Value(_, refused)) => value = refused,
                Err(_) => unreachable!("a refused grant comes back as it was"),
                Ok(()) => return (None, asked),
            }
        }
        (Some(value), asked)
    }

    /// Offers a place to one after another of those that can use one. As `give_value`; tells whether it was taken.
    pub(crate) fn give_place(&mut self, seat: u32) -> (bool, usize) {
        let mut asked = 0;
        while let Some(ticket) = self.first_that_wants_a_place() {
            let Some((_, waiter)) = self.line.remove(&ticket) else { break };
            asked += 1;
            if waiter.offer(Grant::Place(seat)).is_ok() {
                return (true, asked);
            }
        }
        (false, asked)
    }

    /// Wakes everybody, to come and look. They leave by themselves.
    pub(crate) fn wake_all(&self) {
        for (_, waiter) in self.line.values() {
            // One that refuses has left, or has been served: it needs no word.
            let _ = waiter.offer(Grant::Word);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.line.len()
    }

    fn first_that_wants_a_place(&self) -> Option<Ticket> {
        self.line.iter().find(|(_, (wants, _))| *wants == Wants::Anything).map(|(ticket, _)| *ticket)
    }
}
