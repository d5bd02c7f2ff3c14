//! `Static`: keeps one connection, for all; callers take turns.

use super::contract::{Keeps, Sendable, Shares, Strategy};
use crate::id::PoolId;
use crate::order::Affine;
use crate::stock::Stock;
use crate::store::{By, Entered, Expected, Seat, Store, Tally, Ticket};
use crate::waiter::Waiter;
use std::panic::Location;
use std::sync::Arc;

/// Keeps one connection, for all. Callers take turns: while it is out, the others wait in line.
///
/// **When**: there can be only one: a private in-memory database, a test transaction that everybody must see.
/// **When not**: work that could run side by side ([`Queue`](crate::Queue)).
/// **Cost**: two atomic instructions.
///
/// A thread that asks for it while having it waits for itself until its deadline; the error says so.
///
/// ```
/// use cenote::{Pool, Static};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Static::new()).build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, Default)]
#[doc(alias = "StaticPool")]
pub struct Static(());

impl Static {
    /// One connection, for all.
    pub fn new() -> Self {
        Self(())
    }
}

impl Strategy for Static {}
impl Keeps for Static {}

impl Shares for Static {
    type Marker = Sendable;
    type Store<T: Send + 'static> = StaticStore<T>;

    fn limit(&self) -> Option<usize> {
        Some(1)
    }

    fn most_connected(&self) -> usize {
        1
    }

    fn store<T: Send + 'static>(&self, pool: PoolId) -> StaticStore<T> {
        StaticStore { stock: Stock::new(pool, 1, self.limit()) }
    }
}

#[derive(Debug)]
pub struct StaticStore<T> {
    stock: Stock<T, Affine>,
}

impl<T: Send + 'static> Store<T> for StaticStore<T> {
    #[inline]
    fn take(&self, _: &'static Location<'static>) -> Option<(Seat, Box<T>)> {
        self.stock.take()
    }

    fn enter(&self, _: &'static Location<'static>, waiter: Option<&Arc<Waiter<T>>>) -> Entered<T> {
        self.stock.enter(waiter)
    }

    fn expect(&self, waiter: &Arc<Waiter<T>>, looks: bool) -> Expected<T> {
        self.stock.expect(waiter, looks)
    }

    fn leave(&self, ticket: Ticket) -> Option<usize> {
        self.stock.leave(ticket)
    }

    #[inline]
    fn wants_back(&self, seat: Seat) -> bool {
        self.stock.wants_back(seat)
    }

    #[inline]
    fn put(&self, seat: Seat, value: Box<T>) -> Option<Box<T>> {
        self.stock.put(seat, value)
    }

    fn arrive(&self, seat: Seat, value: Box<T>, sponsor: &Waiter<T>, ticket: Ticket) -> Option<Box<T>> {
        self.stock.arrive(seat, value, sponsor, ticket)
    }

    fn vacate(&self, seat: Seat, _: By) {
        self.stock.vacate(seat);
    }

    fn drain(&self) -> Vec<(Seat, Box<T>)> {
        self.stock.drain()
    }

    fn shut(&self) -> Vec<(Seat, Box<T>)> {
        self.stock.shut()
    }

    fn tally(&self) -> Tally {
        self.stock.tally()
    }
}
