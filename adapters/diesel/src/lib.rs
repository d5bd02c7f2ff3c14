#![doc = include_str!("../README.md")]

mod error;
mod fault;
mod url_piece;
mod database_url;
mod poolable;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "mysql")]
mod mysql;
mod statement;
mod transactions;
mod rows;
mod session;
mod session_connection;
mod manager;
mod commit;

mod pooled_connection;
mod pool;
mod builder;
mod builder_hooks;
mod handle_connection;
#[cfg(feature = "postgres")]
mod copy_from;

pub use diesel;

pub use builder::Builder;
pub use error::DieselError;
pub use manager::DieselManager;
pub use pool::Pool;
pub use poolable::Poolable;
pub use pooled_connection::{OwnedConnection, PooledConnection};
pub use rows::Rows;
pub use session::Session;
pub use transactions::PooledTransactions;

/// What a checkout can end with: the core's error, with [`DieselError`] as its cause.
///
/// ```
/// use cenote_diesel::{DieselManager, Error, Pool, diesel::SqliteConnection};
///
/// fn check(pool: &Pool<SqliteConnection>) -> Result<(), Error> {
///     drop(pool.get()?);
///     Ok(())
/// }
/// # check(&Pool::new(DieselManager::new(":memory:"))).unwrap();
/// ```
pub type Error = cenote::Error<DieselError>;

/// A connection that left its pool for good: it derefs to [`Session`].
///
/// ```
/// use cenote_diesel::{DieselManager, Detached, Pool, PooledConnection, Session, diesel::SqliteConnection};
///
/// let pool = Pool::new(DieselManager::new(":memory:"));
/// let mine: Detached<SqliteConnection> = PooledConnection::detach(pool.get()?);
/// let bare: SqliteConnection = Session::into_connection(Detached::into_inner(mine));
/// # Ok::<(), cenote_diesel::Error>(())
/// ```
pub type Detached<C> = cenote::Detached<DieselManager<C>>;
