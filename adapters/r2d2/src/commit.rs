//! `Commit` for those that were told how.

use crate::ending::Ended;
use crate::manager::R2d2Manager;
use cenote::Commit;
use r2d2::ManageConnection;

impl<M> Commit for R2d2Manager<M, Ended<M>>
where
    M: ManageConnection,
    M::Error: Send + Sync,
{
    /// As [`ending_transactions`](R2d2Manager::ending_transactions) was told.
    fn commit(&self, conn: &mut M::Connection) -> Result<(), M::Error> {
        self.ending().commit(conn)
    }
}
