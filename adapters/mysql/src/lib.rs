#![doc = include_str!("../README.md")]

mod manager;
mod login;
mod url;
mod session;
mod answer;
mod queryable;
mod transaction;
mod trail;
mod reset;
mod socket;
mod commit;
mod fault;

pub use mysql;

pub use manager::MysqlManager;
pub use reset::ResetBy;
pub use session::Session;
pub use transaction::Transaction;
pub use url::InvalidUrl;

/// A pool of MySQL or MariaDB connections.
///
/// ```
/// use cenote_mysql::{MysqlManager, Pool};
///
/// struct App {
///     pool: Pool,
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = App { pool: Pool::new(MysqlManager::url("mysql://app@db.example/shop")?) };
/// assert_eq!(app.pool.status().open, 0);
/// # Ok(())
/// # }
/// ```
pub type Pool<S = cenote::Queue> = cenote::Pool<MysqlManager, S>;

/// A checked-out connection: it derefs to [`Session`], that to [`mysql::Conn`], and comes home when it is dropped.
///
/// ```
/// use cenote_mysql::{MysqlManager, Pool, PooledConnection, mysql, mysql::prelude::Queryable};
///
/// fn count(conn: &mut PooledConnection<'_>) -> mysql::Result<Option<i64>> {
///     conn.query_first("select count(*) from information_schema.schemata")
/// }
///
/// # let url = cenote_servers::mysql().url();
/// let pool = Pool::new(MysqlManager::url(url)?);
/// assert!(count(&mut pool.get()?)? > Some(0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type PooledConnection<'p, S = cenote::Queue> = cenote::PooledConnection<'p, MysqlManager, S>;
