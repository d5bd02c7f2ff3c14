//! `Pool`: the core's pool, whose handles are Diesel connections.

use std::{fmt, ops::Deref, time::Duration};

use cenote::{Queue, Strategy};

use crate::{
    Error,
    manager::DieselManager,
    poolable::Poolable,
    pooled_connection::{OwnedConnection, PooledConnection},
};

/// A pool of Diesel connections. Cheap to clone; all clones are one pool, which closes when the last is dropped.
///
/// It is the core's pool, to which it derefs: `status`, `invalidate`, `close`, `resize` and all else are there. What it
/// adds is that its handles are Diesel connections.
///
/// ```
/// use cenote_diesel::{DieselManager, Pool, diesel::prelude::*};
///
/// struct App {
///     pool: Pool<SqliteConnection>,
/// }
///
/// let app = App { pool: Pool::new(DieselManager::new(":memory:")) };
/// let answer: i32 = diesel::select(42.into_sql::<diesel::sql_types::Integer>()).get_result(&mut app.pool.get()?)?;
/// assert_eq!((answer, app.pool.status().open), (42, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Pool<C: Poolable, S: Strategy = Queue>(cenote::Pool<DieselManager<C>, S>);

impl<C: Poolable> Pool<C> {
    /// A pool with the strategy [`Queue`] and the defaults of [`cenote::Builder`]. Opens nothing yet.
    ///
    /// ```
    /// use cenote_diesel::{DieselManager, Pool, diesel::SqliteConnection};
    ///
    /// let pool = Pool::new(DieselManager::<SqliteConnection>::new("app.db"));
    /// ```
    pub fn new(manager: DieselManager<C>) -> Self {
        Self(cenote::Pool::new(manager))
    }
}

impl<C: Poolable, S: Strategy> Pool<C, S> {
    /// Checks a connection out. Blocks until there is one, at most for the pool's timeout.
    ///
    /// # Errors
    ///
    /// Those of [`cenote::Pool::get`].
    #[inline]
    #[track_caller]
    pub fn get(&self) -> Result<PooledConnection<'_, C, S>, Error> {
        self.0.get().map(PooledConnection::from)
    }

    /// As [`get`](Self::get), with a deadline of its own; see [`cenote::Pool::get_timeout`].
    ///
    /// # Errors
    ///
    /// Those of [`cenote::Pool::get`].
    #[inline]
    #[track_caller]
    pub fn get_timeout(&self, timeout: Duration) -> Result<PooledConnection<'_, C, S>, Error> {
        self.0.get_timeout(timeout).map(PooledConnection::from)
    }

    /// Checks a connection out without waiting for another caller; see [`cenote::Pool::try_get`].
    ///
    /// # Errors
    ///
    /// Those of [`cenote::Pool::get`].
    #[track_caller]
    pub fn try_get(&self) -> Result<Option<PooledConnection<'_, C, S>>, Error> {
        Ok(self.0.try_get()?.map(PooledConnection::from))
    }

    /// As [`get`](Self::get); the handle does not borrow the pool, and may outlive it. For structs, tasks and frameworks,
    /// and where Diesel asks for `'static`, as its migrations do.
    ///
    /// # Errors
    ///
    /// Those of [`cenote::Pool::get`].
    ///
    /// ```
    /// use cenote_diesel::{DieselManager, OwnedConnection, Pool, diesel::SqliteConnection};
    ///
    /// let pool = Pool::new(DieselManager::new(":memory:"));
    /// let conn: OwnedConnection<SqliteConnection> = pool.get_owned()?;
    /// # Ok::<(), cenote_diesel::Error>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn get_owned(&self) -> Result<OwnedConnection<C, S>, Error> {
        self.0.get_owned().map(PooledConnection::from)
    }

    /// A new pool with the same settings, which begins anew; see [`cenote::Pool::recreate`].
    pub fn recreate(&self) -> Self {
        Self(self.0.recreate())
    }
}

/// The way back from a handle.
impl<C: Poolable, S: Strategy> PooledConnection<'_, C, S> {
    /// See [`cenote::PooledConnection::pool`].
    pub fn pool(this: &Self) -> Option<Pool<C, S>> {
        cenote::PooledConnection::pool(&this.0).map(Pool::from)
    }
}

/// For a pool that comes from the core: out of a [`Registry`](cenote::Registry), or from a handle.
impl<C: Poolable, S: Strategy> From<cenote::Pool<DieselManager<C>, S>> for Pool<C, S> {
    fn from(pool: cenote::Pool<DieselManager<C>, S>) -> Self {
        Self(pool)
    }
}

/// For what takes the core's pool.
impl<C: Poolable, S: Strategy> From<Pool<C, S>> for cenote::Pool<DieselManager<C>, S> {
    fn from(pool: Pool<C, S>) -> Self {
        pool.0
    }
}

impl<C: Poolable, S: Strategy> Deref for Pool<C, S> {
    type Target = cenote::Pool<DieselManager<C>, S>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<C: Poolable, S: Strategy> Clone for Pool<C, S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<C: Poolable, S: Strategy> fmt::Debug for Pool<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
