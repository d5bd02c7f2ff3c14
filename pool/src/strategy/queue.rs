//! `Queue`: keeps up to `size` connections and lends them to whoever comes first.

use super::contract::{Keeps, Sendable, Shares, Strategy};
use crate::id::PoolId;
use crate::invalid_argument::InvalidArgument;
use crate::order::{Affine, Fifo, Lifo, Order};
use crate::stock::Stock;
use std::marker::PhantomData;

/// Keeps up to `size` connections (5), opens up to `max_overflow` (10) more when all are out, and lends them to
/// whoever comes first. The default strategy.
///
/// **When**: many threads share fewer connections; servers; almost always.
/// **When not**: a connection that must not leave its thread ([`SingletonThread`](crate::SingletonThread)), or of
/// which there can be only one ([`Static`](crate::Static)).
/// **Cost**: with the order [`Affine`], two atomic instructions on a cache line of the thread's own; with [`Lifo`]
/// and [`Fifo`], two locks.
///
/// When all are out, callers wait in line, first come first served. A surplus connection is closed at its return,
/// when `size` are idle and nobody waits.
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
    order: PhantomData<O>,
}

impl Queue {
    /// Size 5, overflow 10, order [`Affine`].
    ///
    /// ```
    /// let queue = cenote::Queue::new();
    /// ```
    pub fn new() -> Self {
        Self { size: 5, max_overflow: Some(10), order: PhantomData }
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

    /// Lends the connection that came home last.
    ///
    /// ```
    /// let queue: cenote::Queue<cenote::Lifo> = cenote::Queue::new().lifo();
    /// ```
    #[doc(alias = "use_lifo")]
    pub fn lifo(self) -> Queue<Lifo> {
        Queue { size: self.size, max_overflow: self.max_overflow, order: PhantomData }
    }

    /// Lends the connection that has been idle longest.
    ///
    /// ```
    /// let queue: cenote::Queue<cenote::Fifo> = cenote::Queue::new().fifo();
    /// ```
    pub fn fifo(self) -> Queue<Fifo> {
        Queue { size: self.size, max_overflow: self.max_overflow, order: PhantomData }
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
    type Store<T: Send + 'static> = Stock<T, O>;

    fn check(&self) -> Result<(), InvalidArgument> {
        let (size, largest) = (self.size, Self::LARGEST);
        if size > largest {
            let problem = format!("is {size}, more than the largest possible, {largest}");
            return Err(InvalidArgument::new("size", problem));
        }
        match self.max_overflow {
            Some(0) if size == 0 => Err(InvalidArgument::new(
                "size",
                "and max_overflow are both 0: nothing could ever connect; give one of them, \
                 or use the strategy Null to keep nothing",
            )),
            Some(overflow) if overflow > largest => Err(InvalidArgument::new(
                "max_overflow",
                format!(
                    "is {overflow}, more than the largest possible, {largest}; use unlimited_overflow() for none"
                ),
            )),
            _ => Ok(()),
        }
    }

    fn limit(&self) -> Option<usize> {
        self.max_overflow.map(|more| self.size + more)
    }

    fn most_connected(&self) -> usize {
        self.size
    }

    fn store<T: Send + 'static>(&self, pool: PoolId) -> Stock<T, O> {
        Stock::new(pool, self.size, self.limit())
    }
}
