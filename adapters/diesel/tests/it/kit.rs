//! What the tests share: databases with a table of notes, and questions to a connection.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use cenote::{Queue, Strategy};
use cenote_diesel::{
    DieselManager, Pool, Poolable, Session,
    diesel::{self, connection::DefaultLoadingMode, prelude::*},
};
use tempfile::TempDir;

diesel::table! {
    notes {
        id -> Integer,
        text -> Text,
    }
}

/// A kind of database, and how a test uses its table of notes.
pub(crate) trait Database: 'static {
    type Connection: Poolable;

    /// An empty table of notes, in a database that no other test uses.
    fn fresh() -> Fresh;

    /// Adds a note by a typed query.
    fn add(session: &mut Session<Self::Connection>, text: &str) -> QueryResult<usize>;

    /// All notes, by a typed query.
    fn all(session: &mut Session<Self::Connection>) -> Vec<String>;

    /// Begins to read the notes, and never ends.
    fn forget_rows(session: &mut Session<Self::Connection>);
}

/// Where a test's database is, and what removes it.
pub(crate) struct Fresh {
    pub(crate) url: String,
    _directory: Option<TempDir>,
}

/// A name that no other test has.
fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("cenote_diesel_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

macro_rules! database {
    ($(#[$when:meta])? $name:ident, $connection:ty, $fresh:expr) => {
        $(#[$when])?
        pub(crate) struct $name;

        $(#[$when])?
        impl Database for $name {
            type Connection = $connection;

            fn fresh() -> Fresh {
                $fresh
            }

            fn add(session: &mut Session<$connection>, text: &str) -> QueryResult<usize> {
                diesel::insert_into(notes::table).values(notes::text.eq(text)).execute(session)
            }

            fn all(session: &mut Session<$connection>) -> Vec<String> {
                notes::table.select(notes::text).order(notes::id).load(session).unwrap()
            }

            fn forget_rows(session: &mut Session<$connection>) {
                let rows = notes::table.select(notes::text).load_iter::<String, DefaultLoadingMode>(session).unwrap();
                std::mem::forget(rows);
            }
        }
    };
}

database!(Sqlite, SqliteConnection, {
    let directory = tempfile::tempdir().unwrap();
    let url = directory.path().join("app.db").to_str().unwrap().to_owned();
    let create = "PRAGMA journal_mode = wal; CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
    run::<SqliteConnection>(&url, create);
    Fresh { url, _directory: Some(directory) }
});

database!(Postgres, PgConnection, {
    let (server, schema) = (cenote_servers::postgres().url(), unique());
    run::<PgConnection>(
        server,
        &format!(
            "CREATE SCHEMA {schema}; CREATE TABLE {schema}.notes (id SERIAL PRIMARY KEY, text TEXT NOT NULL)"
        ),
    );
    Fresh { url: format!("{server}?options=-csearch_path%3D{schema}"), _directory: None }
});

database!(
    #[cfg(feature = "mysql")]
    Mysql,
    MysqlConnection,
    {
        let (server, name) = (cenote_servers::mysql().url(), unique());
        run::<MysqlConnection>(
            server,
            &format!(
                "CREATE DATABASE {name};
                 CREATE TABLE {name}.notes (id INT PRIMARY KEY AUTO_INCREMENT, text TEXT NOT NULL) ENGINE = InnoDB"
            ),
        );
        let (server, _) = server.rsplit_once('/').unwrap();
        Fresh { url: format!("{server}/{name}"), _directory: None }
    }
);

/// Runs statements on a connection of their own.
pub(crate) fn run<C: Connection>(url: &str, statements: &str) {
    C::establish(url).unwrap().batch_execute(statements).unwrap();
}

/// A pool of one connection, so that whoever comes next has the one that was returned.
pub(crate) fn one<D: Database>(home: &Fresh) -> Pool<D::Connection> {
    of::<D, _>(home, Queue::new().size(1).max_overflow(0))
}

pub(crate) fn of<D: Database, S: Strategy>(home: &Fresh, strategy: S) -> Pool<D::Connection, S> {
    Pool::builder(DieselManager::new(&*home.url)).strategy(strategy).build().unwrap()
}

/// What a connection that belongs to no pool sees: all that is committed.
pub(crate) fn committed<D: Database>(home: &Fresh) -> Vec<String> {
    D::all(&mut of::<D, _>(home, cenote::Null::new()).get().unwrap())
}

/// Mounts laws: a test for each of them on every database.
macro_rules! on_every_database {
    ($($law:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $law() { super::$law::<crate::kit::Sqlite>(); })+
        }
        mod postgres {
            $(#[test] fn $law() { super::$law::<crate::kit::Postgres>(); })+
        }
        #[cfg(feature = "mysql")]
        mod mysql {
            $(#[test] fn $law() { super::$law::<crate::kit::Mysql>(); })+
        }
    };
}
pub(crate) use on_every_database;
