//! `PooledConnection`: a checked-out connection, which comes home when it is dropped.

use crate::close_reason::CloseReason;
use crate::detached::Detached;
use crate::entry::Entry;
use crate::event::Event;
use crate::extensions::Extensions;
use crate::id::ConnectionId;
use crate::manager::Manager;
use crate::place::Place;
use crate::record_info::RecordInfo;
use crate::shared_ref::SharedRef;
use crate::store::{By, Seat};
use crate::strategy::{Keeps, Queue, Shares, Strategy};
use crate::time::Moment;
use crate::trace;
use crate::visit::Out;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

/// A checked-out connection. It derefs to the driver's own; dropped, it comes home: rolled back, and kept or closed.
///
/// Coming home may block as long as the driver's rollback. If its user panics while it is out, it is closed instead.
/// What is not the driver's is an associated function, so that it never hides a method of the driver.
///
/// ```
/// use cenote::PooledConnection;
/// # let pool = cenote::doctest::numbers();
/// let mut conn = pool.get()?;
/// *conn += 1;
/// println!("connection {} is {:?} old", PooledConnection::id(&conn), PooledConnection::age(&conn));
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[must_use = "dropped, the connection goes back to the pool at once"]
pub struct PooledConnection<'p, M: Manager, S: Strategy = Queue> {
    shared: SharedRef<'p, M, S>,
    /// None only while it is on its way out of the handle.
    entry: Option<Box<Entry<M::Connection>>>,
    seat: Seat,
    _marker: <S as Shares>::Marker,
}

/// A checked-out connection that does not borrow its pool: for structs, tasks and frameworks. See
/// [`Pool::get_owned`](crate::Pool::get_owned).
///
/// ```
/// struct Session {
///     conn: cenote::OwnedConnection<cenote::doctest::Numbers>,
/// }
/// # let pool = cenote::doctest::numbers();
/// let session = Session { conn: pool.get_owned()? };
/// drop(pool);
/// assert_eq!(*session.conn, 0);
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
pub type OwnedConnection<M, S = Queue> = PooledConnection<'static, M, S>;

impl<'p, M: Manager, S: Strategy> PooledConnection<'p, M, S> {
    #[inline]
    pub(crate) fn new(shared: SharedRef<'p, M, S>, (seat, entry): Out<M>) -> Self {
        Self { shared, entry: Some(entry), seat, _marker: Default::default() }
    }

    /// The connection's number in its pool.
    pub fn id(this: &Self) -> ConnectionId {
        this.entry().id
    }

    /// How long ago it was opened, to a few milliseconds.
    pub fn age(this: &Self) -> Duration {
        this.shared.driver.clock.now().since(this.entry().opened)
    }

    /// What was hung on the connection: it lives as long as the connection does, whoever has it.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let mut conn = pool.get()?;
    /// PooledConnection::info_mut(&mut conn).insert("seen");
    /// drop(conn);
    /// assert_eq!(PooledConnection::info(&pool.get()?).get(), Some(&"seen"));
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[doc(alias = "extensions")]
    pub fn info(this: &Self) -> &Extensions {
        this.entry().record.info.info()
    }

    /// What was hung on the connection, to change.
    #[doc(alias = "extensions_mut")]
    pub fn info_mut(this: &mut Self) -> &mut Extensions {
        this.entry_mut().record.info.info_mut()
    }

    /// What was hung on the record: it outlives the connection, and is the next one's in the same place.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let mut conn = pool.get()?;
    /// PooledConnection::record_info_mut(&mut conn).insert("seen");
    /// PooledConnection::invalidate(conn);
    /// assert_eq!(PooledConnection::record_info(&pool.get()?).get(), Some(&"seen"));
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn record_info(this: &Self) -> &RecordInfo {
        &this.entry().record.info
    }

    /// What was hung on the record, to change.
    pub fn record_info_mut(this: &mut Self) -> &mut RecordInfo {
        &mut this.entry_mut().record.info
    }

