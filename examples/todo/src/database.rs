//! The pool, and the tables in its database.

use std::error::Error;

use cenote::Queue;
use cenote_diesel::{DieselManager, PooledConnection, diesel::connection::SimpleConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{any_connection::AnyConnection, options::Options};

/// The pool of this service.
pub(crate) type Pool = cenote_diesel::Pool<AnyConnection>;
/// A connection of it, as the queries take it.
pub(crate) type DbConnection<'p> = PooledConnection<'p, AnyConnection>;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
#[cfg(feature = "mysql")]
const MYSQL: EmbeddedMigrations = embed_migrations!("migrations/mysql");

/// Opens the first connection and brings the tables up to date, so that a wrong URL ends the program at its start.
pub(crate) fn open(options: &Options) -> Result<Pool, Box<dyn Error + Send + Sync>> {
    let pool = Pool::builder(DieselManager::new(&*options.database))
        .strategy(Queue::new().size(options.connections).max_overflow(0))
        .timeout(options.wait)
        .on_connect(|session, _record| Ok(session.batch_execute(session.settings())?))
        .name("todo")
        .build()?;
    let mut conn = pool.get_owned()?;
    let migrations = match &**conn {
        AnyConnection::Sqlite(_) => SQLITE,
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => POSTGRES,
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(_) => MYSQL,
    };
    conn.run_pending_migrations(migrations)?;
    Ok(pool)
}
