//! `SharedConnection`: a thread's handle to a connection that it may have out already, counted.

use crate::close_reason::CloseReason;
use crate::error::Error;
use crate::id::{ConnectionId, PoolId};
use crate::manager::Manager;
use crate::pool::Pool;
use crate::pooled_connection::{OwnedConnection, PooledConnection};
use crate::strategy::{Queue, Strategy};
use std::any::Any;
use std::cell::{BorrowError, BorrowMutError, Cell, Ref, RefCell, RefMut};
use std::fmt;
use std::rc::{Rc, Weak};

/// A handle to the one connection that this thread shares with itself: functions that call each other use the same
/// connection, and the same transaction, without passing it on. See [`Pool::get_shared`].
///
/// Handles are counted: the connection comes home, is reset and checked in, when the last one is dropped. If any of
/// them is dropped by a panic, the connection is closed then. A handle stays in its thread.
///
/// ```
/// use cenote::{Error, Pool};
/// use cenote::doctest::Numbers;
/// use std::convert::Infallible;
///
/// fn add(pool: &Pool<Numbers>, number: u64) -> Result<(), Error<Infallible>> {
///     pool.get_shared()?.with(|conn| *conn += number);
///     Ok(())
/// }
///
/// # let pool = cenote::doctest::numbers();
/// let conn = pool.get_shared()?;
/// add(&pool, 1)?;
/// add(&pool, 2)?;
/// assert_eq!(conn.with(|conn| *conn), 3);
/// assert_eq!(pool.status().totals.checkouts, 1);
/// # Ok::<(), Error<Infallible>>(())
/// ```
#[must_use = "dropped, the connection may go back to the pool at once"]
#[doc(alias = "use_threadlocal")]
pub struct SharedConnection<M: Manager, S: Strategy = Queue>(Rc<Tenancy<M, S>>);

/// What the handles of one thread to one connection share.
struct Tenancy<M: Manager, S: Strategy> {
    id: ConnectionId,
    /// None only when it was taken out of the last handle.
    conn: RefCell<Option<OwnedConnection<M, S>>>,
    /// Whether the thread was unwinding already when this began: then an unwinding tells nothing.
    began_unwinding: bool,
    /// Whether a handle was dropped by a panic.
    spoilt: Cell<bool>,
}

thread_local! {
    /// The tenancies of this thread, one a pool.
    static TENANCIES: RefCell<Vec<(PoolId, Weak<dyn Any>)>> = const { RefCell::new(Vec::new()) };
}

impl<M: Manager, S: Strategy> Pool<M, S> {
    /// This thread's shared connection: the one that it has out already, if any handle of it is alive, else one that
    /// is checked out as by [`get_owned`](Self::get_owned). A plain [`get`](Self::get) never joins it.
    ///
    /// Blocks, and fails, only if one must be checked out. One that is out is joined even if the pool was closed.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let outer = pool.get_shared()?;
    /// let same = pool.get_shared()?;
    /// assert_eq!(cenote::SharedConnection::id(&outer), cenote::SharedConnection::id(&same));
    /// assert_eq!(pool.status().in_use, 1);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[track_caller]
    pub fn get_shared(&self) -> Result<SharedConnection<M, S>, Error<M::Error>> {
        if let Some(tenancy) = current(self.shared.pool) {
            return Ok(SharedConnection(tenancy));
        }
        let conn = self.get_owned()?;
        let tenancy = Rc::new(Tenancy {
            id: PooledConnection::id(&conn),
            conn: RefCell::new(Some(conn)),
            began_unwinding: std::thread::panicking(),
            spoilt: Cell::new(false),
        });
        let weak = Rc::downgrade(&tenancy);
        // In a thread that is ending there is nothing to join any more.
        let _ = TENANCIES.try_with(|all| all.borrow_mut().push((self.shared.pool, weak)));
        Ok(SharedConnection(tenancy))
    }
}

