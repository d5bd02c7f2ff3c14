//! `Builder`: the settings of a pool to be.

use crate::driver::Driver;
use crate::error::Error;
use crate::event::Observer;
use crate::extensions::RecordInfo;
use crate::hooks::Hooks;
use crate::invalid_argument::InvalidArgument;
use crate::manager::Manager;
use crate::pool::Pool;
use crate::refusal::Refusal;
use crate::settings::{PrePing, Reset, Settings};
use crate::shared::Shared;
use crate::strategy::{Keeps, Queue, Strategy};
use crate::time::{Clock, ManualClock};
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The settings of a pool to be. What belongs to one strategy is set on the strategy; what belongs to all, here.
///
/// | setting | default |
/// |---|---|
/// | [`strategy`](Self::strategy) | [`Queue`]: size 5, overflow 10, [`Affine`](crate::Affine) |
/// | [`timeout`](Self::timeout) | 30 s |
/// | [`recycle`](Self::recycle) | 30 min, shortened by up to 10% |
/// | [`pre_ping`](Self::pre_ping) | when idle for 500 ms |
/// | [`reset_on_return`](Self::reset_on_return) | rollback |
/// | [`holders`](Self::holders) | on |
/// | [`name`](Self::name) | `pool-1`, `pool-2`, ... |
///
/// ```
/// use cenote::{Pool, PrePing, Queue};
/// use std::time::Duration;
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager)
///     .strategy(Queue::new().size(10).max_overflow(0))
///     .timeout(Duration::from_secs(2))
///     .recycle(Duration::from_secs(600))
///     .pre_ping(PrePing::Always)
///     .name("orders")
///     .on_connect(|_conn, _record| Ok(()))
///     .build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[must_use = "a builder does nothing until it builds"]
pub struct Builder<M: Manager, S: Strategy = Queue> {
    manager: M,
    strategy: S,
    settings: Settings,
    hooks: Hooks<M>,
    clock: Clock,
}

impl<M: Manager> Pool<M> {
    /// A pool with the strategy [`Queue`] and the defaults of [`Builder`]. Opens nothing yet.
    ///
    /// ```
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = cenote::Pool::new(manager);
    /// ```
    pub fn new(manager: M) -> Self {
        Self::builder(manager).build_unchecked()
    }

    /// The settings of a pool to be.
    pub fn builder(manager: M) -> Builder<M> {
        Builder {
            manager,
            strategy: Queue::new(),
            settings: Settings::default(),
            hooks: Hooks::default(),
            clock: Clock::default(),
        }
    }
}

impl<M: Manager, S: Strategy> Builder<M, S> {
    /// How connections are kept and shared.
    ///
    /// ```
    /// use cenote::{Pool, Queue};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).strategy(Queue::new().size(20)).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "poolclass")]
    pub fn strategy<T: Strategy>(self, strategy: T) -> Builder<M, T> {
        let Self { manager, settings, hooks, clock, .. } = self;
        Builder { manager, strategy, settings, hooks, clock }
    }

