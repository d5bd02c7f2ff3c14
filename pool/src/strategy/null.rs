//! `Null`: keeps no connection; opens at checkout, closes at return.

use super::contract::{Sendable, Shares, Strategy};
use crate::id::PoolId;
use crate::store::{By, Entered, Expected, NO_SEAT, Numbered, Seat, Store, Tally, Ticket};
use crate::sync::{AtomicUsize, Ordering};
use crate::waiter::{Grant, Waiter};
use std::panic::Location;
use std::sync::Arc;

/// Keeps no connection: opens one at each checkout, closes it at its return. No limit; nobody waits.
///
/// **When**: another pool stands in front of the server (PgBouncer), or connections must not outlive their use.
/// **When not**: connecting takes longer than the work ([`Queue`](crate::Queue)).
/// **Cost**: what connecting and closing cost.
///
/// Options about kept connections (`recycle`, `pre_ping`) do not exist for it.
///
/// ```
/// use cenote::{Null, Pool};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Null::new()).build()?;
/// drop(pool.get().expect("a connection"));
/// assert_eq!(pool.status().open, 0);
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, Default)]
#[doc(alias = "NullPool")]
pub struct Null(());

impl Null {
    /// No connection is kept.
    pub fn new() -> Self {
        Self(())
    }
}

impl Strategy for Null {}

impl Shares for Null {
    const KEEPS: bool = false;
    type Marker = Sendable;
    type Store<T: Numbered + Send + 'static> = NullStore;

    fn most_connected(&self) -> usize {
        0
    }

    fn store<T: Numbered + Send + 'static>(&self, _: PoolId) -> NullStore {
        NullStore { places: AtomicUsize::new(0), shut: AtomicUsize::new(0) }
    }
}

#[derive(Debug)]
pub struct NullStore {
    places: AtomicUsize,
    shut: AtomicUsize,
}

impl<T: Numbered + Send + 'static> Store<T> for NullStore {
    #[inline]
    fn take(&self, _: &'static Location<'static>) -> Option<(Seat, Box<T>)> {
        None
    }

    fn enter(&self, _: &'static Location<'static>, _: Option<&Arc<Waiter<T>>>) -> Entered<T> {
        // First the place, then the look: one that shuts and then counts has counted this one, or is seen by it.
        self.places.fetch_add(1, Ordering::SeqCst);
        if self.shut.load(Ordering::SeqCst) != 0 {
            self.places.fetch_sub(1, Ordering::SeqCst);
            return Entered::Shut;
        }
        Entered::Vacant(NO_SEAT, None)
    }

    fn expect(&self, _: &Arc<Waiter<T>>, _: bool) -> Expected<T> {
        Expected::Waiting(0)
    }

    fn leave(&self, _: Ticket) -> Option<usize> {
        None
    }

    #[inline]
    fn wants_back(&self, _: Seat, _: u64) -> bool {
        false
    }

    #[inline]
    fn put(&self, _: Seat, value: Box<T>) -> Option<Box<T>> {
        Some(value)
    }

    fn arrive(&self, seat: Seat, value: Box<T>, sponsor: &Arc<Waiter<T>>, _: Ticket) -> Option<Box<T>> {
        match sponsor.offer(Grant::Value(seat, value)) {
            Err(Grant::Value(_, value)) => Some(value),
            _ => None,
        }
    }

    fn vacate(&self, _: Seat, _: By, _: Option<u64>) {
        self.places.fetch_sub(1, Ordering::SeqCst);
    }

    fn drain(&self) -> Vec<(Seat, Box<T>)> {
        Vec::new()
    }

    fn shut(&self) -> Vec<(Seat, Box<T>)> {
        self.shut.store(1, Ordering::SeqCst);
        Vec::new()
    }

    fn tally(&self) -> Tally {
        let places = self.places.load(Ordering::SeqCst);
        Tally { kept: 0, limit: None, places, idle: 0, waiting: 0, given_up: 0 }
    }
}
