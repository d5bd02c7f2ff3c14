//! Leaving: a checkout that ends without a connection gives back what it was given, and says why.

use crate::entry::Entry;
use crate::error::Error;
use crate::manager::Manager;
use crate::open_error::OpenError;
use crate::shared::Shared;
use crate::store::{By, Seat, Store, Ticket};
use crate::strategy::Strategy;
use crate::timeout_report::TimeoutReport;
use crate::trace;
use crate::visit::Visit;
use crate::waiter::{Grant, Waiter};
use std::sync::atomic::Ordering;

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Leaves the line, and gives back what was given at the last moment.
    pub(crate) fn decline(&self, waiter: &Waiter<Entry<M::Connection>>, ticket: Ticket) {
        match waiter.give_up() {
            Some(Grant::Value(seat, entry)) => self.bring_home(seat, entry),
            Some(Grant::Place(seat)) => self.vacate(seat, None, By::Holder),
            Some(Grant::Word) | None => {
                self.store.leave(ticket);
            }
        }
    }

    /// Puts a connection back that is as it should be.
    #[inline(always)]
    pub(crate) fn bring_home(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        if let Some(entry) = self.store.put(seat, entry) {
            self.end_unkept(seat, entry);
        }
    }

    /// What a checkout ends with whose connect brought nothing.
    pub(crate) fn failed(&self, error: OpenError<M::Error>, visit: Visit) -> Error<M::Error> {
        match error {
            OpenError::Failed(cause) | OpenError::Refused(cause) => Error::connect(cause),
            OpenError::TooLate => self.timed_out(None, visit),
        }
    }

    /// What a checkout ends with whose deadline passed.
    pub(crate) fn timed_out(&self, position: Option<usize>, visit: Visit) -> Error<M::Error> {
        self.driver.counters.timeouts.fetch_add(1, Ordering::Relaxed);
        trace::timed_out(self.driver.name(), visit.within);
        let report = TimeoutReport {
            pool: self.driver.name().to_owned(),
            waited: visit.within,
            position,
            status: self.status(),
            holders: self.driver.records.holders(self.driver.clock.now()),
            last_connect_error: self.driver.last_connect_error(),
        };
        Error::Timeout { report: Box::new(report) }
    }
}