    /// How long a checkout may take in all: waiting, connecting and checking. [`Duration::MAX`] for ever.
    ///
    /// ```
    /// use cenote::Pool;
    /// use std::time::Duration;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).timeout(Duration::from_secs(2)).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "connection_timeout")]
    #[doc(alias = "acquire_timeout")]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// What is done to a connection when it comes back.
    ///
    /// ```
    /// use cenote::{Pool, Reset};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).reset_on_return(Reset::Nothing).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn reset_on_return(mut self, reset: Reset) -> Self {
        self.settings.reset = reset;
        self
    }

    /// Whether the pool knows who has connections out: call site, thread, since when. Costs a few nanoseconds, and
    /// makes the error of a timeout say what to look at.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).holders(false).build()?;
    /// let _conn = pool.get().expect("a connection");
    /// assert!(pool.holders().is_empty());
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn holders(mut self, on: bool) -> Self {
        self.settings.holders = on;
        self
    }

    /// A name for errors, logs and threads.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).name("orders").build()?;
    /// assert_eq!(pool.name(), "orders");
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "logging_name")]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = name.into();
        self.settings.is_named = true;
        self
    }

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
        mut self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        self.hooks.connect.push(Arc::new(hook));
        self
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
        mut self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) -> Self {
        self.hooks.first_connect.push(Arc::new(hook));
        self
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
        mut self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), Refusal<M::Error>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.hooks.checkout.push(Arc::new(hook));
        self
    }

    /// Called with a connection that comes home to be kept, before the driver cleans it.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).on_reset(|conn, _record| *conn = 0).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn on_reset(
        mut self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.reset.push(Arc::new(hook));
        self
    }

    /// Called with a connection that is home and clean, before another one can have it.
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
        mut self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.checkin.push(Arc::new(hook));
        self
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
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.hooks.observers.push(Arc::new(observer));
        self
    }

    /// A clock that a test moves by hand.
    #[doc(hidden)]
    pub fn clock(mut self, clock: &ManualClock) -> Self {
        self.clock = Clock::manual(clock.clone());
        self
    }

    /// Where the jitter starts from.
    #[doc(hidden)]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = Some(seed);
        self
    }

    /// Makes the pool. Opens nothing, and so never blocks.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`] names the setting that makes no sense.
    ///
    /// ```
    /// use cenote::{Pool, SingletonThread};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool: Pool<_, SingletonThread> = Pool::builder(manager).strategy(SingletonThread::new()).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn build(self) -> Result<Pool<M, S>, InvalidArgument> {
        self.strategy.check()?;
        self.settings.check(S::KEEPS)?;
        Ok(self.build_unchecked())
    }

    /// Makes the pool and opens so many connections at once, to fail fast at the start of a program. Blocks at most
    /// for the pool's timeout for each.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] if a setting makes no sense or the strategy would not keep as many; else the error of the
    /// first connection that could not be opened.
    ///
    /// ```
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = cenote::Pool::builder(manager).build_connected(2)?;
    /// assert_eq!(pool.status().idle, 2);
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[track_caller]
    pub fn build_connected(self, connections: usize) -> Result<Pool<M, S>, Error<M::Error>> {
        let most = self.strategy.most_connected();
        if connections > most {
            let problem =
                format!("is {connections}, but this strategy keeps {most} from the start; ask for fewer");
            return Err(InvalidArgument::new("connections", problem).into());
        }
        let pool = self.build()?;
        let all: Vec<_> = (0..connections).map(|_| pool.get()).collect::<Result<_, _>>()?;
        drop(all);
        Ok(pool)
    }

    fn build_unchecked(mut self) -> Pool<M, S> {
        if !self.settings.is_named {
            static NEXT: AtomicU64 = AtomicU64::new(1);
            self.settings.name = format!("pool-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        }
        self.settings.seed.get_or_insert_with(|| RandomState::new().hash_one(0));
        let most = self.strategy.limit().unwrap_or(MOST_WORKERS).clamp(1, MOST_WORKERS);
        let driver = Driver::new(self.manager, self.settings, self.clock, self.hooks, S::KEEPS, most);
        Pool::from_shared(Shared::new(driver, &self.strategy))
    }
}

/// The most workers that open, that check, and that close, in one pool: so many calls can hang at a time.
const MOST_WORKERS: usize = 128;

/// What makes sense only where connections are kept.
impl<M: Manager, S: Keeps> Builder<M, S> {
    /// The age at which a connection is replaced instead of lent again, counted from the end of its connect; none
    /// for no limit. Each connection's own is up to a tenth shorter, so that they do not all go at once.
    ///
    /// ```
    /// use cenote::Pool;
    /// use std::time::Duration;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).recycle(Duration::from_secs(600)).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "max_lifetime")]
    #[doc(alias = "pool_recycle")]
    pub fn recycle(mut self, age: impl Into<Option<Duration>>) -> Self {
        self.settings.recycle = age.into();
        self.settings.about_kept_ones = Some("recycle");
        self
    }

    /// When an idle connection is asked whether it still works before it is lent.
    ///
    /// ```
    /// use cenote::{Pool, PrePing};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).pre_ping(PrePing::Always).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    #[doc(alias = "pool_pre_ping")]
    #[doc(alias = "test_on_check_out")]
    pub fn pre_ping(mut self, pre_ping: PrePing) -> Self {
        self.settings.pre_ping = pre_ping;
        self.settings.about_kept_ones = Some("pre_ping");
        self
    }
}

impl<M: Manager, S: Strategy> fmt::Debug for Builder<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut builder = f.debug_struct("Builder");
        builder
            .field("strategy", &self.strategy)
            .field("settings", &self.settings)
            .field("hooks", &self.hooks);
        builder.finish_non_exhaustive()
    }
}
