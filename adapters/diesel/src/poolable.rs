//! `Poolable`: what a pool must know of a kind of Diesel connection.

use std::time::Duration;

use cenote::{Fault, MayHang};
use diesel::{
    connection::Connection,
    query_builder::QueryFragment,
    result::{ConnectionResult, QueryResult},
};

use crate::{error::DieselError, fault};

/// A kind of Diesel connection that a pool can keep.
///
/// Diesel's own three are, by the features `sqlite`, `postgres` and `mysql`. For a connection of another crate, or one
/// of your own, every method has a default that is right for a server that speaks SQL and may hang:
///
/// ```
/// use cenote_diesel::{DieselManager, Pool, Poolable};
/// # mod other {
/// #     use cenote_diesel::diesel::{connection::*, prelude::*, query_builder::*, result::*};
/// #     type Sqlite = diesel::sqlite::Sqlite;
/// #     pub struct OtherConnection(SqliteConnection);
/// #     impl SimpleConnection for OtherConnection {
/// #         fn batch_execute(&mut self, query: &str) -> QueryResult<()> { self.0.batch_execute(query) }
/// #     }
/// #     impl ConnectionSealed for OtherConnection {}
/// #     impl Connection for OtherConnection {
/// #         type Backend = Sqlite;
/// #         type TransactionManager = AnsiTransactionManager;
/// #         fn establish(url: &str) -> ConnectionResult<Self> { SqliteConnection::establish(url).map(Self) }
/// #         fn execute_returning_count<T: QueryFragment<Sqlite> + QueryId>(&mut self, query: &T) -> QueryResult<usize> {
/// #             self.0.execute_returning_count(query)
/// #         }
/// #         fn transaction_state(&mut self) -> &mut AnsiTransactionManager { self.0.transaction_state() }
/// #         fn instrumentation(&mut self) -> &mut dyn Instrumentation { self.0.instrumentation() }
/// #         fn set_instrumentation(&mut self, new: impl Instrumentation) { self.0.set_instrumentation(new) }
/// #         fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
/// #             self.0.set_prepared_statement_cache_size(size)
/// #         }
/// #     }
/// # }
/// # use other::OtherConnection;
///
/// impl Poolable for OtherConnection {
///     // SQLite has no rollback without a transaction, which the default of this method asks for
///     fn end_transaction(&mut self, how: &str) -> diesel::QueryResult<()> {
///         use diesel::connection::SimpleConnection;
///         self.batch_execute(&format!("SAVEPOINT s; {how}"))
///     }
/// }
///
/// let pool = Pool::new(DieselManager::<OtherConnection>::new(":memory:"));
/// drop(pool.get()?);
/// # Ok::<(), cenote_diesel::Error>(())
/// ```
///
/// With `#[derive(MultiConnection)]`, what is asked of the connection is passed on to the one that it is, and
/// [`open`](Self::open) is written out, because the derived `establish` tries one backend after the other and tells no
/// error:
///
/// ```
/// use cenote_diesel::{DieselManager, Pool, Poolable, diesel::{self, prelude::*}};
/// use std::time::Duration;
///
/// #[derive(diesel::MultiConnection)]
/// enum AnyConnection {
///     Sqlite(SqliteConnection),
///     Postgres(PgConnection),
/// }
///
/// impl Poolable for AnyConnection {
///     fn open(url: &str) -> ConnectionResult<Self> {
///         if url.starts_with("postgres") {
///             Poolable::open(url).map(Self::Postgres)
///         } else {
///             Poolable::open(url).map(Self::Sqlite)
///         }
///     }
///
///     fn end_transaction(&mut self, how: &str) -> QueryResult<()> {
///         match self {
///             Self::Sqlite(conn) => conn.end_transaction(how),
///             Self::Postgres(conn) => conn.end_transaction(how),
///         }
///     }
///
///     fn is_valid(&mut self, within: Duration) -> QueryResult<()> {
///         match self {
///             Self::Sqlite(conn) => conn.is_valid(within),
///             Self::Postgres(conn) => conn.is_valid(within),
///         }
///     }
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let pool = Pool::<AnyConnection>::new(DieselManager::new(":memory:"));
/// let answer: i32 = diesel::select(42.into_sql::<diesel::sql_types::Integer>()).get_result(&mut pool.get()?)?;
/// assert_eq!(answer, 42);
/// # Ok(())
/// # }
/// ```
///
/// If one of them is MySQL's, `begins_by_itself` is passed on too. What an error means is asked without a connection:
/// `classify` asks one kind after the other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to cenote-diesel",
    note = "its features `sqlite`, `postgres` and `mysql` are for Diesel's own connections",
    note = "for another one, implement `cenote_diesel::Poolable`: each method has a default"
)]
pub trait Poolable: Connection + 'static {
    /// Which calls nobody can bound in time: establishing a connection, [`is_valid`](Self::is_valid), dropping it. They
    /// run on a worker of the pool that the caller can leave.
    const MAY_HANG: MayHang = MayHang::ANYWHERE;

    /// Opens a connection. By default, as Diesel establishes it.
    fn open(url: &str) -> ConnectionResult<Self> {
        Self::establish(url)
    }

    /// The text of a query as the database gets it, if it can be told. Asked for what is none of Diesel's typed queries,
    /// to see whether it can leave a transaction open; without a text, one rollback is sent at the return.
    fn text_of(_query: &impl QueryFragment<Self::Backend>) -> Option<String> {
        None
    }

    /// Ends the transaction that may be open, if one is, by `how`: `ROLLBACK` or `COMMIT`. Called when a connection
    /// comes home on which anything may have been raw; should take one round trip, and must not fail because none is
    /// open. After an error the connection is closed.
    fn end_transaction(&mut self, how: &str) -> QueryResult<()> {
        self.batch_execute(how)
    }

    /// Whether any statement begins a transaction, as MySQL's do where `autocommit` is off. Asked when a connection was
    /// opened, and after each return at which anything may have been raw. Where it was so from the start, every return
    /// rolls back; where it changed, the connection is closed, because its next user would lose what it writes.
    fn begins_by_itself(&mut self) -> QueryResult<bool> {
        Ok(false)
    }

    /// Whether the connection still works. Called for an idle one that is about to be lent; should take one round
    /// trip, and at most this long if that can be had. After an error the connection is closed and replaced.
    fn is_valid(&mut self, _within: Duration) -> QueryResult<()> {
        self.batch_execute("SELECT 1")
    }

    /// What an error means for the pool. Must not block.
    fn classify(error: &DieselError) -> Fault {
        fault::classify(error)
    }
}
