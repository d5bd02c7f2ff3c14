//! `Hook`: a function of the user's, and the moment in the life of a connection at which it is called.

use crate::close_reason::CloseReason;
use crate::event::Observer;
use crate::manager::Manager;
use crate::record_info::RecordInfo;
use crate::refusal::Refusal;
use std::fmt;
use std::sync::Arc;

/// A function to be called at one moment in the life of every connection, for [`Pool::on`](crate::Pool::on) and
/// [`Builder::on`](crate::Builder::on). It may change the connection, and where it gives a `Result`, refuse it.
///
/// | hook | is called | may refuse |
/// |---|---|---|
/// | [`first_connect`](Self::first_connect) | with the first connection of the pool, until it has succeeded once | yes |
/// | [`connect`](Self::connect) | with each new connection | yes |
/// | [`checkout`](Self::checkout) | before a connection is lent | yes |
/// | [`reset`](Self::reset) | when it comes home to be kept, before the driver cleans it | yes |
/// | [`checkin`](Self::checkin) | when it is home and clean | |
/// | [`invalidate`](Self::invalidate) | when it must not be used any more | |
/// | [`soft_invalidate`](Self::soft_invalidate) | when it is to be replaced at its next checkout | |
/// | [`detach`](Self::detach) | when it leaves the pool for good | |
/// | [`close`](Self::close), [`close_detached`](Self::close_detached) | just before the driver closes it | |
/// | [`observer`](Self::observer) | at each of these, without the connection | |
///
/// Hooks are called in the order in which they were given, in the thread in which it happens, with no lock of the pool
/// held. One that panics costs its connection: it is closed, its place is free, and the panic is its caller's. What
/// comes too late for that (`invalidate`, `close`, `close_detached`) is caught.
///
/// A closure that calls methods of the connection must name its type here: `|conn: &mut Connection, _record| ...`. The
/// builder's methods of the same names know it.
///
/// Observers are told after the hooks of the same moment; of a close, before them. While there is any hook on checkout,
/// reset or checkin, or any observer, each checkout and return takes a lock for a moment. None can be removed.
///
/// ```
/// use cenote::Hook;
/// # let pool = cenote::doctest::numbers();
/// pool.on(Hook::checkout(|conn, _record| {
///     *conn += 1;
///     Ok(())
/// }));
/// assert_eq!(*pool.get()?, 1);
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
pub struct Hook<M: Manager> {
    pub(crate) duty: Duty<M>,
    pub(crate) goes_first: bool,
}

/// What is called, by the moment.
pub(crate) enum Duty<M: Manager> {
    FirstConnect(OnConnect<M>),
    Connect(OnConnect<M>),
    Checkout(OnCheckout<M>),
    Reset(OnConnect<M>),
    Checkin(OnUse<M>),
    Invalidate(OnInvalidate<M>),
    SoftInvalidate(OnUse<M>),
    Detach(OnUse<M>),
    Close(OnClose<M>),
    CloseDetached(OnCloseDetached<M>),
    Observe(Arc<dyn Observer>),
}

type Connection<M> = <M as Manager>::Connection;
type Error<M> = <M as Manager>::Error;
pub(crate) type OnConnect<M> =
    Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo) -> Result<(), Error<M>> + Send + Sync>;
pub(crate) type OnCheckout<M> =
    Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo) -> Result<(), Refusal<Error<M>>> + Send + Sync>;
pub(crate) type OnUse<M> = Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo) + Send + Sync>;
pub(crate) type OnInvalidate<M> = Arc<dyn Fn(&mut Connection<M>, &mut RecordInfo, CloseReason) + Send + Sync>;
pub(crate) type OnClose<M> = Arc<dyn Fn(&mut Connection<M>, CloseReason) + Send + Sync>;
pub(crate) type OnCloseDetached<M> = Arc<dyn Fn(&mut Connection<M>) + Send + Sync>;

