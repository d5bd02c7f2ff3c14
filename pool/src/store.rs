//! `Store`: what a strategy is made of, and the words between it and the pool.

use crate::waiter::Waiter;
use std::backtrace::Backtrace;
use std::panic::Location;
use std::sync::Arc;

/// Where a value belongs within its store. It goes with the value and comes back with it.
pub(crate) type Seat = u32;

/// The seat of a value that has no slot of its own.
pub(crate) const NO_SEAT: Seat = Seat::MAX;

/// A waiter's number in the line: a smaller one came earlier.
pub(crate) type Ticket = u64;

/// A value that can be told from all others of its store, whoever has it.
pub trait Numbered {
    /// Its number: no other value of this store has or had it.
    fn number(&self) -> u64;
}

/// Keeps values and the right to make them. It moves boxes about; it knows no driver, clock or event.
///
/// A *place* is the right to have a value. Each [`Idle`](Entered::Idle), [`Vacant`](Entered::Vacant), granted or
/// drained one is followed by exactly one [`put`](Self::put), [`arrive`](Self::arrive) or [`vacate`](Self::vacate).
/// Whatever a method gives back still holds its place: the caller ends the value, then vacates.
/// Every event that frees a value or a place serves the oldest waiter that can use it.
pub trait Store<T>: Send + Sync {
    /// Called first, at every checkout: an idle value, if nothing stands in the way. Takes no lock where
    /// values have slots.
    fn take(&self, call_site: &'static Location<'static>) -> Option<(Seat, Box<T>)>;

    /// Called when `take` gave nothing (or, without a waiter, by one that will not wait).
    fn enter(&self, call_site: &'static Location<'static>, waiter: Option<&Arc<Waiter<T>>>) -> Entered<T>;

    /// Called by one that has a place whose value is being made elsewhere: it takes what is returned meanwhile, and
    /// what is idle now if it `looks`.
    fn expect(&self, waiter: &Arc<Waiter<T>>, looks: bool) -> Expected<T>;

    /// Called by a waiter that leaves empty-handed; tells its position in the line, 1 for the first.
    fn leave(&self, ticket: Ticket) -> Option<usize>;

    /// Called before a value that comes home is cleaned: no need, if it would not be kept.
    fn wants_back(&self, seat: Seat, number: u64) -> bool;

    /// Called when a value comes home. Gives back what is not kept.
    fn put(&self, seat: Seat, value: Box<T>) -> Option<Box<T>>;

    /// Called by a worker whose value is ready. It is its sponsor's, who waits with this ticket; if that one has left,
    /// or has another, it comes home as in `put`.
    ///
    /// Were it the oldest waiter's instead, its sponsor would be left to wait for what another worker may fail to bring.
    fn arrive(&self, seat: Seat, value: Box<T>, sponsor: &Arc<Waiter<T>>, ticket: Ticket) -> Option<Box<T>>;

    /// Called by a holder that leaves while its value is being cleaned elsewhere: it will be brought by `arrive`.
    fn let_go(&self, _seat: Seat) {}

    /// Called when a place is given up without a value, with the number of the one that was in it, if any: if that had
    /// been given up before, its place is long free.
    fn vacate(&self, seat: Seat, by: By, number: Option<u64>);

    /// Called when a value has been taken and needs more than a look: whether it was given up while it was out, so that
    /// it has no place.
    fn is_given_up(&self, _number: u64) -> bool {
        false
    }

    /// Called when a thread ends: what it kept for itself.
    fn depart(&self, _thread: u64) -> Option<(Seat, Box<T>)> {
        None
    }

    /// Called when everything idle is to go, and the pool stays: takes it out.
    fn drain(&self) -> Vec<(Seat, Box<T>)>;

    /// Called when idle values are looked after: takes out those that are picked, which is asked about each with the
    /// number of those that are idle.
    fn pick_idle(&self, _picks: &mut dyn FnMut(&T, usize) -> bool) -> Vec<(Seat, Box<T>)> {
        Vec::new()
    }

    /// Called when idle values are looked after: a place for one more, if nobody waits, fewer than these are idle, and
    /// one more would be kept.
    fn reserve_ahead(&self, _min_idle: usize) -> Option<Seat> {
        None
    }

    /// Called by each who closes the pool, also by several at once: takes out what is idle, wakes all that wait, and keeps nothing from now on.
    fn shut(&self) -> Vec<(Seat, Box<T>)>;

    /// Called for a status.
    fn tally(&self) -> Tally;
}

/// Who gives a place up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The one that checked out.
    Holder,
    /// The pool: a worker (if the one that checked out is still there, it leaves by itself), or whoever ends a value
    /// that the store gave back.
    Pool,
}

/// What one that enters finds.
#[derive(Debug)]
pub enum Entered<T> {
    /// An idle value.
    Idle(Seat, Box<T>),
    /// A place to make a value in; and the value that had it and must go.
    Vacant(Seat, Option<Box<T>>),
    /// A number in the line: now wait.
    Waiting(Ticket),
    /// Nothing, and one that does not wait.
    Full,
    /// A second checkout where there can be only one.
    Refused(Claim),
    /// The store is shut.
    Shut,
}

/// What one finds that has a place whose value is being made elsewhere.
#[derive(Debug)]
pub enum Expected<T> {
    /// An idle value after all.
    Idle(Seat, Box<T>),
    /// A number in the line: now wait.
    Waiting(Ticket),
}

/// The first checkout, where there can be only one.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Where it was asked for.
    pub at: &'static Location<'static>,
    /// How it came there, if the strategy was told to find out.
    pub backtrace: Option<Arc<Backtrace>>,
}

/// What a store holds.
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    /// How many values it keeps.
    pub kept: usize,
    /// How many places there may be.
    pub limit: Option<usize>,
    /// How many places are taken.
    pub places: usize,
    /// How many values are idle.
    pub idle: usize,
    /// How many wait.
    pub waiting: usize,
    /// How many values were given up and are not back yet: they have no place.
    pub given_up: usize,
}
