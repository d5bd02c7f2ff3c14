//! `Waiter`: one thread that waits, and what it is given. The one place where a checkout blocks.

use crate::sync::{Condvar, Mutex};
use crate::time::Deadline;
use std::mem;

/// What a waiter can be given.
#[derive(Debug)]
pub(crate) enum Grant<T> {
    /// A value, and the seat that it belongs to.
    Value(u32, Box<T>),
    /// The right to make a value for this seat.
    Place(u32),
    /// Nothing, but a reason to stop waiting: the store is closed, or the waiter's own connect failed.
    Word,
}

/// One thread that waits. A grant can be refused: then it is the giver's again, for the next in line.
///
/// | lot | `offer` | `wait` |
/// |---|---|---|
/// | `Waiting` | becomes `Served` | sleeps |
/// | `Served(Word)` | becomes `Served` | takes it, becomes `Waiting` |
/// | `Served` | refused | takes it, becomes `Gone` |
/// | `Gone` | refused | (over) |
#[derive(Debug)]
pub struct Waiter<T> {
    lot: Mutex<Lot<T>>,
    bell: Condvar,
}

#[derive(Debug)]
enum Lot<T> {
    Waiting,
    Served(Grant<T>),
    Gone,
}

impl<T> Waiter<T> {
    pub(crate) fn new() -> Self {
        Self { lot: Mutex::new(Lot::Waiting), bell: Condvar::new() }
    }

    /// Gives the waiter something and wakes it; gives it back if the waiter has left or has something already.
    pub(crate) fn offer(&self, grant: Grant<T>) -> Result<(), Grant<T>> {
        let mut lot = self.lot.lock();
        match *lot {
            Lot::Waiting | Lot::Served(Grant::Word) => *lot = Lot::Served(grant),
            Lot::Served(_) if matches!(grant, Grant::Word) => return Ok(()),
            Lot::Served(_) | Lot::Gone => return Err(grant),
        }
        drop(lot);
        self.bell.notify_one();
        Ok(())
    }

    /// Sleeps until something is given or the deadline passes; none means that it passed and nothing will come.
    pub(crate) fn wait(&self, deadline: Deadline) -> Option<Grant<T>> {
        let mut lot = self.lot.lock();
        while matches!(*lot, Lot::Waiting) {
            let timed_out = match deadline.instant() {
                Some(instant) => self.bell.wait_until(&mut lot, instant).timed_out(),
                None => {
                    self.bell.wait(&mut lot);
                    false
                }
            };
            if timed_out {
                break;
            }
        }
        match mem::replace(&mut *lot, Lot::Gone) {
            Lot::Served(Grant::Word) => {
                *lot = Lot::Waiting;
                Some(Grant::Word)
            }
            Lot::Served(grant) => Some(grant),
            Lot::Waiting | Lot::Gone => None,
        }
    }

    /// Leaves without waiting; gives what was given meanwhile, if anything.
    pub(crate) fn give_up(&self) -> Option<Grant<T>> {
        match mem::replace(&mut *self.lot.lock(), Lot::Gone) {
            Lot::Served(grant) => Some(grant),
            Lot::Waiting | Lot::Gone => None,
        }
    }

    /// Whether nothing can be given any more.
    pub(crate) fn has_left(&self) -> bool {
        matches!(*self.lot.lock(), Lot::Gone)
    }
}
