#![doc = include_str!("../README.md")]

mod manager;
mod ending;
mod commit;

pub use r2d2;

pub use ending::{Ended, Ending, LeftOpen};
pub use manager::R2d2Manager;

/// A pool of connections of an r2d2 manager.
///
/// ```
/// use cenote_r2d2::{Pool, R2d2Manager};
/// use r2d2_sqlite::SqliteConnectionManager;
///
/// struct App {
///     pool: Pool<SqliteConnectionManager>,
/// }
///
/// let app = App { pool: Pool::new(R2d2Manager::new(SqliteConnectionManager::memory())) };
/// assert_eq!(app.pool.status().open, 0);
/// ```
pub type Pool<M, E = LeftOpen, S = cenote::Queue> = cenote::Pool<R2d2Manager<M, E>, S>;

/// A checked-out connection: it derefs to the one that the r2d2 manager makes, and comes home when it is dropped.
///
/// ```
/// use cenote_r2d2::{Pool, PooledConnection, R2d2Manager};
/// use r2d2_sqlite::SqliteConnectionManager;
///
/// fn count(conn: &PooledConnection<'_, SqliteConnectionManager>) -> rusqlite::Result<i64> {
///     conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
/// }
///
/// let pool = Pool::new(R2d2Manager::new(SqliteConnectionManager::memory()));
/// assert_eq!(count(&pool.get()?)?, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type PooledConnection<'p, M, E = LeftOpen, S = cenote::Queue> =
    cenote::PooledConnection<'p, R2d2Manager<M, E>, S>;
