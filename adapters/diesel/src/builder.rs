//! `Builder`: the settings of a pool to be.

use std::{fmt, time::Duration};

use cenote::{InvalidArgument, Keeps, PrePing, Queue, Reset, Strategy};

use crate::{Error, manager::DieselManager, pool::Pool, poolable::Poolable};

/// The settings of a pool to be: those of the core, each described there, and [`test_transactions`](Self::test_transactions).
///
/// ```
/// use cenote::{PrePing, Queue};
/// use cenote_diesel::{DieselManager, Pool, diesel::PgConnection};
/// use std::time::Duration;
///
/// let pool = Pool::<PgConnection>::builder(DieselManager::new("postgres://localhost/orders"))
///     .strategy(Queue::new().size(10).max_overflow(0))
///     .timeout(Duration::from_secs(2))
///     .pre_ping(PrePing::Always)
///     .name("orders")
///     .build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[must_use = "a builder does nothing until it builds"]
pub struct Builder<C: Poolable, S: Strategy = Queue>(pub(crate) cenote::Builder<DieselManager<C>, S>);

impl<C: Poolable> Pool<C> {
    /// The settings of a pool to be.
    ///
    /// ```
    /// use cenote::{Queue, Static};
    /// use cenote_diesel::{DieselManager, Pool, diesel::SqliteConnection};
    ///
    /// let manager = DieselManager::new(":memory:"); // another database for each connection, so there is one
    /// let pool: Pool<SqliteConnection, Static> = Pool::builder(manager).strategy(Static::new()).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn builder(manager: DieselManager<C>) -> Builder<C> {
        Builder(cenote::Pool::builder(manager))
    }
}

impl<C: Poolable, S: Strategy> Builder<C, S> {
    /// Lets every connection live in a test transaction: nothing that is done on it is ever committed. For tests, mostly
    /// with one connection, that all share: [`Static`](cenote::Static) makes callers take turns.
    ///
    /// The transaction is begun with the connection and outlives its users: what one wrote, the next one reads. What
    /// they begin within it, and leave open, is rolled back at their return. Where the database gave it up (PostgreSQL
    /// after a failed statement, MySQL after a deadlock), it is begun anew, empty. A raw `COMMIT` or `ROLLBACK` ends it
    /// for real, which only PostgreSQL tells; a raw `BEGIN` does so in MySQL, and so does every `CREATE TABLE`.
    ///
    /// ```
    /// use cenote::Static;
    /// use cenote_diesel::{DieselManager, Pool, diesel::prelude::*};
    /// # diesel::table! { users { id -> Integer, name -> Text, } }
    /// # let directory = tempfile::tempdir()?;
    /// # let url = directory.path().join("app.db").to_str().unwrap().to_owned();
    /// # let create = "create table users (id integer primary key, name text not null)";
    /// # diesel::sql_query(create).execute(&mut SqliteConnection::establish(&url)?)?;
    ///
    /// let pool = Pool::<SqliteConnection>::builder(DieselManager::new(url))
    ///     .strategy(Static::new())
    ///     .test_transactions()
    ///     .build()?;
    /// diesel::insert_into(users::table).values(users::name.eq("Ida")).execute(&mut pool.get()?)?;
    /// assert_eq!(users::table.count().get_result(&mut pool.get()?), Ok(1));
    /// pool.dispose(); // the next connection begins anew
    /// assert_eq!(users::table.count().get_result(&mut pool.get()?), Ok(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "TestCustomizer")]
    pub fn test_transactions(self) -> Self {
        self.on_connect(|session, _record| Ok(session.live_in_test_transaction()?))
    }

    /// See [`cenote::Builder::strategy`].
    pub fn strategy<T: Strategy>(self, strategy: T) -> Builder<C, T> {
        Builder(self.0.strategy(strategy))
    }

    /// See [`cenote::Builder::timeout`].
    #[doc(alias = "connection_timeout")]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// See [`cenote::Builder::reset_on_return`].
    pub fn reset_on_return(self, reset: Reset) -> Self {
        Self(self.0.reset_on_return(reset))
    }

    /// See [`cenote::Builder::commit_on_return`].
    pub fn commit_on_return(self) -> Self {
        Self(self.0.commit_on_return())
    }

    /// See [`cenote::Builder::reset_timeout`].
    pub fn reset_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self(self.0.reset_timeout(timeout))
    }

    /// See [`cenote::Builder::retry_connect`].
    pub fn retry_connect(self, on: bool) -> Self {
        Self(self.0.retry_connect(on))
    }

    /// See [`cenote::Builder::refuse_nested`].
    pub fn refuse_nested(self, on: bool) -> Self {
        Self(self.0.refuse_nested(on))
    }

    /// See [`cenote::Builder::holders`].
    pub fn holders(self, on: bool) -> Self {
        Self(self.0.holders(on))
    }

    /// See [`cenote::Builder::name`].
    pub fn name(self, name: impl Into<String>) -> Self {
        Self(self.0.name(name))
    }

    /// Makes the pool. Opens nothing, and so never blocks.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`] names the setting that makes no sense.
    pub fn build(self) -> Result<Pool<C, S>, InvalidArgument> {
        self.0.build().map(Pool::from)
    }

    /// Makes the pool and opens so many connections at once; see [`cenote::Builder::build_connected`].
    ///
    /// # Errors
    ///
    /// Those of [`cenote::Builder::build_connected`].
    #[track_caller]
    pub fn build_connected(self, connections: usize) -> Result<Pool<C, S>, Error> {
        self.0.build_connected(connections).map(Pool::from)
    }
}

/// What makes sense only where connections are kept.
impl<C: Poolable, S: Keeps> Builder<C, S> {
    /// See [`cenote::Builder::recycle`].
    #[doc(alias = "max_lifetime")]
    pub fn recycle(self, age: impl Into<Option<Duration>>) -> Self {
        Self(self.0.recycle(age))
    }

    /// See [`cenote::Builder::pre_ping`].
    #[doc(alias = "test_on_check_out")]
    pub fn pre_ping(self, pre_ping: PrePing) -> Self {
        Self(self.0.pre_ping(pre_ping))
    }
}

/// For settings that come from the core's builder.
impl<C: Poolable, S: Strategy> From<cenote::Builder<DieselManager<C>, S>> for Builder<C, S> {
    fn from(builder: cenote::Builder<DieselManager<C>, S>) -> Self {
        Self(builder)
    }
}

/// For what takes the core's builder.
impl<C: Poolable, S: Strategy> From<Builder<C, S>> for cenote::Builder<DieselManager<C>, S> {
    fn from(builder: Builder<C, S>) -> Self {
        builder.0
    }
}

impl<C: Poolable, S: Strategy> fmt::Debug for Builder<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