impl<M: Manager, S: Strategy> SharedConnection<M, S> {
    /// Lends the connection to a function.
    ///
    /// # Panics
    ///
    /// If it is lent already: by a `with` around this one, or by [`try_borrow`](Self::try_borrow) or
    /// [`try_borrow_mut`](Self::try_borrow_mut).
    #[track_caller]
    pub fn with<R>(&self, act: impl FnOnce(&mut M::Connection) -> R) -> R {
        match self.try_borrow_mut() {
            Ok(mut conn) => act(&mut conn),
            Err(_) => panic!("the shared connection is lent already: end that use first, or try_borrow_mut"),
        }
    }

    /// The connection, to look at.
    ///
    /// # Errors
    ///
    /// If another handle has it to change.
    pub fn try_borrow(&self) -> Result<Ref<'_, M::Connection>, BorrowError> {
        let conn = self.0.conn.try_borrow()?;
        Ok(Ref::map(conn, |conn| &**conn.as_ref().expect("only the last handle takes it")))
    }

    /// The connection, to use.
    ///
    /// # Errors
    ///
    /// If another handle has it, or this one.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let (one, other) = (pool.get_shared()?, pool.get_shared()?);
    /// let lent = one.try_borrow_mut().expect("nobody else has it");
    /// assert!(other.try_borrow_mut().is_err());
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn try_borrow_mut(&self) -> Result<RefMut<'_, M::Connection>, BorrowMutError> {
        let conn = self.0.conn.try_borrow_mut()?;
        Ok(RefMut::map(conn, |conn| &mut **conn.as_mut().expect("only the last handle takes it")))
    }

    /// The connection as a handle that nobody shares, to be [detached](PooledConnection::detach),
    /// [invalidated](PooledConnection::invalidate) or sent away.
    ///
    /// # Errors
    ///
    /// The handle itself, if it is not the last.
    ///
    /// ```
    /// use cenote::{PooledConnection, SharedConnection};
    /// # let pool = cenote::doctest::numbers();
    /// let shared = pool.get_shared()?;
    /// let other = shared.clone();
    /// let shared = SharedConnection::try_unwrap(shared).expect_err("there is another handle");
    /// drop(other);
    /// let conn = SharedConnection::try_unwrap(shared).expect("it is the last");
    /// PooledConnection::invalidate(conn);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn try_unwrap(this: Self) -> Result<OwnedConnection<M, S>, Self> {
        if Rc::strong_count(&this.0) > 1 {
            return Err(this);
        }
        let conn = this.0.conn.take().expect("only the last handle takes it");
        Ok(conn)
    }

    /// The connection's number in its pool.
    pub fn id(this: &Self) -> ConnectionId {
        this.0.id
    }

    /// How many handles there are, this one included.
    pub fn handles(this: &Self) -> usize {
        Rc::strong_count(&this.0)
    }
}

impl<M: Manager, S: Strategy> Clone for SharedConnection<M, S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<M: Manager, S: Strategy> Drop for SharedConnection<M, S> {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.0.began_unwinding {
            self.0.spoilt.set(true);
        }
    }
}

impl<M: Manager, S: Strategy> Drop for Tenancy<M, S> {
    fn drop(&mut self) {
        let _ = TENANCIES.try_with(|all| all.borrow_mut().retain(|(_, tenancy)| tenancy.strong_count() > 0));
        if let Some(conn) = self.conn.take()
            && self.spoilt.get()
        {
            PooledConnection::end(conn, CloseReason::Panicked);
        }
    }
}

impl<M: Manager, S: Strategy> fmt::Debug for SharedConnection<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let handles = Self::handles(self);
        f.debug_struct("SharedConnection").field("id", &self.0.id.get()).field("handles", &handles).finish()
    }
}

/// The tenancy of this thread in a pool, if a handle is alive.
fn current<M: Manager, S: Strategy>(pool: PoolId) -> Option<Rc<Tenancy<M, S>>> {
    let tenancy = TENANCIES.try_with(|all| {
        let all = all.borrow();
        all.iter().find(|(known, _)| *known == pool).and_then(|(_, tenancy)| tenancy.upgrade())
    });
    tenancy.ok()??.downcast().ok()
}
