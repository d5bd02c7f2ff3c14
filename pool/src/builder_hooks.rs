//! The hooks of a pool to be: what `Builder` is given to be called.

use crate::builder::Builder;
use crate::close_reason::CloseReason;
use crate::event::Observer;
use crate::hook::Hook;
use crate::manager::Manager;
use crate::record_info::RecordInfo;
use crate::refusal::Refusal;
use crate::strategy::Strategy;

impl<M: Manager, S: Strategy> Builder<M, S> {
    /// Called with each new connection before its first use, in the thread that opened it; may change or refuse it.
    /// The record outlives the connection, and is handed to the next one in its place.
    ///
    /// An error closes the connection and is the checkout's. Several are called in the order given.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let set_up = |conn: &mut u64, _record: &mut _| {
    ///     *conn = 7;
    ///     Ok(())
    /// };
    /// let pool = Pool::builder(manager).on_connect(set_up).build()?;
    /// assert_eq!(*pool.get().expect("a connection"), 7);
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "connection_customizer")]
    #[doc(alias = "on_acquire")]
    pub fn on_connect(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::connect(hook))
    }

    /// Called with the first connection of the pool, before `on_connect`: for what has to be done once. Until it has
    /// succeeded, other connects wait for it, each within its own deadline; if it fails, the next one tries.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let create_tables = |_conn: &mut u64, _record: &mut _| Ok(());
    /// let pool = Pool::builder(manager).on_first_connect(create_tables).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_first_connect(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::first_connect(hook))
    }

    /// Called with a connection at each checkout, in the thread that asks for it; may change or refuse it. Those that
    /// are called after one that refuses are not called.
    ///
    /// ```
    /// use cenote::{Pool, Refusal};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager)
    ///     .on_checkout(|conn, _record| if *conn < 100 { Ok(()) } else { Err(Refusal::Dead) })
    ///     .build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_checkout(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), Refusal<M::Error>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.on(Hook::checkout(hook))
    }

    /// Called with a connection that comes home to be kept, before the driver cleans it: for what the driver's rollback
    /// leaves. An error closes the connection. Not called for one that will be closed, and so never with `Null`.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let forget = |conn: &mut u64, _record: &mut _| {
    ///     *conn = 0;
    ///     Ok(())
    /// };
    /// let pool = Pool::builder(manager).on_reset(forget).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_reset(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::reset(hook))
    }

    /// Called with a connection that is home and clean, before another one can have it. Not called for one that will be
    /// closed, and so never with `Null`.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_checkin(|conn, _record| assert_eq!(*conn, 0)).build()?;
    /// drop(pool.get().expect("a connection"));
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "on_release")]
    pub fn on_checkin(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::checkin(hook))
    }

    /// Called with a connection that must not be used any more, and why, before it is closed: its user or a hook said
    /// so, it could not be cleaned, it did not answer, or somebody panicked. It should not ask the server anything.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_invalidate(|_conn, _record, reason| eprintln!("{reason}")).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_invalidate(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo, CloseReason) + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::invalidate(hook))
    }

    /// Called with a connection that its user wants replaced at its next checkout.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_soft_invalidate(|_conn, _record| eprintln!("old")).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_soft_invalidate(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::soft_invalidate(hook))
    }

    /// Called with a connection that leaves the pool for good, while it still has its record.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_detach(|conn, _record| *conn = 0).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_detach(
        self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::detach(hook))
    }

    /// Called with a connection just before the driver closes it, and why; on a worker, if the driver's close may
    /// hang. It may be broken: look at the reason before using it.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_close(|conn, reason| println!("{conn}: {reason}")).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_close(self, hook: impl Fn(&mut M::Connection, CloseReason) + Send + Sync + 'static) -> Self {
        self.on(Hook::close(hook))
    }

    /// Called with a detached connection just before it is closed: `on_close` is not called for it.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_close_detached(|conn| println!("{conn}")).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_close_detached(self, hook: impl Fn(&mut M::Connection) + Send + Sync + 'static) -> Self {
        self.on(Hook::close_detached(hook))
    }

    /// Told of every [`Event`](crate::Event). Several are told in the order given.
    ///
    /// ```
    /// use cenote::{Event, Pool};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).observer(|event: &Event| println!("{}", event.name())).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "event_handler")]
    pub fn observer(self, observer: impl Observer) -> Self {
        self.on(Hook::observer(observer))
    }

    /// Adds any hook: the same as the method of its name.
    ///
    /// ```
    /// use cenote::{Hook, Pool};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on(Hook::checkin(|conn, _record| *conn = 0)).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on(mut self, hook: Hook<M>) -> Self {
        self.plan.hooks.add(hook);
        self
    }
}
