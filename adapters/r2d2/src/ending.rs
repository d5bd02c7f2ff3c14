//! `Ending`: what becomes of a transaction that a user left open.

use r2d2::ManageConnection;
use std::fmt;

/// What becomes of a transaction that a user left open. [`LeftOpen`] and [`Ended`] are the two that there are.
///
/// ```
/// use cenote_r2d2::{Ending, LeftOpen};
/// use r2d2_sqlite::SqliteConnectionManager;
///
/// fn is_ending<E: Ending<SqliteConnectionManager>>() {}
/// is_ending::<LeftOpen>();
/// ```
pub trait Ending<M: ManageConnection>: Send + Sync + 'static {
    /// Does what a return does with an open transaction. May block.
    ///
    /// # Errors
    ///
    /// That of the driver; the connection is closed then.
    fn rollback(&self, conn: &mut M::Connection) -> Result<(), M::Error>;
}

/// It is left to the next user, as r2d2 does.
///
/// ```
/// assert_eq!(size_of::<cenote_r2d2::LeftOpen>(), 0);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct LeftOpen;

/// It is ended as [`R2d2Manager::ending_transactions`](crate::R2d2Manager::ending_transactions) was told.
///
/// ```
/// use cenote_r2d2::{Ended, Ending};
/// use r2d2_sqlite::SqliteConnectionManager;
///
/// fn is_ending<E: Ending<SqliteConnectionManager>>() {}
/// is_ending::<Ended<SqliteConnectionManager>>();
/// ```
pub struct Ended<M: ManageConnection> {
    rollback: Box<End<M>>,
    commit: Box<End<M>>,
}

type End<M> = dyn Fn(&mut <M as ManageConnection>::Connection) -> Result<(), <M as ManageConnection>::Error>
    + Send
    + Sync;

impl<M: ManageConnection> Ended<M> {
    pub(crate) fn new(
        rollback: impl Fn(&mut M::Connection) -> Result<(), M::Error> + Send + Sync + 'static,
        commit: impl Fn(&mut M::Connection) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        Self { rollback: Box::new(rollback), commit: Box::new(commit) }
    }

    pub(crate) fn commit(&self, conn: &mut M::Connection) -> Result<(), M::Error> {
        (self.commit)(conn)
    }
}

impl<M: ManageConnection> Ending<M> for LeftOpen {
    fn rollback(&self, _: &mut M::Connection) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<M: ManageConnection> Ending<M> for Ended<M> {
    fn rollback(&self, conn: &mut M::Connection) -> Result<(), M::Error> {
        (self.rollback)(conn)
    }
}

impl<M: ManageConnection> fmt::Debug for Ended<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ended").finish_non_exhaustive()
    }
}
