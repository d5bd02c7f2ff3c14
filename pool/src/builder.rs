//! `Builder`: the settings of a pool to be.

use crate::commit::Commit;
use crate::error::Error;
use crate::invalid_argument::InvalidArgument;
use crate::manager::Manager;
use crate::plan::Plan;
use crate::pool::Pool;
use crate::settings::{PrePing, Reset};
use crate::shared::Shared;
use crate::strategy::{Keeps, Queue, Strategy};
use crate::time::{Clock, ManualClock};
use std::fmt;
use std::time::Duration;

/// The settings of a pool to be. What belongs to one strategy is set on the strategy; what belongs to all, here.
///
/// | setting | default |
/// |---|---|
/// | [`strategy`](Self::strategy) | [`Queue`]: size 5, overflow 10, [`Affine`](crate::Affine) |
/// | [`timeout`](Self::timeout) | 30 s |
/// | [`recycle`](Self::recycle) | 30 min, shortened by up to 10% |
/// | [`pre_ping`](Self::pre_ping) | when idle for 500 ms |
/// | [`reset_on_return`](Self::reset_on_return), [`commit_on_return`](Self::commit_on_return) | rollback |
/// | [`reset_timeout`](Self::reset_timeout) | none |
/// | [`retry_connect`](Self::retry_connect) | off |
/// | [`refuse_nested`](Self::refuse_nested) | off |
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
    pub(crate) plan: Plan<M>,
    strategy: S,
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
        Builder { plan: Plan::new(manager), strategy: Queue::new() }
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
        Builder { plan: self.plan, strategy }
    }

    /// How long a checkout may take in all: waiting, connecting and checking. [`Duration::MAX`] for ever; with zero, only
    /// what is idle is lent, or opened by a driver that bounds its connects. [`Pool::try_get`] opens, and does not wait.
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
        self.plan.settings.timeout = timeout;
        self
    }

    /// What is done to a connection when it comes back. See [`commit_on_return`](Self::commit_on_return) for the third
    /// choice.
    ///
    /// ```
    /// use cenote::{Pool, Reset};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).reset_on_return(Reset::Nothing).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn reset_on_return(mut self, reset: Reset) -> Self {
        self.plan.settings.reset = reset;
        self.plan.commit = None;
        self
    }

    /// Commits what a connection comes home with, instead of rolling it back, also if it is closed afterwards. A
    /// connection whose user panicked is closed without, and so is one that was invalidated or detached.
    ///
    /// If a commit fails, the connection is closed, and only the log and [`on_invalidate`](Self::on_invalidate) hear of it:
    /// a user that must know commits itself. Exists only where the driver says how, by [`Commit`]. The last of this and
    /// [`reset_on_return`](Self::reset_on_return) holds.
    ///
    /// ```
    /// use cenote::{Commit, Manager, Pool};
    ///
    /// fn build<M: Commit>(manager: M) -> Result<Pool<M>, cenote::InvalidArgument> {
    ///     Pool::builder(manager).commit_on_return().build()
    /// }
    /// ```
    pub fn commit_on_return(mut self) -> Self
    where
        M: Commit,
    {
        self.plan.commits();
        self
    }

    /// How long a return may take for its user. Default: none, as long as the driver takes.
    ///
    /// With a timeout, connections are cleaned on a worker thread of the pool, for some microseconds more. One that is
    /// not clean in time is left to the worker: its place stays taken until it is clean and home, or closed. Hooks on
    /// reset and checkin are called on the worker too.
    ///
    /// ```
    /// use cenote::Pool;
    /// use std::time::Duration;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).reset_timeout(Duration::from_secs(1)).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn reset_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.plan.settings.reset_timeout = timeout.into();
        self
    }

    /// Whether a connect that failed is tried again until the checkout's deadline, with growing pauses, on a worker;
    /// what comes home meanwhile is taken. Default: no, the error is the caller's at once.
    ///
    /// For a server that restarts while its clients wait. Not tried again: what [`Manager::classify`] calls
    /// [`Refused`](crate::Fault::Refused), and what a hook refused. If the deadline passes, the error is
    /// [`Error::Timeout`] with the last connect error in its report.
    ///
    /// ```
    /// use cenote::Pool;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).retry_connect(true).build()?;
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn retry_connect(mut self, on: bool) -> Self {
        self.plan.settings.retry_connect = on;
        self
    }

    /// Whether a checkout that would have to wait is refused at once if its thread has a connection of this pool out
    /// already. Default: no, it waits for its deadline, and the error says so.
    ///
    /// Such a checkout may wait for itself: alone, if there is one connection; with others that do the same, if there
    /// are more. It is an [`Error::AlreadyCheckedOut`], which names the first checkout. **This may refuse wrongly**: a
    /// handle that was sent to another thread still counts as the one's that checked it out, and where several threads
    /// share several connections, another thread might have returned one in time. Needs [`holders`](Self::holders).
    ///
    /// ```
    /// use cenote::{Error, Pool, Static};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).strategy(Static::new()).refuse_nested(true).build()?;
    /// let first = pool.get()?;
    /// assert!(matches!(pool.get(), Err(Error::AlreadyCheckedOut { .. })));
    /// # Ok::<(), Error<std::convert::Infallible>>(())
    /// ```
    pub fn refuse_nested(mut self, on: bool) -> Self {
        self.plan.settings.refuse_nested = on;
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
        self.plan.settings.holders = on;
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
        self.plan.settings.name = name.into();
        self.plan.settings.is_named = true;
        self
    }

    /// A clock that a test moves by hand.
    #[doc(hidden)]
    pub fn clock(mut self, clock: &ManualClock) -> Self {
        self.plan.clock = Clock::manual(clock.clone());
        self
    }

    /// Where the jitter starts from.
    #[doc(hidden)]
    pub fn seed(mut self, seed: u64) -> Self {
        self.plan.settings.seed = Some(seed);
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
        self.plan.settings.check(S::KEEPS)?;
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

    fn build_unchecked(self) -> Pool<M, S> {
        Pool::from_shared(Shared::make(self.plan, self.strategy))
    }
}

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
        self.plan.settings.recycle = age.into();
        self.plan.settings.about_kept_ones = Some("recycle");
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
        self.plan.settings.pre_ping = pre_ping;
        self.plan.settings.about_kept_ones = Some("pre_ping");
        self
    }
}

impl<M: Manager, S: Strategy> fmt::Debug for Builder<M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut builder = f.debug_struct("Builder");
        builder
            .field("strategy", &self.strategy)
            .field("settings", &self.plan.settings)
            .field("hooks", &self.plan.hooks);
        builder.finish_non_exhaustive()
    }
}
