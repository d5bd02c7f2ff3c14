//! `Pool`: what users hold; all clones are one pool.

use crate::caretaker::Charge;
use crate::error::Error;
use crate::event::Observer;
use crate::holder::Holder;
use crate::hook::Hook;
use crate::manager::Manager;
use crate::pooled_connection::{OwnedConnection, PooledConnection};
use crate::shared::Shared;
use crate::shared_ref::SharedRef;
use crate::status::Status;
use crate::still_out::StillOut;
use crate::strategy::{Queue, Strategy};
use crate::trace;
use crate::visit::Patience;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A pool of connections. Cheap to clone; all clones are one pool, which closes when the last is dropped.
///
/// `M` opens connections, `S` decides how they are kept and shared. [`Pool::new`] and [`Pool::builder`] make one.
///
/// ```
/// use cenote::{Pool, Queue};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Queue::new().size(2)).name("orders").build()?;
/// std::thread::scope(|scope| {
///     for _ in 0..4 {
///         scope.spawn(|| *pool.get().expect("a connection") += 1);
///     }
/// });
/// assert_eq!(pool.status().totals.checkouts, 4);
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
pub struct Pool<M: Manager, S: Strategy = Queue> {
    pub(crate) shared: Arc<Shared<M, S>>,
}

impl<M: Manager, S: Strategy> Pool<M, S> {
    pub(crate) fn from_shared(shared: Arc<Shared<M, S>>) -> Self {
        shared.lifeline.one_more();
        Self { shared }
    }

