//! `PooledConnection`: a checked-out Diesel connection, which comes home when it is dropped.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    time::Duration,
};

use cenote::{ConnectionId, Extensions, Keeps, Queue, RecordInfo, Strategy};

use crate::{Detached, manager::DieselManager, poolable::Poolable, session::Session};

/// A checked-out connection, and a Diesel connection itself: every query takes `&mut conn`. Dropped, it comes home.
///
/// It derefs to its [`Session`], and that to `C`: the methods of `C` are there, and a function that takes `&mut C` takes
/// `&mut conn`, for one rollback at the return.
///
/// ```
/// use cenote_diesel::{DieselManager, Pool, PooledConnection, diesel::prelude::*};
/// # diesel::table! { users { id -> Integer, name -> Text, } }
///
/// fn names(conn: &mut PooledConnection<'_, SqliteConnection>) -> QueryResult<Vec<String>> {
///     users::table.select(users::name).load(conn)
/// }
///
/// let pool = Pool::<SqliteConnection>::new(DieselManager::new(":memory:"));
/// let mut conn = pool.get()?;
/// diesel::sql_query("create table users (id integer primary key, name text not null)").execute(&mut conn)?;
/// conn.transaction(|conn| diesel::insert_into(users::table).values(users::name.eq("Ida")).execute(conn))?;
/// assert_eq!(names(&mut conn)?, ["Ida"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// With [`SingletonThread`](cenote::SingletonThread) a handle cannot leave its thread, and Diesel's connections can: there
/// it is the session that queries take, `&mut *conn`. This does not compile:
///
/// ```compile_fail,E0277
/// use cenote::SingletonThread;
/// use cenote_diesel::{DieselManager, Pool, diesel::prelude::*};
///
/// let manager = DieselManager::<SqliteConnection>::new(":memory:");
/// let pool = Pool::builder(manager).strategy(SingletonThread::new()).build()?;
/// diesel::sql_query("select 1").execute(&mut pool.get()?)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "dropped, the connection goes back to the pool at once"]
pub struct PooledConnection<'p, C: Poolable, S: Strategy = Queue>(
    pub(crate) cenote::PooledConnection<'p, DieselManager<C>, S>,
);

/// A checked-out connection that does not borrow its pool. See [`Pool::get_owned`](crate::Pool::get_owned).
pub type OwnedConnection<C, S = Queue> = PooledConnection<'static, C, S>;

/// What the core's handle can: each method is described there.
impl<C: Poolable, S: Strategy> PooledConnection<'_, C, S> {
    /// See [`cenote::PooledConnection::id`].
    pub fn id(this: &Self) -> ConnectionId {
        cenote::PooledConnection::id(&this.0)
    }

    /// See [`cenote::PooledConnection::age`].
    pub fn age(this: &Self) -> Duration {
        cenote::PooledConnection::age(&this.0)
    }

    /// See [`cenote::PooledConnection::info`].
    pub fn info(this: &Self) -> &Extensions {
        cenote::PooledConnection::info(&this.0)
    }

    /// See [`cenote::PooledConnection::info_mut`].
    pub fn info_mut(this: &mut Self) -> &mut Extensions {
        cenote::PooledConnection::info_mut(&mut this.0)
    }

    /// See [`cenote::PooledConnection::record_info`].
    pub fn record_info(this: &Self) -> &RecordInfo {
        cenote::PooledConnection::record_info(&this.0)
    }

    /// See [`cenote::PooledConnection::record_info_mut`].
    pub fn record_info_mut(this: &mut Self) -> &mut RecordInfo {
        cenote::PooledConnection::record_info_mut(&mut this.0)
    }

    /// See [`cenote::PooledConnection::invalidate`].
    pub fn invalidate(this: Self) {
        cenote::PooledConnection::invalidate(this.0);
    }

    /// See [`cenote::PooledConnection::invalidate_all`].
    pub fn invalidate_all(this: Self) {
        cenote::PooledConnection::invalidate_all(this.0);
    }

    /// See [`cenote::PooledConnection::detach`].
    pub fn detach(this: Self) -> Detached<C> {
        cenote::PooledConnection::detach(this.0)
    }

    pub(crate) fn session(&mut self) -> &mut Session<C> {
        &mut self.0
    }
}

/// What makes sense only where connections are kept.
impl<C: Poolable, S: Keeps> PooledConnection<'_, C, S> {
    /// See [`cenote::PooledConnection::soft_invalidate`].
    pub fn soft_invalidate(this: &mut Self) {
        cenote::PooledConnection::soft_invalidate(&mut this.0);
    }
}

/// For a handle that comes from the core: out of a [`Registry`](cenote::Registry), or from a shared one.
impl<'p, C: Poolable, S: Strategy> From<cenote::PooledConnection<'p, DieselManager<C>, S>>
    for PooledConnection<'p, C, S>
{
    #[inline]
    fn from(conn: cenote::PooledConnection<'p, DieselManager<C>, S>) -> Self {
        Self(conn)
    }
}

/// For what takes the core's handle.
impl<'p, C: Poolable, S: Strategy> From<PooledConnection<'p, C, S>>
    for cenote::PooledConnection<'p, DieselManager<C>, S>
{
    #[inline]
    fn from(conn: PooledConnection<'p, C, S>) -> Self {
        conn.0
    }
}

impl<C: Poolable, S: Strategy> Deref for PooledConnection<'_, C, S> {
    type Target = Session<C>;

    #[inline]
    fn deref(&self) -> &Session<C> {
        &self.0
    }
}

impl<C: Poolable, S: Strategy> DerefMut for PooledConnection<'_, C, S> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Session<C> {
        &mut self.0
    }
}

impl<C: Poolable, S: Strategy> fmt::Debug for PooledConnection<'_, C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
