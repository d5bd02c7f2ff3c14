//! `SqliteConnection` in a pool.

use std::time::Duration;

use cenote::{Fault, MayHang};
use diesel::{
    RunQueryDsl, SqliteConnection, connection::SimpleConnection, dsl::sql, query_builder::QueryFragment,
    result::QueryResult, sql_types::Integer, sqlite::Sqlite,
};

use crate::{error::DieselError, fault::classify_by_words, poolable::Poolable, statement::text_of};

/// What SQLite says, and what it means.
const WORDS: [(&str, Fault); 9] = [
    ("is locked", Fault::Transient),
    ("database or disk is full", Fault::Transient),
    ("out of memory", Fault::Transient),
    ("file is not a database", Fault::Lost),
    ("disk image is malformed", Fault::Lost),
    ("disk I/O error", Fault::Lost),
    ("unable to open database file", Fault::Refused),
    ("attempt to write a readonly database", Fault::Refused),
    ("access permission denied", Fault::Refused),
];

impl Poolable for SqliteConnection {
    /// SQLite is code in this process and a file on this machine.
    const MAY_HANG: MayHang = MayHang::NOTHING;

    fn text_of(query: &impl QueryFragment<Sqlite>) -> Option<String> {
        text_of(query)
    }

    /// SQLite takes it for an error to end a transaction where none is open, so a savepoint goes before: it begins one
    /// there, and is ended with the one that is open elsewhere. It takes no lock.
    fn end_transaction(&mut self, how: &str) -> QueryResult<()> {
        self.batch_execute(&format!("SAVEPOINT cenote; {how}"))
    }

    /// Reads the schema's version: the one read that looks at the file every time, where `select 1` does not look at
    /// all. It does not wait for a lock, because a file that somebody has locked is there and well.
    fn is_valid(&mut self, _within: Duration) -> QueryResult<()> {
        let wait: i32 = sql::<Integer>("PRAGMA busy_timeout").get_result(self)?;
        if wait > 0 {
            self.batch_execute("PRAGMA busy_timeout = 0")?;
        }
        let answer =
            sql::<Integer>("PRAGMA schema_version").get_result::<i32>(self).map_err(DieselError::from);
        if wait > 0 {
            self.batch_execute(&format!("PRAGMA busy_timeout = {wait}"))?;
        }
        match answer {
            Err(error) if Self::classify(&error) == Fault::Transient => Ok(()),
            Err(DieselError::Query(error)) => Err(error),
            _ => Ok(()),
        }
    }

    fn classify(error: &DieselError) -> Fault {
        classify_by_words(error, &WORDS)
    }
}
