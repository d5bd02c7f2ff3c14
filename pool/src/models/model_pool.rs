//! `ModelPool`: a store in the hands of a pool without a driver: callers, workers, and one that closes.

use super::bounds::seen;
use crate::id::PoolId;
use crate::store::{By, Entered, Numbered, Seat, Store, Tally, Ticket};
use crate::thread;
use crate::time::Deadline;
use crate::waiter::{Grant, Waiter};
use loom::cell::UnsafeCell;
use loom::sync::atomic::AtomicBool;
use loom::thread::{JoinHandle, spawn};
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A store and what its pool does with it, step by step as in `checkout.rs`, `leaving.rs`, `checkin.rs`, `shared.rs`.
pub(super) struct ModelPool<S> {
    pub(super) id: PoolId,
    pub(super) store: S,
    closed: AtomicBool,
    opened: AtomicUsize,
    ended: AtomicUsize,
}

/// What a store keeps. loom fails the model if two threads use one and no synchronisation lies between.
#[derive(Debug)]
pub(super) struct Value {
    used: UnsafeCell<()>,
    number: u64,
}

/// What a checkout ends with.
#[derive(Debug)]
pub(super) enum Got {
    Value(Seat, Box<Value>),
    Place(Seat),
    Refused,
    Full,
    TooLate,
    Closed,
}

/// How long a checkout waits. Time passes as loom likes, so any other deadline is as short or as long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    ForEver,
    UntilDeadline,
    DoesNotWait,
}

