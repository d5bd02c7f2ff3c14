//! `Waiter`: one thread that waits, and what it is given. The one place where a checkout blocks.

use crate::sync::{Condvar, Mutex, thread};
use crate::time::{Deadline, Since};
use std::mem;
use std::sync::Arc;
use std::time::Duration;

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

/// One thread that waits. A grant can be refused: then it is the giver's again, for the next in line. A value can be
/// taken back until the thread has woken up.
///
/// | lot | `offer` | `take_back` | `wait` |
/// |---|---|---|---|
/// | `Waiting` | becomes `Served` | nothing | sleeps |
/// | `Served(Word)` | becomes `Served` | nothing | takes it, becomes `Waiting` |
/// | `Served` | refused | a value: becomes `Waiting` | takes it, becomes `Gone` |
/// | `Gone` | refused | nothing | (over) |
#[derive(Debug)]
pub struct Waiter<T> {
    state: Mutex<State<T>>,
    condition: Condvar,
}

/// Wakes a waiter when it is dropped: after the lock under which the waiter was served, as waking takes longer than
/// all that is done there.
#[derive(Debug)]
#[must_use]
pub(crate) struct Bell<T>(Option<Arc<Waiter<T>>>);

/// For how long after it was rung for a waiter can be overtaken, if it does not wake up meanwhile.
const WAKING: Duration = Duration::from_micros(100);

/// For how long one that woke up in vain stays awake.
const STAYING_AWAKE: Duration = Duration::from_micros(100);

#[derive(Debug)]
struct State<T> {
    lot: Lot<T>,
    call: Call,
}

#[derive(Debug)]
enum Lot<T> {
    Waiting,
    Served(Grant<T>),
    Gone,
}

/// Whether the thread was woken. Not before it has been can it know what its lot is.
#[derive(Debug, Clone, Copy)]
enum Call {
    /// Nobody has rung since it looked last.
    Silent,
    /// Somebody has, and it has not looked yet.
    Rung(Since),
    /// It looked, and what it was rung for was gone. What it is offered from now on, it keeps.
    InVain,
}

impl<T> Waiter<T> {
    pub(crate) fn new() -> Self {
        let state = State { lot: Lot::Waiting, call: Call::Silent };
        Self { state: Mutex::new(state), condition: Condvar::new() }
    }

    /// Gives the waiter something, and a bell to wake it; gives it back if the waiter has left or has something already.
    pub(crate) fn offer(self: &Arc<Self>, grant: Grant<T>) -> Result<Bell<T>, Grant<T>> {
        let mut state = self.state.lock();
        match state.lot {
            Lot::Waiting | Lot::Served(Grant::Word) => state.lot = Lot::Served(grant),
            Lot::Served(_) if matches!(grant, Grant::Word) => return Ok(Bell(None)),
            Lot::Served(_) | Lot::Gone => return Err(grant),
        }
        match state.call {
            Call::Rung(_) => return Ok(Bell(None)),
            Call::Silent => state.call = Call::Rung(Since::now()),
            Call::InVain => {}
        }
        Ok(Bell(Some(Arc::clone(self))))
    }

    /// Takes a value back from one that is still waking up, and has not woken up in vain before. It waits again.
    pub(crate) fn take_back(&self) -> Option<(u32, Box<T>)> {
        let mut state = self.state.lock();
        match state.call {
            Call::Rung(since) if !since.is_longer_than(WAKING) => {}
            _ => return None,
        }
        match mem::replace(&mut state.lot, Lot::Waiting) {
            Lot::Served(Grant::Value(seat, value)) => Some((seat, value)),
            other => {
                state.lot = other;
                None
            }
        }
    }

    /// Sleeps until something is given or the deadline passes; none means that it passed and nothing will come.
    pub(crate) fn wait(&self, deadline: Deadline) -> Option<Grant<T>> {
        let mut state = self.state.lock();
        while matches!(state.lot, Lot::Waiting) {
            // Else whoever serves it next would think that it need not be woken.
            if matches!(state.call, Call::Rung(_)) {
                state.call = Call::InVain;
                drop(state);
                self.stay_awake();
                state = self.state.lock();
                continue;
            }
            let timed_out = match deadline.instant() {
                Some(instant) => self.condition.wait_until(&mut state, instant).timed_out(),
                None => {
                    self.condition.wait(&mut state);
                    false
                }
            };
            if timed_out {
                break;
            }
        }
        match mem::replace(&mut state.lot, Lot::Gone) {
            Lot::Served(Grant::Word) => {
                *state = State { lot: Lot::Waiting, call: Call::Silent };
                Some(Grant::Word)
            }
            Lot::Served(grant) => Some(grant),
            Lot::Waiting | Lot::Gone => None,
        }
    }

    /// One that woke up in vain is served by the next return: it gives way to others for a moment before it sleeps again,
    /// as that may be sooner than another waking.
    fn stay_awake(&self) {
        let since = Since::now();
        while cfg!(not(loom)) && !since.is_longer_than(STAYING_AWAKE) && self.waits() {
            thread::yield_now();
        }
    }

    fn waits(&self) -> bool {
        matches!(self.state.lock().lot, Lot::Waiting)
    }

    /// Leaves without waiting; gives what was given meanwhile, if anything.
    pub(crate) fn give_up(&self) -> Option<Grant<T>> {
        match mem::replace(&mut self.state.lock().lot, Lot::Gone) {
            Lot::Served(grant) => Some(grant),
            Lot::Waiting | Lot::Gone => None,
        }
    }

    /// Whether nothing can be given any more.
    pub(crate) fn has_left(&self) -> bool {
        matches!(self.state.lock().lot, Lot::Gone)
    }
}

impl<T> Bell<T> {
    /// Whether the waiter has to be woken: it has not been, or has gone back to sleep since.
    pub(crate) fn rings(&self) -> bool {
        self.0.is_some()
    }
}

impl<T> Drop for Bell<T> {
    fn drop(&mut self) {
        if let Some(waiter) = self.0.take() {
            waiter.condition.notify_one();
        }
    }
}
