//! `Detached`: a connection that left its pool for good.

use crate::close_reason::CloseReason;
use crate::driver::Driver;
use crate::event::Event;
use crate::extensions::Extensions;
use crate::id::ConnectionId;
use crate::manager::Manager;
use crate::shield::quietly;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A connection that left its pool for good: it holds no place. Dropped, it is closed, with its events and without
/// rollback or commit.
///
/// ```
/// use cenote::{Detached, PooledConnection};
/// # let pool = cenote::doctest::numbers();
/// let mine = PooledConnection::detach(pool.get()?);
/// let bare: u64 = Detached::into_inner(mine);
/// assert_eq!((bare, pool.status().detached), (0, 0));
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
pub struct Detached<M: Manager> {
    driver: Arc<Driver<M>>,
    /// None only while it is on its way out.
    conn: Option<M::Connection>,
    id: ConnectionId,
    info: Extensions,
}

impl<M: Manager> Detached<M> {
    pub(crate) fn new(
        driver: Arc<Driver<M>>,
        conn: M::Connection,
        id: ConnectionId,
        info: Extensions,
    ) -> Self {
        driver.count_detached();
        Self { driver, conn: Some(conn), id, info }
    }

    /// The number that it had in its pool.
    pub fn id(this: &Self) -> ConnectionId {
        this.id
    }

    /// What was hung on the connection.
    pub fn info(this: &Self) -> &Extensions {
        &this.info
    }

    /// What was hung on the connection, to change.
    pub fn info_mut(this: &mut Self) -> &mut Extensions {
        &mut this.info
    }

    /// The bare connection, which is the caller's alone from now on.
    pub fn into_inner(mut this: Self) -> M::Connection {
        this.driver.forget_detached();
        let conn = this.conn.take().expect("only its own end takes it");
        // What hung on it is the user's: its end may panic, and must not cost the connection.
        let info = std::mem::take(&mut this.info);
        quietly(|| drop(info));
        conn
    }
}

impl<M: Manager> Deref for Detached<M> {
    type Target = M::Connection;

    fn deref(&self) -> &M::Connection {
        self.conn.as_ref().expect("only its own end takes it")
    }
}

impl<M: Manager> DerefMut for Detached<M> {
    fn deref_mut(&mut self) -> &mut M::Connection {
        self.conn.as_mut().expect("only its own end takes it")
    }
}

impl<M: Manager> Drop for Detached<M> {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            self.driver.forget_detached();
            self.driver.listeners.tell(Event::Reset { connection: self.id, closing: true });
            self.driver.close(conn, std::mem::take(&mut self.info), self.id, CloseReason::Detached);
        }
    }
}

impl<M: Manager> fmt::Debug for Detached<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detached").field("id", &self.id.get()).finish_non_exhaustive()
    }
}
