//! `Commit` for SQLite.

use crate::manager::SqliteManager;
use cenote::Commit;
use rusqlite::{Connection, Error};

impl Commit for SqliteManager {
    /// Asks SQLite, in memory, whether a transaction is open; only then does it commit. It waits for locks as long as
    /// the busy timeout says; if that passes, the connection is closed, and what it held is lost.
    fn commit(&self, conn: &mut Connection) -> Result<(), Error> {
        self.end_transaction(conn, "commit")
    }
}
