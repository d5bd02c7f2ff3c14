//! `Queue`: keeps up to `size` connections and lends them to whoever comes first.

use super::contract::{Keeps, Sendable, Shares, Strategy};
use crate::id::PoolId;
use crate::invalid_argument::InvalidArgument;
use crate::order::{Affine, Fifo, Lifo, Order};
use crate::overtaking::Overtaking;
use crate::stock::Stock;
use crate::store::Numbered;
use crate::upkeep::Upkeep;
use std::marker::PhantomData;
use std::time::Duration;

/// Keeps up to `size` connections (5), opens up to `max_overflow` (10) more when all are out, and lends them to
/// whoever comes first. The default strategy.
///
/// **When**: many threads share fewer connections; servers; almost always.
/// **When not**: a connection that must not leave its thread ([`SingletonThread`](crate::SingletonThread)), or of
/// which there can be only one ([`Static`](crate::Static)).
/// **Cost**: with the order [`Affine`], two atomic instructions on a cache line of the thread's own; with [`Lifo`]
/// and [`Fifo`], two locks.
///
/// When all are out, callers wait in line, first come first served, within a bound: what comes home is promised to the
/// one that has waited longest, but its thread has to wake up first, and that takes as long as many a query. Until it is
/// awake, for 100 microseconds at the most, a caller that comes just then may use the connection. Nobody who waits is
/// overtaken more than 48 times so (beside those that were inside `get` already when it began to wait); an overtaking
/// whose connection is not back in time counts as three of them; and one that woke up in vain is not overtaken at its
/// turn again: it stays awake for 100 microseconds at the most, giving way to other threads, before it sleeps again.
/// [`strict`](Self::strict) allows none of it. Nobody else spins.
///
/// A surplus connection is closed at its return, when `size` are idle and nobody waits.
///
/// ```
/// use cenote::{Pool, Queue};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Queue::new().size(10).max_overflow(0).lifo()).build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone)]
#[doc(alias = "QueuePool")]
pub struct Queue<O = Affine> {
    size: usize,
    max_overflow: Option<usize>,
    upkeep: Upkeep,
    strict: bool,
    order: PhantomData<O>,
}

impl Queue {
    /// Size 5, overflow 10, order [`Affine`].
    ///
    /// ```
    /// let queue = cenote::Queue::new();
    /// ```
    pub fn new() -> Self {
        Self { size: 5, max_overflow: Some(10), upkeep: Upkeep::NONE, strict: false, order: PhantomData }
    }
}

impl<O: Order> Queue<O> {
    /// The largest `size`: a typing error should not take all memory.
    pub const LARGEST: usize = 100_000;

    /// How many connections are kept. 0 keeps none: then each is closed at its return unless somebody waits.
    ///
    /// ```
    /// let queue = cenote::Queue::new().size(20);
    /// ```
    #[doc(alias = "pool_size")]
    #[doc(alias = "max_size")]
    pub fn size(self, size: usize) -> Self {
        Self { size, ..self }
    }

    /// How many more may be open when all that are kept are out.
    ///
    /// ```
    /// let strict = cenote::Queue::new().size(20).max_overflow(0);
    /// ```
    pub fn max_overflow(self, max_overflow: usize) -> Self {
        Self { max_overflow: Some(max_overflow), ..self }
    }

    /// As many as callers ask for: nobody waits.
    ///
    /// ```
    /// let patient = cenote::Queue::new().size(20).unlimited_overflow();
    /// ```
    pub fn unlimited_overflow(self) -> Self {
        Self { max_overflow: None, ..self }
    }

    /// How many connections should be idle, ready for whoever comes. Default: 0. Missing ones are opened on a worker
    /// thread, at the start and within a quarter of a second later, as long as no more than `size` are open.
    ///
    /// A pool that asks for this, for [`idle_timeout`](Self::idle_timeout) or for [`keepalive`](Self::keepalive) is
    /// looked after by a thread, one for all such pools of the process, which ends with the last of them.
    ///
    /// ```
    /// let queue = cenote::Queue::new().size(20).min_idle(2);
    /// ```
    #[doc(alias = "min_connections")]
    pub fn min_idle(self, min_idle: usize) -> Self {
        Self { upkeep: Upkeep { min_idle, ..self.upkeep }, ..self }
    }

