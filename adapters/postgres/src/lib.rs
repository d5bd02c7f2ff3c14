#![doc = include_str!("../README.md")]

mod manager;
mod url;
mod place;
mod tls;
mod route;
mod plain;
mod watched;
mod frames;
mod doubt;
mod account;
mod session;
mod cancels;
mod canceller;
mod cancel_token;
mod notices;
mod reset;
mod commit;
mod error;
mod fault;
mod deadline;

pub use postgres;

pub use cancel_token::CancelToken;
pub use error::Error;
pub use manager::PostgresManager;
pub use reset::Reset;
pub use session::Session;
pub use tls::Tls;
pub use url::InvalidUrl;

use postgres::NoTls;

/// A pool of PostgreSQL connections.
///
/// ```
/// use cenote_postgres::{Pool, PostgresManager};
///
/// struct App {
///     pool: Pool,
/// }
///
/// let app = App { pool: Pool::new(PostgresManager::url("postgres://me@db.example/app")?) };
/// assert_eq!(app.pool.status().open, 0);
/// # Ok::<(), cenote_postgres::InvalidUrl>(())
/// ```
pub type Pool<S = cenote::Queue, T = NoTls> = cenote::Pool<PostgresManager<T>, S>;

/// A checked-out PostgreSQL connection: it derefs to [`Session`], and that to [`postgres::Client`]; it comes home when
/// it is dropped.
///
/// ```
/// # let url = cenote_servers::postgres().url();
/// use cenote_postgres::{Pool, PooledConnection, PostgresManager, postgres};
///
/// fn count(conn: &mut PooledConnection<'_>) -> Result<i64, postgres::Error> {
///     Ok(conn.query_one("select count(*) from pg_class where false", &[])?.get(0))
/// }
///
/// let pool = Pool::new(PostgresManager::url(url)?);
/// assert_eq!(count(&mut pool.get()?)?, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type PooledConnection<'p, S = cenote::Queue, T = NoTls> =
    cenote::PooledConnection<'p, PostgresManager<T>, S>;
