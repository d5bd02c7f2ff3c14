//! `FakeConnection`: a connection of the fake driver, with one table and transactions.

use super::manager::perform;
use super::{Call, Ledger};
use std::sync::Arc;

/// A connection of the fake driver: it knows one table, whose rows count only once they are committed.
#[derive(Debug)]
pub struct FakeConnection {
    session: u64,
    uncommitted: Option<usize>,
    /// A connection whose close panicked is dropped by that panic: its destructor must not add another.
    pub(crate) unscripted: bool,
    ledger: Arc<Ledger>,
}

impl FakeConnection {
    pub(crate) fn new(session: u64, ledger: Arc<Ledger>) -> Self {
        Self { session, uncommitted: None, unscripted: false, ledger }
    }

    /// The number that tells it from all other connections of this driver.
    pub fn session(&self) -> u64 {
        self.session
    }

    /// Whether nobody has cut it.
    pub fn is_alive(&self) -> bool {
        !self.ledger.is_killed(self.session)
    }

    /// Is its user for a moment: two at the same time are a breach.
    pub fn work(&mut self) -> u64 {
        self.ledger.occupy(self.session);
        std::thread::yield_now();
        self.ledger.vacate(self.session);
        self.session
    }

    /// Opens a transaction behind the pool's back.
    pub fn begin(&mut self) {
        self.uncommitted = Some(0);
    }

    /// Writes a row, in the open transaction if there is one.
    pub fn insert(&mut self) {
        match &mut self.uncommitted {
            Some(rows) => *rows += 1,
            None => self.ledger.commit(1),
        }
    }

    /// Commits the open transaction.
    pub fn commit(&mut self) {
        self.ledger.commit(self.uncommitted.take().unwrap_or_default());
    }

    /// Drops the open transaction.
    pub fn rollback(&mut self) {
        self.uncommitted = None;
    }

    /// Whether a transaction is open.
    pub fn in_transaction(&self) -> bool {
        self.uncommitted.is_some()
    }

    /// Says that it left the pool for good, so that nobody need close it.
    pub fn taken(&self) {
        self.ledger.taken(self.session);
    }
}

impl Drop for FakeConnection {
    fn drop(&mut self) {
        let event = self.ledger.begin_drop(self.session, self.unscripted);
        let _closed = crate::kit::defer::Defer(|| self.ledger.dropped(self.session));
        let _ = perform(Call::Drop, event);
    }
}
