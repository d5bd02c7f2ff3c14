//! `WaitingLine`: who waits, oldest first, what each can use, and who is served but not awake yet.

use crate::overtaking::Overtaking;
use crate::store::{Numbered, Seat, Ticket};
use crate::waiter::{Bell, Grant, Waiter};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who waits, oldest first. Lives under its store's lock.
#[derive(Debug)]
pub(crate) struct WaitingLine<T> {
    line: BTreeMap<Ticket, Queued<T>>,
    next: Ticket,
    /// The one that was promised a value last: it may be asleep still.
    promised: Option<(Ticket, Queued<T>)>,
    overtaking: Overtaking,
}

/// What a waiter can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// A value, or a place to make one in.
    Anything,
    /// A value only, as it has a place already; and whether one that is idle already would do.
    Values { looks: bool },
}

/// Offers are made to one after another until one is taken. Whoever was asked is out of the line: it has what it wanted,
/// or it has left.
#[derive(Debug)]
pub(crate) struct Offered<R> {
    /// How many were taken out.
    pub(crate) asked: usize,
    pub(crate) result: R,
}

#[derive(Debug)]
struct Queued<T> {
    wants: Wants,
    waiter: Arc<Waiter<T>>,
    /// How much overtaking was counted when it joined.
    counted: u64,
}

/// How many of those before one that leaves are counted.
const COUNTED: usize = 100;

impl<T: Numbered> WaitingLine<T> {
    pub(crate) fn new(overtaking: Overtaking) -> Self {
        Self { line: BTreeMap::new(), next: 0, promised: None, overtaking }
    }

    pub(crate) fn join(&mut self, wants: Wants, waiter: &Arc<Waiter<T>>) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        let counted = self.overtaking.counted();
        self.line.insert(ticket, Queued { wants, waiter: Arc::clone(waiter), counted });
        ticket
    }

    /// Takes one out that leaves by itself: its position, 1 for the first; none if it had been taken out already.
    /// Counted so far and no further, because many may leave together.
    pub(crate) fn leave(&mut self, ticket: Ticket) -> Option<usize> {
        self.line.remove(&ticket)?;
        Some(self.line.range(..ticket).take(COUNTED).count() + 1)
    }

    /// Offers a value: the bell of the one that took it, or the value.
    pub(crate) fn give_value(&mut self, seat: Seat, mut value: Box<T>) -> Offered<Result<Bell<T>, Box<T>>> {
        let (number, mut asked) = (value.number(), 0);
        while let Some((ticket, queued)) = self.line.pop_first() {
            asked += 1;
            match queued.waiter.offer(Grant::Value(seat, value)) {
                Err(Grant::Value(_, refused)) => value = refused,
                Err(_) => unreachable!("a refused grant comes back as it was"),
                Ok(bell) => {
                    self.overtaking.settle(ticket, number, !bell.rings());
                    self.promised = (queued.wants == Wants::Anything).then_some((ticket, queued));
                    return Offered { asked, result: Ok(bell) };
                }
            }
        }
        Offered { asked, result: Err(value) }
    }

    /// Offers a place to those that can use one: the bell of the one that took it.
    pub(crate) fn give_place(&mut self, seat: Seat) -> Offered<Option<Bell<T>>> {
        let mut asked = 0;
        while let Some(ticket) = self.first_that_wants_a_place() {
            let Some(Queued { waiter, .. }) = self.line.remove(&ticket) else { break };
            asked += 1;
            if let Ok(bell) = waiter.offer(Grant::Place(seat)) {
                return Offered { asked, result: Some(bell) };
            }
        }
        Offered { asked, result: None }
    }

    /// Whether the one that was promised a value last bears being overtaken, should it not be awake yet.
    pub(crate) fn bears_overtaking(&self) -> bool {
        let promised = self.promised.as_ref();
        promised.is_some_and(|(_, queued)| self.overtaking.is_borne_by(queued.counted))
    }

    /// Takes back what was promised last, if its waiter is not awake yet: that one waits again, where it stood.
    pub(crate) fn overtake(&mut self) -> Option<(Seat, Box<T>)> {
        let (ticket, queued) = self.promised.take()?;
        let (seat, value) = queued.waiter.take_back()?;
        self.overtaking.count(ticket, value.number());
        self.line.insert(ticket, queued);
        Some((seat, value))
    }

    #[cfg(all(test, loom))]
    pub(crate) fn overtaking(&self) -> u64 {
        self.overtaking.counted()
    }

    /// Wakes everybody, to come and look. They leave by themselves.
    pub(crate) fn wake_all(&self) {
        for Queued { waiter, .. } in self.line.values() {
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
        self.line.iter().find(|(_, queued)| queued.wants == Wants::Anything).map(|(ticket, _)| *ticket)
    }
}