    /// Checks a connection out. Blocks until there is one, at most for the pool's timeout.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] when the deadline passed, [`Error::Connect`] when the driver could not connect,
    /// [`Error::Closed`], and [`Error::AlreadyCheckedOut`] with the strategies that refuse a second checkout.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let mut conn = pool.get()?;
    /// *conn += 1;
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[inline(always)]
    #[track_caller]
    #[doc(alias = "connect")]
    #[doc(alias = "acquire")]
    pub fn get(&self) -> Result<PooledConnection<'_, M, S>, Error<M::Error>> {
        self.get_timeout(self.shared.driver.settings.timeout)
    }

    /// As [`get`](Self::get), with a deadline of its own. [`Duration::MAX`] waits for ever; zero takes only what is
    /// there at once, or opens it if the driver does not take its time.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    ///
    /// ```
    /// use std::time::Duration;
    /// # let pool = cenote::doctest::numbers();
    /// let conn = pool.get_timeout(Duration::from_millis(50))?;
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[inline(always)]
    #[track_caller]
    pub fn get_timeout(&self, timeout: Duration) -> Result<PooledConnection<'_, M, S>, Error<M::Error>> {
        match self.shared.check_out(Location::caller(), timeout, Patience::Waits) {
            Ok(out) => Ok(PooledConnection::new(SharedRef::Borrowed(&self.shared), out)),
            Err(unserved) => Err(unserved.into_error()),
        }
    }

    /// Checks a connection out without waiting for another caller: an idle one, or a new one if a place is free;
    /// none otherwise. Opening one may block, at most for the pool's timeout.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    ///
    /// ```
    /// use cenote::{Pool, Queue};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build()?;
    /// let first = pool.try_get()?;
    /// assert!(first.is_some());
    /// assert!(pool.try_get()?.is_none());
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[track_caller]
    pub fn try_get(&self) -> Result<Option<PooledConnection<'_, M, S>>, Error<M::Error>> {
        let timeout = self.shared.driver.settings.timeout;
        match self.shared.check_out(Location::caller(), timeout, Patience::DoesNotWait) {
            Ok(out) => Ok(Some(PooledConnection::new(SharedRef::Borrowed(&self.shared), out))),
            Err(unserved) if unserved.found_none() => Ok(None),
            Err(unserved) => Err(unserved.into_error()),
        }
    }

    /// As [`get`](Self::get); the handle does not borrow the pool, and may outlive it.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let conn = pool.get_owned()?;
    /// std::thread::spawn(move || println!("{}", *conn)).join().expect("no panic");
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[inline(always)]
    #[track_caller]
    pub fn get_owned(&self) -> Result<OwnedConnection<M, S>, Error<M::Error>> {
        let timeout = self.shared.driver.settings.timeout;
        match self.shared.check_out(Location::caller(), timeout, Patience::Waits) {
            Ok((seat, mut entry)) => {
                let shared = SharedRef::owned_with(&self.shared, &mut entry);
                Ok(PooledConnection::new(shared, (seat, entry)))
            }
            Err(unserved) => Err(unserved.into_error()),
        }
    }

    /// What the pool holds now, and what it has done so far. Never waits for a connection.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let _conn = pool.get()?;
    /// assert_eq!(pool.status().in_use, 1);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[doc(alias = "state")]
    pub fn status(&self) -> Status {
        self.shared.status()
    }

    /// Who has connections out, longest first; empty if [`holders`](crate::Builder::holders) is off.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let _conn = pool.get()?;
    /// for holder in pool.holders() {
    ///     println!("{holder}");
    /// }
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn holders(&self) -> Vec<Holder> {
        self.shared.driver.records.holders(self.shared.driver.clock.now())
    }

    /// Makes every connection opened so far stale: an idle one is closed when it would be lent, one that is out when
    /// it comes home. Returns at once. For a server that was replaced or restarted.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// drop(pool.get()?);
    /// pool.invalidate();
    /// drop(pool.get()?);
    /// assert_eq!(pool.status().totals.opened, 2);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn invalidate(&self) {
        self.shared.driver.outdate(self.shared.driver.generation.load(Ordering::Acquire));
    }

    /// Closes every idle connection now, and those that are out when they come home. The pool goes on with new ones.
    /// Blocks as long as the driver's close takes, unless that may hang.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// drop(pool.get()?);
    /// pool.dispose();
    /// assert_eq!(pool.status().open, 0);
    /// drop(pool.get()?);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn dispose(&self) {
        self.shared.dispose();
    }

    /// Closes the pool: idle connections at once, those that are out when they come home. Whoever waits gets
    /// [`Error::Closed`]. Blocks as long as the driver's close takes, unless that may hang. A second call does nothing.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// pool.close();
    /// assert!(pool.is_closed());
    /// ```
    pub fn close(&self) {
        self.shared.close();
    }

    /// Closes the pool and blocks until every connection is home and closed, at most for this long.
    ///
    /// # Errors
    ///
    /// [`StillOut`] says who has connections out still; they are closed when they come home.
    ///
    /// ```
    /// use std::time::Duration;
    /// # let pool = cenote::doctest::numbers();
    /// drop(pool.get()?);
    /// pool.close_and_wait(Duration::from_secs(5)).expect("nobody has a connection out");
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn close_and_wait(&self, timeout: Duration) -> Result<(), StillOut> {
        self.shared.close_and_wait(timeout)
    }

    /// A new pool with the same manager, strategy (as it is now), settings, hooks and observers. It begins anew: its totals
    /// are zero, its first connect is still to come, and a name that was made up is another. This one stays as it is, to
    /// be used on, or to be [closed](Self::close).
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let fresh = pool.recreate();
    /// pool.close();
    /// drop(fresh.get()?);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn recreate(&self) -> Self {
        trace::recreating(self.name());
        let strategy = self.shared.strategy.lock().clone();
        Self::from_shared(Shared::make(self.shared.driver.plan(), strategy))
    }

    /// Adds a hook, which is called from now on.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// pool.on(cenote::Hook::checkin(|conn, _record| *conn = 0));
    /// drop(pool.get()?);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[doc(alias = "listen")]
    pub fn on(&self, hook: Hook<M>) {
        self.shared.driver.listeners.add(hook);
    }

    /// Adds an observer, which is told of every [`Event`](crate::Event) from now on.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// pool.observer(|event: &cenote::Event| println!("{event:?}"));
    /// drop(pool.get()?);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn observer(&self, observer: impl Observer) {
        self.on(Hook::observer(observer));
    }

    /// Whether the pool was closed.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// assert!(!pool.is_closed());
    /// ```
    pub fn is_closed(&self) -> bool {
        self.shared.driver.is_closed()
    }

    /// The pool's name, in errors, logs and the names of its threads.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// assert!(pool.name().starts_with("pool-"));
    /// ```
    pub fn name(&self) -> &str {
        self.shared.driver.name()
    }

    /// How long [`get`](Self::get) waits.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// assert_eq!(pool.timeout(), std::time::Duration::from_secs(30));
    /// ```
    pub fn timeout(&self) -> Duration {
        self.shared.driver.settings.timeout
    }

    /// Looks after idle connections now, as the caretaker would.
    #[doc(hidden)]
    pub fn tend(&self) {
        self.shared.tend();
    }

    /// The manager that the pool was made with.
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// let _manager: &cenote::doctest::Numbers = pool.manager();
    /// ```
    pub fn manager(&self) -> &M {
        &self.shared.driver.manager
    }
}

impl<M: Manager, S: Strategy> PooledConnection<'_, M, S> {
    /// The pool that it came from; none if its last clone is gone.
    ///
    /// ```
    /// use cenote::PooledConnection;
    /// # let pool = cenote::doctest::numbers();
    /// let conn = pool.get_owned()?;
    /// assert_eq!(PooledConnection::pool(&conn).expect("it is there").name(), pool.name());
    /// drop(pool);
    /// assert!(PooledConnection::pool(&conn).is_none());
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn pool(this: &Self) -> Option<Pool<M, S>> {
        let shared = this.shared();
        shared.lifeline.one_more_if_any().then(|| Pool { shared: shared.to_arc() })
    }
}

impl<M: Manager, S: Strategy> Clone for Pool<M, S> {
    fn clone(&self) -> Self {
        Self::from_shared(Arc::clone(&self.shared))
    }
}

impl<M: Manager, S: Strategy> Drop for Pool<M, S> {
    fn drop(&mut self) {
        if self.shared.lifeline.one_less() {
            self.shared.close();
        }
    }
}

impl<M: Manager, S: Strategy> fmt::Debug for Pool<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("name", &self.name())
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
