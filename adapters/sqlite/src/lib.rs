#![doc = include_str!("../README.md")]

mod manager;
mod location;
mod file;
mod uri;
mod database;
mod journal;
mod pragma;
mod commit;
mod fault;
mod forgotten;
mod deadline;

pub use rusqlite;

pub use journal::JournalMode;
pub use manager::SqliteManager;

/// A pool of SQLite connections.
///
/// ```
/// use cenote_sqlite::{Pool, SqliteManager};
///
/// struct App {
///     pool: Pool,
/// }
///
/// let app = App { pool: Pool::new(SqliteManager::memory()) };
/// assert_eq!(app.pool.status().open, 0);
/// ```
pub type Pool<S = cenote::Queue> = cenote::Pool<SqliteManager, S>;

/// A checked-out SQLite connection: it derefs to [`rusqlite::Connection`] and comes home when it is dropped.
///
/// ```
/// use cenote_sqlite::{Pool, PooledConnection, SqliteManager, rusqlite};
///
/// fn count(conn: &PooledConnection<'_>) -> rusqlite::Result<i64> {
///     conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
/// }
///
/// let pool = Pool::new(SqliteManager::memory());
/// assert_eq!(count(&pool.get()?)?, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type PooledConnection<'p, S = cenote::Queue> = cenote::PooledConnection<'p, SqliteManager, S>;

/// The code of the project's README, to be compiled and run with the examples of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct ProjectReadme;

/// The code of the guide for those who come from SQLAlchemy, likewise.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/from-sqlalchemy.md")]
pub struct FromSqlAlchemy;
