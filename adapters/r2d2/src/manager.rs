//! `R2d2Manager`: any r2d2 manager as cenote's.

use crate::ending::{Ended, Ending, LeftOpen};
use cenote::Manager;
use r2d2::ManageConnection;
use std::fmt;
use std::time::Duration;

/// Opens, checks and cleans connections by an r2d2 manager.
///
/// r2d2 knows no deadlines, so that every call of its manager may hang: each runs on a worker of the pool that its caller
/// can leave in time. r2d2 knows no transactions either: say with
/// [`ending_transactions`](Self::ending_transactions) how one is ended, or they go to the next user as they do there.
///
/// ```
/// use cenote_r2d2::{Pool, R2d2Manager};
/// use r2d2_sqlite::SqliteConnectionManager;
///
/// let pool = Pool::new(R2d2Manager::new(SqliteConnectionManager::memory()));
/// let two: i64 = pool.get()?.query_row("select 1 + 1", [], |row| row.get(0))?;
/// assert_eq!(two, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct R2d2Manager<M, E = LeftOpen> {
    manager: M,
    ending: E,
}

impl<M: ManageConnection> R2d2Manager<M> {
    /// A manager that opens what `manager` opens. Transactions are left as users left them.
    pub fn new(manager: M) -> Self {
        Self { manager, ending: LeftOpen }
    }

    /// Says how a transaction that a user left open is ended: each is called with a connection that comes home, whether or
    /// not a transaction is open, in the thread that returns it, and may block. After an error of theirs the connection is
    /// closed.
    ///
    /// ```
    /// use cenote_r2d2::R2d2Manager;
    /// use r2d2_sqlite::SqliteConnectionManager;
    ///
    /// let end = |how: &'static str| move |conn: &mut rusqlite::Connection| {
    ///     if conn.is_autocommit() { Ok(()) } else { conn.execute_batch(how) }
    /// };
    /// let manager = R2d2Manager::new(SqliteConnectionManager::memory())
    ///     .ending_transactions(end("rollback"), end("commit"));
    /// let pool = cenote::Pool::new(manager);
    /// pool.get()?.execute_batch("begin; create table t (x)")?;
    /// assert!(pool.get()?.is_autocommit());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ending_transactions(
        self,
        rollback: impl Fn(&mut M::Connection) -> Result<(), M::Error> + Send + Sync + 'static,
        commit: impl Fn(&mut M::Connection) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> R2d2Manager<M, Ended<M>> {
        R2d2Manager { manager: self.manager, ending: Ended::new(rollback, commit) }
    }
}

impl<M, E> R2d2Manager<M, E> {
    /// The r2d2 manager.
    pub fn get_ref(&self) -> &M {
        &self.manager
    }

    pub(crate) fn ending(&self) -> &E {
        &self.ending
    }
}

impl<M, E> Manager for R2d2Manager<M, E>
where
    M: ManageConnection,
    M::Error: Send + Sync,
    E: Ending<M>,
{
    type Connection = M::Connection;
    type Error = M::Error;

    /// However long `within` is: r2d2's managers are not told.
    fn connect(&self, _within: Duration) -> Result<M::Connection, M::Error> {
        self.manager.connect()
    }

    fn rollback(&self, conn: &mut M::Connection) -> Result<(), M::Error> {
        self.ending.rollback(conn)
    }

    fn is_valid(&self, conn: &mut M::Connection, _within: Duration) -> Result<(), M::Error> {
        self.manager.is_valid(conn)
    }

    fn has_broken(&self, conn: &mut M::Connection) -> bool {
        self.manager.has_broken(conn)
    }
}

impl<M, E> fmt::Debug for R2d2Manager<M, E> {
    /// Without the r2d2 manager: it may show a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("R2d2Manager").finish_non_exhaustive()
    }
}
