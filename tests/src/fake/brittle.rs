//! `BrittleManager`: the fake driver with errors that panic when they are shown or dropped.

use super::{FakeConnection, FakeError, FakeManager};
use crate::kit::brittle::Budget;
use cenote::{Fault, Manager, MayHang};
use std::fmt;
use std::time::Duration;

/// The fake driver, whose errors panic when they are shown or dropped, while the budgets for that last.
#[derive(Debug)]
pub struct BrittleManager {
    fake: FakeManager,
    words: Budget,
    end: Budget,
}

/// An error of the fake driver that may panic when it is shown or dropped.
#[derive(Debug)]
pub struct BrittleError {
    error: FakeError,
    words: Budget,
    end: Budget,
}

impl BrittleManager {
    /// The same driver; its errors spend one budget when they are shown, and another when they are dropped.
    pub fn new(fake: FakeManager, words: &Budget, end: &Budget) -> Self {
        Self { fake, words: words.clone(), end: end.clone() }
    }

    fn brittle(&self, error: FakeError) -> BrittleError {
        BrittleError { error, words: self.words.clone(), end: self.end.clone() }
    }
}

impl Manager for BrittleManager {
    type Connection = FakeConnection;
    type Error = BrittleError;

    fn connect(&self, within: Duration) -> Result<FakeConnection, BrittleError> {
        self.fake.connect(within).map_err(|error| self.brittle(error))
    }

    fn rollback(&self, conn: &mut FakeConnection) -> Result<(), BrittleError> {
        self.fake.rollback(conn).map_err(|error| self.brittle(error))
    }

    fn is_valid(&self, conn: &mut FakeConnection, within: Duration) -> Result<(), BrittleError> {
        self.fake.is_valid(conn, within).map_err(|error| self.brittle(error))
    }

    fn has_broken(&self, conn: &mut FakeConnection) -> bool {
        self.fake.has_broken(conn)
    }

    fn close(&self, conn: FakeConnection) -> Result<(), BrittleError> {
        self.fake.close(conn).map_err(|error| self.brittle(error))
    }

    fn classify(&self, error: &BrittleError) -> Fault {
        self.fake.classify(&error.error)
    }

    fn may_hang(&self) -> MayHang {
        self.fake.may_hang()
    }
}

impl std::error::Error for BrittleError {}

impl fmt::Display for BrittleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words.spend("the words of an error");
        self.error.fmt(f)
    }
}

impl Drop for BrittleError {
    fn drop(&mut self) {
        self.end.spend("the end of an error");
    }
}