    /// Closes this connection instead of taking it home. Blocks as long as the driver's close, unless that may hang.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let conn = pool.get()?;
    /// PooledConnection::invalidate(conn);
    /// assert_eq!(pool.status().open, 0);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn invalidate(this: Self) {
        Self::end(this, CloseReason::Invalidated);
    }

    /// As [`invalidate`](Self::invalidate), for a connection that died with its server: every other one that was opened
    /// before is stale from now on. As many as report the same restart raise the pool's generation once.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let (first, second) = (pool.get()?, pool.get()?);
    /// PooledConnection::invalidate_all(first);
    /// PooledConnection::invalidate_all(second);
    /// assert_eq!((pool.status().open, pool.status().generation), (0, 1));
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn invalidate_all(this: Self) {
        this.shared.driver.outdate(this.entry().generation);
        Self::end(this, CloseReason::Invalidated);
    }

    /// Takes the connection away from the pool for good. Its place is free at once. What it holds open is its user's: a
    /// detached connection is neither rolled back nor committed.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let mine = PooledConnection::detach(pool.get()?);
    /// assert_eq!((pool.status().open, pool.status().detached), (0, 1));
    /// assert_eq!(*mine, 0);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn detach(mut this: Self) -> Detached<M> {
        let entry = this.entry.take().expect("only its own end takes it");
        let mut place = Place::taken(&this.shared, this.seat, entry);
        let hooks = this.shared.driver.listeners.all();
        if let Some(entry) = place.entry_mut() {
            hooks.detach.iter().for_each(|hook| hook(&mut entry.conn, &mut entry.record.info));
        }
        let (_, mut entry) = place.keep().expect("a place that is handed out has a connection");
        let info = entry.record.info.take();
        let detached = Detached::new(Arc::clone(&this.shared.driver), entry.conn, entry.id, info);
        entry.record.line.home();
        hooks.tell(Event::Detach(entry.id));
        this.shared.vacate(this.seat, Some(entry.record), By::Holder);
        detached
    }

    pub(crate) fn shared(&self) -> &SharedRef<'p, M, S> {
        &self.shared
    }

    pub(crate) fn end(mut this: Self, reason: CloseReason) {
        if let Some(entry) = this.entry.take() {
            Place::taken(&this.shared, this.seat, entry).end(reason);
        }
    }

    fn entry(&self) -> &Entry<M::Connection> {
        self.entry.as_ref().expect("only its own end takes it")
    }

    fn entry_mut(&mut self) -> &mut Entry<M::Connection> {
        self.entry.as_mut().expect("only its own end takes it")
    }
}

/// What makes sense only where connections are kept.
impl<M: Manager, S: Keeps> PooledConnection<'_, M, S> {
    /// Has the connection replaced at its next checkout. It can be used until it goes home, and goes home as usual.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let mut conn = pool.get()?;
    /// PooledConnection::soft_invalidate(&mut conn);
    /// drop(conn);
    /// assert_eq!(pool.status().idle, 1);
    /// assert_eq!(PooledConnection::id(&pool.get()?).get(), 2);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn soft_invalidate(this: &mut Self) {
        let hooks = this.shared.driver.listeners.all();
        let entry = this.entry_mut();
        entry.expires = Moment::START;
        let id = entry.id;
        hooks.soft_invalidate.iter().for_each(|hook| hook(&mut entry.conn, &mut entry.record.info));
        trace::soft_invalidated(this.shared.driver.name(), id);
        hooks.tell(Event::SoftInvalidate(id));
    }
}

impl<M: Manager, S: Strategy> Deref for PooledConnection<'_, M, S> {
    type Target = M::Connection;

    #[inline]
    fn deref(&self) -> &M::Connection {
        &self.entry().conn
    }
}

impl<M: Manager, S: Strategy> DerefMut for PooledConnection<'_, M, S> {
    #[inline]
    fn deref_mut(&mut self) -> &mut M::Connection {
        &mut self.entry_mut().conn
    }
}

impl<M: Manager, S: Strategy> Drop for PooledConnection<'_, M, S> {
    #[inline]
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.shared.check_in(self.seat, entry);
        }
    }
}

impl<M: Manager, S: Strategy> fmt::Debug for PooledConnection<'_, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pool = self.shared.driver.name();
        f.debug_struct("PooledConnection").field("pool", &pool).field("id", &self.entry().id.get()).finish()
    }
}