impl<M: Manager> Hook<M> {
    /// See [`Builder::on_first_connect`](crate::Builder::on_first_connect). Added to a pool whose first connect is
    /// over, it is never called.
    pub fn first_connect(
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        Duty::FirstConnect(Arc::new(hook)).into()
    }

    /// See [`Builder::on_connect`](crate::Builder::on_connect).
    pub fn connect(
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        Duty::Connect(Arc::new(hook)).into()
    }

    /// See [`Builder::on_checkout`](crate::Builder::on_checkout).
    pub fn checkout(
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), Refusal<M::Error>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Duty::Checkout(Arc::new(hook)).into()
    }

    /// See [`Builder::on_reset`](crate::Builder::on_reset).
    pub fn reset(
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        Duty::Reset(Arc::new(hook)).into()
    }

    /// See [`Builder::on_checkin`](crate::Builder::on_checkin).
    pub fn checkin(hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static) -> Self {
        Duty::Checkin(Arc::new(hook)).into()
    }

    /// See [`Builder::on_invalidate`](crate::Builder::on_invalidate).
    pub fn invalidate(
        hook: impl Fn(&mut M::Connection, &mut RecordInfo, CloseReason) + Send + Sync + 'static,
    ) -> Self {
        Duty::Invalidate(Arc::new(hook)).into()
    }

    /// See [`Builder::on_soft_invalidate`](crate::Builder::on_soft_invalidate).
    pub fn soft_invalidate(
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        Duty::SoftInvalidate(Arc::new(hook)).into()
    }

    /// See [`Builder::on_detach`](crate::Builder::on_detach).
    pub fn detach(hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static) -> Self {
        Duty::Detach(Arc::new(hook)).into()
    }

    /// See [`Builder::on_close`](crate::Builder::on_close).
    pub fn close(hook: impl Fn(&mut M::Connection, CloseReason) + Send + Sync + 'static) -> Self {
        Duty::Close(Arc::new(hook)).into()
    }

    /// See [`Builder::on_close_detached`](crate::Builder::on_close_detached).
    pub fn close_detached(hook: impl Fn(&mut M::Connection) + Send + Sync + 'static) -> Self {
        Duty::CloseDetached(Arc::new(hook)).into()
    }

    /// See [`Builder::observer`](crate::Builder::observer): one that looks at every event and changes nothing.
    pub fn observer(observer: impl Observer) -> Self {
        Duty::Observe(Arc::new(observer)).into()
    }

    /// The same hook, to be called before those that are there already. Of two such hooks, the later comes first.
    ///
    /// ```
    /// use cenote::{Hook, Pool};
    /// # let manager = cenote::doctest::Numbers;
    /// let add = |conn: &mut u64, _record: &mut _| Ok(*conn += 1);
    /// let set = |conn: &mut u64, _record: &mut _| Ok(*conn = 5);
    /// let pool = Pool::builder(manager).on_connect(add).on(Hook::connect(set).first()).build()?;
    /// assert_eq!(*pool.get().expect("a connection"), 6);
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[must_use]
    #[doc(alias = "insert")]
    pub fn first(self) -> Self {
        Self { goes_first: true, ..self }
    }
}

impl<M: Manager> From<Duty<M>> for Hook<M> {
    fn from(duty: Duty<M>) -> Self {
        Self { duty, goes_first: false }
    }
}

impl<M: Manager> fmt::Debug for Hook<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.duty {
            Duty::FirstConnect(_) => "Hook(first_connect)",
            Duty::Connect(_) => "Hook(connect)",
            Duty::Checkout(_) => "Hook(checkout)",
            Duty::Reset(_) => "Hook(reset)",
            Duty::Checkin(_) => "Hook(checkin)",
            Duty::Invalidate(_) => "Hook(invalidate)",
            Duty::SoftInvalidate(_) => "Hook(soft_invalidate)",
            Duty::Detach(_) => "Hook(detach)",
            Duty::Close(_) => "Hook(close)",
            Duty::CloseDetached(_) => "Hook(close_detached)",
            Duty::Observe(_) => "Hook(observer)",
        })
    }
}
