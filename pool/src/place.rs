//! `Place`: the right to hold a connection, as a guard: whatever panics, it is given back.

use crate::close_reason::CloseReason;
use crate::entry::Entry;
use crate::manager::Manager;
use crate::open_error::OpenError;
use crate::record::Record;
use crate::shared::Shared;
use crate::shared_ref::SharedRef;
use crate::store::{By, Seat};
use crate::strategy::Strategy;
use crate::time::Deadline;
use std::time::Duration;

/// The right to hold a connection, and the connection if there is one. Dropped, it closes the connection and gives
/// the place to the oldest waiter.
#[must_use]
pub(crate) struct Place<'c, M: Manager, S: Strategy> {
    shared: SharedRef<'c, M, S>,
    seat: Option<Seat>,
    entry: Option<Box<Entry<M::Connection>>>,
    record: Option<Record>,
    by: By,
}

impl<'c, M: Manager, S: Strategy> Place<'c, M, S> {
    /// A place that was just reserved.
    pub(crate) fn vacant(shared: &'c Shared<M, S>, seat: Seat) -> Self {
        let shared = SharedRef::Borrowed(shared);
        Self { shared, seat: Some(seat), entry: None, record: None, by: By::Holder }
    }

    /// The same place, which goes on with the record of the connection that had it.
    pub(crate) fn with_record(mut self, record: Option<Record>) -> Self {
        self.record = record;
        self
    }

    /// The place of a connection in hand.
    #[inline]
    pub(crate) fn taken(shared: &'c Shared<M, S>, seat: Seat, entry: Box<Entry<M::Connection>>) -> Self {
        let shared = SharedRef::Borrowed(shared);
        Self { shared, seat: Some(seat), entry: Some(entry), record: None, by: By::Holder }
    }

    /// Hands it to the pool, for a worker to take along.
    pub(crate) fn into_pools(mut self) -> Place<'static, M, S> {
        Place {
            shared: SharedRef::Owned(self.shared.to_arc()),
            seat: self.seat.take(),
            entry: self.entry.take(),
            record: self.record.take(),
            by: By::Pool,
        }
    }

    pub(crate) fn shared(&self) -> &Shared<M, S> {
        &self.shared
    }

    pub(crate) fn has_connection(&self) -> bool {
        self.entry.is_some()
    }

    #[inline]
    pub(crate) fn entry_mut(&mut self) -> Option<&mut Entry<M::Connection>> {
        self.entry.as_deref_mut()
    }

    /// Makes sure that there is a connection that works: asks the one in hand, if any, else opens one.
    pub(crate) fn fill(&mut self, deadline: Deadline) -> Result<(), OpenError<M::Error>> {
        let driver = &self.shared.driver;
        if let Some(entry) = self.entry.as_deref_mut() {
            if driver.ask(entry, (deadline.remaining() / 2).min(LONGEST_CHECK)) {
                entry.answered(driver.clock.now());
                return Ok(());
            }
            self.empty(CloseReason::PingFailed);
        }
        let driver = &self.shared.driver;
        let record = &mut self.record;
        record.get_or_insert_with(|| driver.records.open());
        self.entry = Some(driver.open(record, deadline)?);
        Ok(())
    }

    /// Closes the connection and keeps the place, with its record.
    pub(crate) fn empty(&mut self, reason: CloseReason) {
        if let Some(entry) = self.entry.take() {
            self.record = Some(self.shared.driver.end(entry, reason));
        }
    }

    /// Brings the connection home that it was made ready for.
    pub(crate) fn bring_home(mut self) {
        if let Some((seat, entry)) = self.take() {
            self.shared.bring_home(seat, entry);
        }
    }

    /// Closes the connection and gives the place up.
    pub(crate) fn end(mut self, reason: CloseReason) {
        if let Some((seat, entry)) = self.take() {
            self.shared.end(seat, entry, reason, self.by);
        }
    }

    /// Takes the connection out; the place is the caller's to give up by other means.
    #[inline]
    pub(crate) fn keep(mut self) -> Option<(Seat, Box<Entry<M::Connection>>)> {
        self.take()
    }

    #[inline]
    fn take(&mut self) -> Option<(Seat, Box<Entry<M::Connection>>)> {
        let entry = self.entry.take()?;
        Some((self.seat.take()?, entry))
    }
}

impl<M: Manager, S: Strategy> Drop for Place<'_, M, S> {
    #[inline]
    fn drop(&mut self) {
        // Dropped with a connection only when something panicked while this had it.
        if let Some((seat, entry)) = self.take() {
            self.shared.end(seat, entry, CloseReason::Panicked, self.by);
        } else if let Some(seat) = self.seat.take() {
            self.shared.vacate(seat, self.record.take(), self.by);
        }
    }
}

/// A check takes at most this, and at most half of the time left: there must be some to connect after it has failed.
const LONGEST_CHECK: Duration = Duration::from_secs(5);
