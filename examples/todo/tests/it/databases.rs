//! The databases that the tests run on, and how a test makes writes wait there.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};

#[cfg(feature = "mysql")]
use diesel::MysqlConnection;
#[cfg(feature = "postgres")]
use diesel::PgConnection;
use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use tempfile::TempDir;

/// A kind of database.
pub(crate) trait Database: Sized {
    type Connection: Connection;

    /// What one connection says to let all others read, and let their writes wait until it is closed.
    const LOCK: &str;

    /// An empty database, which no other test uses.
    fn fresh() -> Home;

    /// Lets writes wait until the guard is dropped.
    fn lock(home: &Home) -> Self::Connection {
        home.run::<Self>(Self::LOCK)
    }
}

/// Where a test's database is, and what removes it.
pub(crate) struct Home {
    pub(crate) url: String,
    _directory: Option<TempDir>,
}

impl Home {
    /// Runs a statement behind the service's back, on a connection of its own.
    pub(crate) fn run<D: Database>(&self, statement: &str) -> D::Connection {
        let mut conn = D::Connection::establish(&self.url).expect("it can be reached");
        conn.batch_execute(statement).expect("the statement is right");
        conn
    }
}

pub(crate) struct Sqlite;

impl Database for Sqlite {
    type Connection = SqliteConnection;

    const LOCK: &str = "BEGIN IMMEDIATE";

    fn fresh() -> Home {
        let directory = tempfile::tempdir().expect("there is room");
        let url = directory.path().join("todo.db").to_str().expect("the path is a text").to_owned();
        Home { url, _directory: Some(directory) }
    }
}

#[cfg(feature = "postgres")]
pub(crate) struct Postgres;

#[cfg(feature = "postgres")]
impl Database for Postgres {
    type Connection = PgConnection;

    const LOCK: &str = "BEGIN; LOCK TABLE todos IN EXCLUSIVE MODE";

    fn fresh() -> Home {
        let (server, schema) = (cenote_servers::postgres().url(), unique());
        create::<PgConnection>(server, &format!("CREATE SCHEMA {schema}"));
        Home { url: format!("{server}?options=-csearch_path%3D{schema}"), _directory: None }
    }
}

#[cfg(feature = "mysql")]
pub(crate) struct Mysql;

#[cfg(feature = "mysql")]
impl Database for Mysql {
    type Connection = MysqlConnection;

    const LOCK: &str = "LOCK TABLES todos READ";

    fn fresh() -> Home {
        let (server, name) = (cenote_servers::mysql().url(), unique());
        create::<MysqlConnection>(server, &format!("CREATE DATABASE {name}"));
        let (server, _) = server.rsplit_once('/').expect("the URL names a database");
        Home { url: format!("{server}/{name}"), _directory: None }
    }
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn create<C: Connection>(server: &str, statement: &str) {
    let mut conn = C::establish(server).expect("the server runs");
    conn.batch_execute(statement).expect("the name is new");
}

/// A name that no other test has.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("cenote_todo_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Mounts laws: a test for each of them on every database.
macro_rules! on_every_database {
    ($($law:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $law() { super::$law::<crate::databases::Sqlite>(); })+
        }
        #[cfg(feature = "postgres")]
        mod postgres {
            $(#[test] fn $law() { super::$law::<crate::databases::Postgres>(); })+
        }
        #[cfg(feature = "mysql")]
        mod mysql {
            $(#[test] fn $law() { super::$law::<crate::databases::Mysql>(); })+
        }
    };
}
pub(crate) use on_every_database;