    /// After how much time without a user a connection is closed, as long as [`min_idle`](Self::min_idle) others are
    /// idle. Default: none. It is closed within a quarter of that time, at most 30 s, later; those that are too old or
    /// of an older generation then go as well, without anybody asking for them.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let queue = cenote::Queue::new().size(20).idle_timeout(Duration::from_secs(600));
    /// ```
    pub fn idle_timeout(self, idle_timeout: impl Into<Option<Duration>>) -> Self {
        Self { upkeep: Upkeep { idle_timeout: idle_timeout.into(), ..self.upkeep }, ..self }
    }

    /// After how much idle time a connection is asked whether it still works, so that nothing on the way to the server
    /// forgets it, and so that a dead one is replaced before somebody wants it. Default: none. Asked within a
    /// quarter of that time, at most 30 s, later; meanwhile it is out.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let queue = cenote::Queue::new().size(20).keepalive(Duration::from_secs(120));
    /// ```
    #[doc(alias = "keepalive_time")]
    pub fn keepalive(self, keepalive: impl Into<Option<Duration>>) -> Self {
        Self { upkeep: Upkeep { keepalive: keepalive.into(), ..self.upkeep }, ..self }
    }

    /// Lends the connection that came home last.
    ///
    /// ```
    /// let queue: cenote::Queue<cenote::Lifo> = cenote::Queue::new().lifo();
    /// ```
    #[doc(alias = "use_lifo")]
    pub fn lifo(self) -> Queue<Lifo> {
        self.in_order()
    }

    /// Lends the connection that has been idle longest.
    ///
    /// ```
    /// let queue: cenote::Queue<cenote::Fifo> = cenote::Queue::new().fifo();
    /// ```
    pub fn fifo(self) -> Queue<Fifo> {
        self.in_order()
    }

    /// First come, first served, to the letter: no caller that waits is ever overtaken by one that comes later.
    ///
    /// **When**: each must wait as long as every other. **Cost**: a connection lies idle until the thread that it goes
    /// to is awake. Where more threads than connections make short queries, throughput falls; `docs/performance.md` has
    /// the figures.
    ///
    /// ```
    /// let queue = cenote::Queue::new().size(20).max_overflow(0).strict();
    /// ```
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    fn in_order<P: Order>(self) -> Queue<P> {
        let Self { size, max_overflow, upkeep, strict, .. } = self;
        Queue { size, max_overflow, upkeep, strict, order: PhantomData }
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}

impl<O: Order> Strategy for Queue<O> {}
impl<O: Order> Keeps for Queue<O> {}

impl<O: Order> Shares for Queue<O> {
    type Marker = Sendable;
    type Store<T: Numbered + Send + 'static> = Stock<T, O>;

    fn check(&self) -> Result<(), InvalidArgument> {
        let (size, largest) = (self.size, Self::LARGEST);
        if size > largest {
            let problem = format!("is {size}, more than the largest possible, {largest}");
            return Err(InvalidArgument::new("size", problem));
        }
        match self.max_overflow {
            Some(0) if size == 0 => Err(InvalidArgument::new(
                "size",
                "it and max_overflow are both 0: nothing could ever connect; give one of them, \
                 or use the strategy Null to keep nothing",
            )),
            Some(overflow) if overflow > largest => Err(InvalidArgument::new(
                "max_overflow",
                format!(
                    "is {overflow}, more than the largest possible, {largest}; use unlimited_overflow() for none"
                ),
            )),
            _ => self.upkeep.check(size),
        }
    }

    fn limit(&self) -> Option<usize> {
        self.max_overflow.map(|more| self.size + more)
    }

    fn most_connected(&self) -> usize {
        self.size
    }

    fn upkeep(&self) -> Upkeep {
        self.upkeep
    }

    fn store<T: Numbered + Send + 'static>(&self, pool: PoolId) -> Stock<T, O> {
        let overtaking = if self.strict { Overtaking::none() } else { Overtaking::bounded() };
        Stock::new(pool, self.size, self.limit(), overtaking)
    }
}
