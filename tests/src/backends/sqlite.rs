//! SQLite as a backend: once in a file, once in memory.

use crate::backend::{Backend, Skill};
use crate::kit::names;
use crate::table::Reason;
use cenote::Manager;
use cenote_sqlite::SqliteManager;
use parking_lot::Mutex;
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// A database of its own, with one table.
#[derive(Debug)]
pub struct Sqlite {
    variant: &'static str,
    uri: String,
    /// Keeps a database in memory alive between pools, and looks at it from outside.
    outside: Mutex<Connection>,
    directory: TempDir,
}

impl Sqlite {
    fn new(variant: &'static str, uri: impl FnOnce(&TempDir) -> String) -> Self {
        let directory = TempDir::new().expect("a temporary directory can be made");
        let uri = uri(&directory);
        let outside = SqliteManager::uri(&uri).connect(Duration::MAX).expect("the database can be made");
        outside.execute_batch("create table law (line integer)").expect("it is empty");
        Self { variant, uri, outside: Mutex::new(outside), directory }
    }

    /// How a driver finds the database.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// A path at which no database can be.
    pub fn missing(&self) -> PathBuf {
        self.directory.path().join("missing").join("laws.db")
    }
}

impl Backend for Sqlite {
    type Manager = SqliteManager;

    const NAME: &'static str = "sqlite";

    fn variants() -> Vec<Self> {
        let file = |directory: &TempDir| format!("file:{}", directory.path().join("laws.db").display());
        let memory = |_: &TempDir| format!("file:/{}?vfs=memdb", names::unique());
        vec![Self::new("file", file), Self::new("memory", memory)]
    }

    fn variant(&self) -> String {
        self.variant.to_owned()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        match skill {
            Skill::Script => Err("SQLite follows no script"),
            Skill::Kill | Skill::Count => {
                Err("SQLite has no server that could cut connections or count them")
            }
        }
    }

    fn manager(&self) -> SqliteManager {
        SqliteManager::uri(&self.uri)
    }

    fn refused(&self) -> SqliteManager {
        SqliteManager::file(self.missing())
    }

    fn error(&self) -> rusqlite::Error {
        rusqlite::Error::InvalidQuery
    }

    /// A temporary table belongs to one connection. It is made at the first asking, outside any transaction.
    fn session(&self, conn: &mut Connection) -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let known = "select count(*) from temp.sqlite_schema where name = 'session'";
        let known: i64 = conn.prepare_cached(known).unwrap().query_row([], |row| row.get(0)).unwrap();
        if known == 0 {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            conn.execute_batch(&format!("create temp table session as select {number} as number")).unwrap();
        }
        let number: i64 = conn
            .prepare_cached("select number from temp.session")
            .unwrap()
            .query_row([], |row| row.get(0))
            .unwrap();
        number.cast_unsigned()
    }

    fn begin(&self, conn: &mut Connection) {
        conn.execute_batch("begin immediate").unwrap();
    }

    fn insert(&self, conn: &mut Connection) {
        conn.execute("insert into law values (1)", []).unwrap();
    }

    fn commit(&self, conn: &mut Connection) {
        conn.execute_batch("commit").unwrap();
    }

    fn in_transaction(&self, conn: &mut Connection) -> bool {
        !conn.is_autocommit()
    }

    fn answers(&self, conn: &mut Connection) -> bool {
        conn.execute_batch("select 1").is_ok()
    }

    fn committed(&self) -> usize {
        let outside = self.outside.lock();
        let count: i64 = outside.query_row("select count(*) from law", [], |row| row.get(0)).unwrap();
        usize::try_from(count).unwrap()
    }
}
