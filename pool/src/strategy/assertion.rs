//! `Assertion`: keeps one connection; a second checkout is a bug, and its error names the first.

use super::contract::{Keeps, Sendable, Shares, Strategy};
use crate::id::PoolId;
use crate::order::Affine;
use crate::overtaking::Overtaking;
use crate::stock::Stock;
use crate::store::{By, Claim, Entered, Expected, Numbered, Seat, Store, Tally, Ticket};
use crate::sync::{AtomicCell, Mutex};
use crate::waiter::Waiter;
use std::backtrace::Backtrace;
use std::panic::Location;
use std::sync::Arc;

/// Keeps one connection. A second checkout while it is out is a bug: an error that names the first one's call site,
/// and its backtrace on request.
///
/// **When**: tests and single-threaded tools that must never hold two connections, or never one for too long.
/// **When not**: several threads that may meet ([`Static`](crate::Static) lets them take turns).
/// **Cost**: three atomic instructions, and a backtrace at each checkout if asked for.
///
/// ```
/// use cenote::{Assertion, Error, Pool};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Assertion::new()).build()?;
/// let first = pool.get()?;
/// let Err(Error::AlreadyCheckedOut { at, .. }) = pool.get() else { panic!("a second one") };
/// assert_eq!(at.file(), file!());
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[doc(alias = "AssertionPool")]
pub struct Assertion {
    backtrace: bool,
}

impl Assertion {
    /// One connection, one at a time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the backtrace of each checkout, for the error of a second one. Costs microseconds at each.
    #[doc(alias = "store_traceback")]
    pub fn backtrace(self) -> Self {
        Self { backtrace: true }
    }
}

impl Strategy for Assertion {}
impl Keeps for Assertion {}

impl Shares for Assertion {
    type Marker = Sendable;
    type Store<T: Numbered + Send + 'static> = AssertionStore<T>;

    fn limit(&self) -> Option<usize> {
        Some(1)
    }

    fn most_connected(&self) -> usize {
        1
    }

    fn store<T: Numbered + Send + 'static>(&self, pool: PoolId) -> AssertionStore<T> {
        let backtrace = self.backtrace.then(Mutex::default);
        AssertionStore {
            stock: Stock::new(pool, 1, self.limit(), Overtaking::none()),
            claim: AtomicCell::new(None),
            backtrace,
        }
    }
}

/// Whoever has the claim has the connection, waits for it, or is about to make it. One that left while its connect
/// goes on has given the claim back: then the next one waits for what arrives.
#[derive(Debug)]
pub struct AssertionStore<T> {
    stock: Stock<T, Affine>,
    claim: AtomicCell<Option<&'static Location<'static>>>,
    /// Of the one that has the claim; its lock is held while claiming, so that both are one checkout's.
    backtrace: Option<Mutex<Option<Arc<Backtrace>>>>,
}

impl<T> AssertionStore<T> {
    #[inline]
    fn try_claim(&self, call_site: &'static Location<'static>) -> Result<(), Claim> {
        match &self.backtrace {
            None => self.swap_claim(call_site).map_err(|at| Claim { at, backtrace: None }),
            Some(backtrace) => self.try_claim_with_backtrace(call_site, backtrace),
        }
    }

    #[cold]
    fn try_claim_with_backtrace(
        &self,
        call_site: &'static Location<'static>,
        backtrace: &Mutex<Option<Arc<Backtrace>>>,
    ) -> Result<(), Claim> {
        let own = Arc::new(Backtrace::force_capture());
        let mut first = backtrace.lock();
        self.swap_claim(call_site).map_err(|at| Claim { at, backtrace: first.clone() })?;
        *first = Some(own);
        Ok(())
    }

    #[inline]
    fn swap_claim(&self, call_site: &'static Location<'static>) -> Result<(), &'static Location<'static>> {
        match self.claim.compare_exchange(None, Some(call_site)) {
            Ok(_) => Ok(()),
            Err(first) => Err(first.unwrap_or(call_site)),
        }
    }

    #[inline]
    fn unclaim(&self) {
        self.claim.store(None);
    }
}

impl<T: Numbered + Send + 'static> Store<T> for AssertionStore<T> {
    /// The claim comes first: of two that meet, one has it and with it the value.
    #[inline(always)]
    fn take(&self, call_site: &'static Location<'static>) -> Option<(Seat, Box<T>)> {
        self.try_claim(call_site).ok()?;
        let taken = self.stock.take(call_site);
        if taken.is_none() {
            self.unclaim();
        }
        taken
    }

    fn enter(&self, call_site: &'static Location<'static>, waiter: Option<&Arc<Waiter<T>>>) -> Entered<T> {
        if let Err(first) = self.try_claim(call_site) {
            return Entered::Refused(first);
        }
        let entered = self.stock.enter(call_site, waiter);
        if matches!(entered, Entered::Full | Entered::Shut) {
            self.unclaim();
        }
        entered
    }

    fn expect(&self, waiter: &Arc<Waiter<T>>, looks: bool) -> Expected<T> {
        self.stock.expect(waiter, looks)
    }

    fn leave(&self, ticket: Ticket) -> Option<usize> {
        self.unclaim();
        self.stock.leave(ticket)
    }

    #[inline(always)]
    fn wants_back(&self, seat: Seat, number: u64) -> bool {
        self.stock.wants_back(seat, number)
    }

    #[inline(always)]
    fn put(&self, seat: Seat, value: Box<T>) -> Option<Box<T>> {
        self.unclaim();
        self.stock.put(seat, value)
    }

    fn arrive(&self, seat: Seat, value: Box<T>, sponsor: &Arc<Waiter<T>>, ticket: Ticket) -> Option<Box<T>> {
        self.stock.arrive(seat, value, sponsor, ticket)
    }

    fn let_go(&self, _: Seat) {
        self.unclaim();
    }

    fn vacate(&self, seat: Seat, by: By, number: Option<u64>) {
        if by == By::Holder {
            self.unclaim();
        }
        self.stock.vacate(seat, by, number);
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
