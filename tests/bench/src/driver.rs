//! `Driver`: what every contender connects to, whatever trait it wants that in.

use cenote_sqlite::rusqlite;
use std::path::PathBuf;

/// Makes connections.
pub(crate) trait Driver: Clone + Send + Sync + 'static {
    type Connection: Send + 'static;

    fn connect(&self) -> Self::Connection;
}

/// Connections that are nothing: what is left is the pool's own cost.
#[derive(Clone)]
pub(crate) struct Nothing;

impl Driver for Nothing {
    type Connection = u64;

    fn connect(&self) -> u64 {
        0
    }
}

/// Connections to an SQLite file.
#[derive(Clone)]
pub(crate) struct Sqlite(pub(crate) PathBuf);

impl Driver for Sqlite {
    type Connection = rusqlite::Connection;

    fn connect(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.0).expect("the database was made by this command")
    }
}
