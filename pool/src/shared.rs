//! `Shared`: a driver and a store: what all clones, handles and workers of one pool share.

use crate::caretaker;
use crate::close_reason::CloseReason;
use crate::driver::Driver;
use crate::entry::Entry;
use crate::errand::Errands;
use crate::event::Event;
use crate::id::PoolId;
use crate::lifeline::Lifeline;
use crate::manager::Manager;
use crate::plan::Plan;
use crate::record::Record;
use crate::shield::quietly;
use crate::status::{Status, Totals};
use crate::still_out::StillOut;
use crate::store::{By, Seat, Store};
use crate::strategy::Strategy;
use crate::sync::plain::AtomicBool;
use crate::sync::{Ordering, PlainMutex};
use crate::thread::Departure;
use crate::trace;
use crate::upkeep::Upkeep;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// What all clones, handles and workers of one pool share. Checkout and return are in files of their own.
pub(crate) struct Shared<M: Manager, S: Strategy> {
    pub(crate) driver: Arc<Driver<M>>,
    pub(crate) store: S::Store<Entry<M::Connection>>,
    pub(crate) pool: PoolId,
    pub(crate) upkeep: Upkeep,
    /// Whether a worker opens connections ahead of need.
    pub(crate) refilling: AtomicBool,
    /// As it is now: `resize` changes it.
    pub(crate) strategy: PlainMutex<S>,
    pub(crate) errands: Errands<M>,
    pub(crate) lifeline: Lifeline,
    pub(crate) this: Weak<Self>,
}

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// A pool of this plan. It opens nothing, unless it was told to before anybody asks.
    pub(crate) fn make(plan: Plan<M>, strategy: S) -> Arc<Self> {
        let (pool, upkeep) = (PoolId::next(), strategy.upkeep());
        let store = strategy.store(pool);
        let driver = Driver::new(plan, S::KEEPS, upkeep, most_workers(strategy.limit()));
        driver.records.resize(store.tally().kept);
        let shared = Arc::new_cyclic(|this| Self {
            driver,
            store,
            pool,
            upkeep,
            refilling: AtomicBool::new(false),
            strategy: PlainMutex::new(strategy),
            errands: Errands::default(),
            lifeline: Lifeline::new(),
            this: Weak::clone(this),
        });
        shared.ask_for_upkeep();
        shared
    }

    pub(crate) fn status(&self) -> Status {
        let tally = self.store.tally();
        let counters = &self.driver.counters;
        let connecting = counters.connecting.load(Ordering::Relaxed);
        // Before `opened`: so no total shows more closed than were opened.
        let closed = counters.closed.each_ref().map(|count| count.load(Ordering::Acquire));
        let open = tally.places.saturating_sub(connecting);
        Status {
            kept: tally.kept,
            limit: tally.limit,
            open,
            idle: tally.idle.min(open),
            in_use: open.saturating_sub(tally.idle),
            overflow: tally.places.saturating_sub(tally.kept),
            waiting: tally.waiting,
            connecting,
            closing: counters.closing.load(Ordering::Relaxed),
            detached: counters.detached.load(Ordering::Relaxed),
            recovered: tally.given_up,
            generation: self.driver.generation.load(Ordering::Relaxed),
            workers: self.driver.crew.workers(),
            totals: Totals {
                checkouts: self.driver.records.checkouts(),
                opened: counters.opened.load(Ordering::Relaxed),
                connect_errors: counters.connect_errors.load(Ordering::Relaxed),
                timeouts: counters.timeouts.load(Ordering::Relaxed),
                closed,
            },
        }
    }

    /// Makes everything stale, and closes what is idle now instead of when it is met.
    pub(crate) fn dispose(&self) {
        trace::disposed(self.driver.name());
        self.driver.outdate(self.driver.generation.load(Ordering::Acquire));
        for (seat, entry) in self.store.drain() {
            let closed = self.driver.is_closed();
            self.end(
                seat,
                entry,
                if closed { CloseReason::PoolClosed } else { CloseReason::Outdated },
                By::Pool,
            );
        }
    }

    /// Refuses from now on, wakes all that wait, closes what is idle; what is out is closed when it comes home.
    pub(crate) fn close(&self) {
        let is_first = !self.driver.closed.swap(true, Ordering::SeqCst);
        if is_first {
            trace::pool_closed(self.driver.name());
        }
        // Whoever closes shuts the store: the first may not have come to it yet, and nothing is lent after any close.
        for (seat, entry) in self.store.shut() {
            self.end(seat, entry, CloseReason::PoolClosed, By::Pool);
        }
        if !is_first {
            return;
        }
        self.errands.wake_all();
        self.driver.crew.dismiss();
        caretaker::dismiss(self.pool);
        // One by one: two panics in one unwinding would end the process.
        for record in self.driver.records.end() {
            quietly(|| drop(record));
        }
    }

    pub(crate) fn close_and_wait(&self, within: Duration) -> Result<(), StillOut> {
        let deadline = self.driver.clock.deadline(within);
        self.close();
        let is_over =
            || self.store.tally().places == 0 && self.driver.counters.closing.load(Ordering::SeqCst) == 0;
        if self.driver.farewell.wait(deadline, is_over) {
            return Ok(());
        }
        Err(StillOut {
            status: Box::new(self.status()),
            holders: self.driver.records.holders(self.driver.clock.now()),
        })
    }

    /// Closes a connection and gives its place up. Never panics.
    #[cold]
    pub(crate) fn end(&self, seat: Seat, entry: Box<Entry<M::Connection>>, reason: CloseReason, by: By) {
        let record = self.close_unclean(entry, reason);
        self.vacate(seat, Some(record), by);
    }

    /// Closes a connection, and tells that it will not come home. Never panics.
    pub(crate) fn close_unclean(&self, entry: Box<Entry<M::Connection>>, reason: CloseReason) -> Record {
        let record = self.driver.end(entry, reason);
        if reason.invalidates() {
            self.driver.listeners.tell(Event::Checkin(None));
        }
        record
    }

    /// Closes what the store gave back.
    #[cold]
    pub(crate) fn end_unkept(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        let reason = self.unwanted(&entry);
        self.end(seat, entry, reason, By::Pool);
    }

    /// Gives a place up, with the record that goes with it.
    pub(crate) fn vacate(&self, seat: Seat, record: Option<Record>, by: By) {
        let number = record.as_ref().map(|record| record.info.id().get());
        let retired = record.and_then(|record| self.driver.records.close(record));
        self.store.vacate(seat, by, number);
        if self.driver.is_closed() {
            self.driver.farewell.announce();
        }
        quietly(|| drop(retired));
    }
}

/// So many workers open, check, clean, and close, in a pool of this limit: so many calls can hang at a time.
pub(crate) fn most_workers(limit: Option<usize>) -> usize {
    limit.unwrap_or(MOST_WORKERS).clamp(1, MOST_WORKERS)
}

const MOST_WORKERS: usize = 128;

impl<M: Manager, S: Strategy> Departure for Shared<M, S> {
    fn thread_ended(&self, thread: u64) {
        if let Some((seat, entry)) = self.store.depart(thread) {
            self.end(seat, entry, CloseReason::ThreadGone, By::Pool);
        }
    }
}