impl<S: Store<Value> + 'static> ModelPool<S> {
    pub(super) fn new(id: PoolId, store: S) -> Arc<Self> {
        let closed = AtomicBool::new(false);
        Arc::new(Self { id, store, closed, opened: AtomicUsize::new(0), ended: AtomicUsize::new(0) })
    }

    /// Starts a thread that is new to the pool.
    pub(super) fn spawn<R: 'static>(
        self: &Arc<Self>,
        run: impl FnOnce(&Self) -> R + 'static,
    ) -> JoinHandle<R> {
        let pool = Arc::clone(self);
        spawn(move || run(&pool))
    }

    /// Starts a thread that used this seat last.
    pub(super) fn spawn_at<R: 'static>(
        self: &Arc<Self>,
        seat: Seat,
        run: impl FnOnce(&Self) -> R + 'static,
    ) -> JoinHandle<R> {
        let pool = Arc::clone(self);
        spawn(move || {
            thread::remember_seat(pool.id, seat);
            run(&pool)
        })
    }

    pub(super) fn check_out(&self, patience: Patience) -> Got {
        if let Some((seat, value)) = self.store.take(Location::caller()) {
            return Got::Value(seat, value);
        }
        let entered = match self.store.enter(Location::caller(), None) {
            Entered::Full if patience != Patience::DoesNotWait => {
                let waiter = Arc::new(Waiter::new());
                match self.store.enter(Location::caller(), Some(&waiter)) {
                    Entered::Waiting(ticket) => {
                        seen("a caller waited");
                        return self.wait(&waiter, ticket, patience);
                    }
                    entered => entered,
                }
            }
            entered => entered,
        };
        match entered {
            Entered::Idle(seat, value) => self.remembered(Got::Value(seat, value)),
            Entered::Vacant(seat, evicted) => {
                evicted.into_iter().for_each(|value| self.end_value(*value));
                self.remembered(Got::Place(seat))
            }
            Entered::Refused(_) => Got::Refused,
            Entered::Full | Entered::Waiting(_) => Got::Full,
            Entered::Shut => Got::Closed,
        }
    }

    pub(super) fn wait(&self, waiter: &Waiter<Value>, ticket: Ticket, patience: Patience) -> Got {
        loop {
            match waiter.wait(patience.deadline()) {
                Some(Grant::Value(seat, value)) => return self.remembered(Got::Value(seat, value)),
                Some(Grant::Place(seat)) => return self.remembered(Got::Place(seat)),
                Some(Grant::Word) if !self.is_closed() => {}
                Some(Grant::Word) => {
                    self.decline(waiter, ticket);
                    return Got::Closed;
                }
                None => {
                    self.store.leave(ticket);
                    return Got::TooLate;
                }
            }
        }
    }

    /// Leaves, and gives back what was given at the last moment.
    pub(super) fn decline(&self, waiter: &Waiter<Value>, ticket: Ticket) {
        match waiter.give_up() {
            Some(Grant::Value(seat, value)) => {
                self.put(seat, value);
            }
            Some(Grant::Place(seat)) => self.store.vacate(seat, By::Holder, None),
            Some(Grant::Word) | None => {
                self.store.leave(ticket);
            }
        }
    }

    /// Uses what it got, and takes it home; tells whether it was kept. A place is filled before.
    pub(super) fn check_in(&self, got: Got) -> bool {
        let (seat, value) = match got {
            Got::Value(seat, value) => (seat, value),
            Got::Place(seat) => (seat, self.open()),
            Got::Refused | Got::Full | Got::TooLate | Got::Closed => return false,
        };
        value.use_it();
        if self.store.wants_back(seat, value.number()) {
            return self.put(seat, value);
        }
        self.end(seat, *value, By::Holder);
        false
    }

    /// Closes what it got instead; a place is given up without a value.
    pub(super) fn fail(&self, got: Got) {
        match got {
            Got::Value(seat, value) => self.end(seat, *value, By::Holder),
            Got::Place(seat) => self.store.vacate(seat, By::Holder, None),
            Got::Refused | Got::Full | Got::TooLate | Got::Closed => {}
        }
    }

    pub(super) fn put(&self, seat: Seat, value: Box<Value>) -> bool {
        let unkept = self.store.put(seat, value);
        let kept = unkept.is_none();
        unkept.into_iter().for_each(|value| self.end_unkept(seat, *value));
        kept
    }

    /// Brings a value that a worker has made.
    pub(super) fn arrive(&self, seat: Seat, sponsor: &Arc<Waiter<Value>>, ticket: Ticket) {
        let value = self.open();
        value.use_it();
        if let Some(unkept) = self.store.arrive(seat, value, sponsor, ticket) {
            self.end_unkept(seat, *unkept);
        }
    }

    /// What the caller has then: it fills a place.
    pub(super) fn filled(&self, got: Got) -> Got {
        match got {
            Got::Place(seat) => Got::Value(seat, self.open()),
            got => got,
        }
    }

    pub(super) fn open(&self) -> Box<Value> {
        Box::new(Value::new(self.opened.fetch_add(1, Ordering::Relaxed)))
    }

    fn end(&self, seat: Seat, value: Value, by: By) {
        let number = value.number();
        self.end_value(value);
        self.store.vacate(seat, by, Some(number));
    }

    pub(super) fn end_unkept(&self, seat: Seat, value: Value) {
        self.end(seat, value, By::Pool);
    }

    pub(super) fn drain(&self) {
        self.store.drain().into_iter().for_each(|(seat, value)| self.end_unkept(seat, *value));
    }

    pub(super) fn close(&self) {
        self.closed.swap(true, Ordering::AcqRel);
        self.store.shut().into_iter().for_each(|(seat, value)| self.end_unkept(seat, *value));
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    pub(super) fn tally(&self) -> Tally {
        self.store.tally()
    }

    /// When all callers are home: nobody waits, each place has a value, which is idle, and none was lost. How many?
    pub(super) fn idle_at_rest(&self) -> usize {
        let tally = self.store.tally();
        let alive = self.opened.load(Ordering::Relaxed) - self.ended.load(Ordering::Relaxed);
        assert_eq!((tally.waiting, tally.places, tally.idle), (0, alive, alive), "{alive} are alive");
        alive
    }

    fn end_value(&self, value: Value) {
        value.use_it();
        self.ended.fetch_add(1, Ordering::Relaxed);
    }

    fn remembered(&self, got: Got) -> Got {
        if let Got::Value(seat, _) | Got::Place(seat) = got {
            thread::remember_seat(self.id, seat);
        }
        got
    }
}

impl Value {
    pub(super) fn new(number: usize) -> Self {
        Self { used: UnsafeCell::new(()), number: number as u64 }
    }

    pub(super) fn use_it(&self) {
        self.used.with_mut(|_| ());
    }
}

impl Numbered for Value {
    fn number(&self) -> u64 {
        self.number
    }
}

impl Patience {
    fn deadline(self) -> Deadline {
        Deadline::after(if self == Self::ForEver { Duration::MAX } else { Duration::ZERO })
    }
}
