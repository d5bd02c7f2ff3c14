//! SQLite by way of an r2d2 manager as a backend.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::backends::Sqlite;
use crate::table::Reason;
use cenote_r2d2::{Ended, R2d2Manager};
use r2d2_sqlite::SqliteConnectionManager;

/// A database of SQLite's, which is opened by r2d2's manager.
#[derive(Debug)]
pub struct R2d2 {
    sqlite: Sqlite,
}

fn bridged(
    manager: SqliteConnectionManager,
) -> R2d2Manager<SqliteConnectionManager, Ended<SqliteConnectionManager>> {
    let end = |how: &'static str| {
        move |conn: &mut rusqlite::Connection| {
            if conn.is_autocommit() { Ok(()) } else { conn.execute_batch(how) }
        }
    };
    R2d2Manager::new(manager).ending_transactions(end("rollback"), end("commit"))
}

impl Backend for R2d2 {
    type Manager = R2d2Manager<SqliteConnectionManager, Ended<SqliteConnectionManager>>;

    const NAME: &'static str = "r2d2";

    fn variants() -> Vec<Self> {
        Sqlite::variants().into_iter().map(|sqlite| Self { sqlite }).collect()
    }

    fn variant(&self) -> String {
        self.sqlite.variant()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        Sqlite::has(skill)
    }

    fn manager(&self) -> Self::Manager {
        // What the adapter for SQLite does by itself: writers take turns.
        let patient = |conn: &mut rusqlite::Connection| conn.execute_batch("pragma busy_timeout = 5000");
        bridged(SqliteConnectionManager::file(self.sqlite.uri()).with_init(patient))
    }

    fn refused(&self) -> Self::Manager {
        bridged(SqliteConnectionManager::file(self.sqlite.missing()))
    }

    fn error(&self) -> DriverError<Self> {
        self.sqlite.error()
    }

    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        self.sqlite.session(conn)
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        self.sqlite.begin(conn);
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        self.sqlite.insert(conn);
    }

    fn commit(&self, conn: &mut Connection<Self>) {
        self.sqlite.commit(conn);
    }

    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool {
        self.sqlite.in_transaction(conn)
    }

    fn answers(&self, conn: &mut Connection<Self>) -> bool {
        self.sqlite.answers(conn)
    }

    fn committed(&self) -> usize {
        self.sqlite.committed()
    }
}
