//! `Database`: what a manager keeps and knows of its database, apart from any connection that it opened.

use parking_lot::Mutex;
use rusqlite::{Connection, Error, ffi};

use crate::{deadline::Deadline, fault::failure};

/// Which file stands at a path: its device and number.
pub(crate) type Identity = (u64, u64);

/// What is done once for a database, by whichever connect comes first, and what came of it.
pub(crate) struct Database {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Whether the work of [`Database::prepare`] is done, and for which file if it is one.
    is_prepared: bool,
    identity: Option<Identity>,
    /// Whether a connect found another file at the path than the one before: older connections hold that one.
    is_replaced: bool,
    /// Keeps a database in memory alive while no connection of a pool is open. It is closed with the manager.
    anchor: Option<Connection>,
}

impl Database {
    pub(crate) fn new() -> Self {
        Self { state: Mutex::new(State::default()) }
    }

    /// Does `work` once: the first connect does it, and those that come meanwhile wait. After a failure, and for
    /// another file at the path, it is done anew. What it gives is kept as the anchor.
    pub(crate) fn prepare(
        &self,
        identity: impl Fn() -> Option<Identity>,
        deadline: Deadline,
        work: impl FnOnce() -> Result<Option<Connection>, Error>,
    ) -> Result<(), Error> {
        let Some(mut state) = self.state.try_lock_for(deadline.left()) else {
            let text = "another connection of this manager is still waiting to set the journal mode";
            return Err(failure(ffi::SQLITE_BUSY, text));
        };
        let found = identity();
        if state.is_prepared && state.identity == found {
            return Ok(());
        }
        state.anchor = work()?;
        state.is_replaced |= state.is_prepared;
        state.is_prepared = true;
        // A file that was not there before the work is there now.
        state.identity = found.or_else(identity);
        Ok(())
    }

    /// Whether a connection may be open to a file that is no longer at the path, where `now` stands. One
    /// replacement is told once: the answer makes the pool close every connection, and the next connect starts
    /// afresh.
    ///
    /// While the database is being prepared nobody waits to hear it: the next check will tell.
    pub(crate) fn notices_replacement(&self, now: Option<Identity>) -> bool {
        let Some(mut state) = self.state.try_lock() else { return false };
        let is_replaced = state.is_replaced || (state.is_prepared && state.identity != now);
        if is_replaced {
            (state.is_prepared, state.is_replaced) = (false, false);
        }
        is_replaced
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const OLD: Option<Identity> = Some((1, 1));
    const NEW: Option<Identity> = Some((1, 2));

    fn prepare(database: &Database, identity: Option<Identity>) -> bool {
        let mut worked = false;
        let deadline = Deadline::after(Duration::MAX, Duration::ZERO);
        let work = || {
            worked = true;
            Ok(None)
        };
        database.prepare(|| identity, deadline, work).unwrap();
        worked
    }

    #[test]
    fn the_work_is_done_once_for_a_file() {
        let database = Database::new();
        assert!(prepare(&database, OLD));
        assert!(!prepare(&database, OLD));
        assert!(prepare(&database, NEW));
        assert!(!prepare(&database, NEW));
    }

    #[test]
    fn work_that_failed_is_done_again() {
        let database = Database::new();
        let deadline = Deadline::after(Duration::MAX, Duration::ZERO);
        database.prepare(|| None, deadline, || Err(Error::InvalidQuery)).unwrap_err();
        assert!(prepare(&database, None));
    }

    #[test]
    fn who_cannot_wait_for_the_work_of_another_is_told_that_it_is_busy() {
        let database = Database::new();
        let deadline = Deadline::after(Duration::MAX, Duration::ZERO);
        let work = || {
            let late = Deadline::after(Duration::ZERO, Duration::ZERO);
            let error = database.prepare(|| None, late, || panic!("two work at once")).unwrap_err();
            assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy));
            Ok(None)
        };
        database.prepare(|| None, deadline, work).unwrap();
    }

    #[test]
    fn a_replaced_file_is_told_once() {
        let database = Database::new();
        assert!(!database.notices_replacement(None));
        prepare(&database, OLD);
        assert!(!database.notices_replacement(OLD));
        assert!(database.notices_replacement(NEW));
        assert!(!database.notices_replacement(NEW));
        prepare(&database, NEW);
        assert!(!database.notices_replacement(NEW));
        assert!(database.notices_replacement(None));
    }

    #[test]
    fn a_replaced_file_is_told_even_if_a_connect_saw_it_first() {
        let database = Database::new();
        prepare(&database, OLD);
        prepare(&database, NEW);
        assert!(database.notices_replacement(NEW));
        prepare(&database, NEW);
        assert!(!database.notices_replacement(NEW));
    }
}
