//! SQLite through Diesel as a backend.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::backends::Sqlite;
use crate::table::Reason;
use cenote_diesel::{DieselError, DieselManager};
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{QueryResult, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use std::sync::atomic::{AtomicI64, Ordering};

/// A database of SQLite's, which is opened by Diesel.
#[derive(Debug)]
pub struct DieselSqlite {
    sqlite: Sqlite,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number(conn: &mut Connection<DieselSqlite>, query: &str) -> QueryResult<i64> {
    sql_query(query).get_result::<Number>(conn).map(|row| row.number)
}

impl Backend for DieselSqlite {
    type Manager = DieselManager<SqliteConnection>;

    const NAME: &'static str = "diesel-sqlite";

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
        DieselManager::new(self.sqlite.uri())
    }

    fn refused(&self) -> Self::Manager {
        DieselManager::new(self.sqlite.missing().display().to_string())
    }

    fn error(&self) -> DriverError<Self> {
        DieselError::from(diesel::result::Error::NotFound)
    }

    /// A temporary table belongs to one connection. It is made at the first asking, outside any transaction.
    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        static NEXT: AtomicI64 = AtomicI64::new(1);
        let known = "select count(*) as number from temp.sqlite_schema where name = 'session'";
        if number(conn, known).unwrap() == 0 {
            let next = NEXT.fetch_add(1, Ordering::Relaxed);
            conn.batch_execute(&format!("create temp table session as select {next} as number")).unwrap();
        }
        number(conn, "select number from temp.session").unwrap().cast_unsigned()
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("begin immediate").unwrap();
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        sql_query("insert into law values (1)").execute(conn).unwrap();
    }

    fn commit(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("commit").unwrap();
    }

    /// A second beginning is refused inside a transaction; elsewhere it is taken back at once.
    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool {
        if conn.batch_execute("begin").is_err() {
            return true;
        }
        conn.batch_execute("rollback").unwrap();
        false
    }

    fn answers(&self, conn: &mut Connection<Self>) -> bool {
        conn.batch_execute("select 1").is_ok()
    }

    fn committed(&self) -> usize {
        self.sqlite.committed()
    }
}
