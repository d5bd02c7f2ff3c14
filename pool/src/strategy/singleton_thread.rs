//! `SingletonThread`: keeps one connection a thread.

use super::contract::{Keeps, Shares, Strategy, ThreadBound};
use crate::benches::Benches;
use crate::id::PoolId;
use crate::invalid_argument::InvalidArgument;
use crate::store::Numbered;

/// Keeps one connection a thread, for up to `size` threads (5). Nobody waits: a thread without one opens one.
///
/// **When**: connections that carry a thread's state, or must not change threads.
/// **When not**: many threads that seldom need one ([`Queue`](crate::Queue)).
/// **Cost**: two atomic instructions on a cache line of the thread's own.
///
/// While more than `size` are open, an idle one of another thread is closed for a new one, and one that comes home is
/// closed; never one in use. A thread that ends closes its own. The handle cannot leave its thread, so a second
/// checkout in the same thread can never succeed: it is refused at once, naming the first.
///
/// ```
/// use cenote::{Error, Pool, SingletonThread};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(SingletonThread::new().size(8)).build()?;
/// let mine = pool.get()?;
/// assert!(matches!(pool.get(), Err(Error::AlreadyCheckedOut { .. })));
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone)]
#[doc(alias = "SingletonThreadPool")]
pub struct SingletonThread {
    size: usize,
}

impl SingletonThread {
    /// The largest `size`: a typing error should not take all memory.
    pub const LARGEST: usize = 100_000;

    /// For up to five threads.
    pub fn new() -> Self {
        Self { size: 5 }
    }

    /// How many connections are kept, one a thread.
    #[doc(alias = "pool_size")]
    pub fn size(self, size: usize) -> Self {
        Self { size }
    }
}

impl Default for SingletonThread {
    fn default() -> Self {
        Self::new()
    }
}

impl Strategy for SingletonThread {}
impl Keeps for SingletonThread {}

impl Shares for SingletonThread {
    const PER_THREAD: bool = true;
    type Marker = ThreadBound;
    type Store<T: Numbered + Send + 'static> = Benches<T>;

    fn check(&self) -> Result<(), InvalidArgument> {
        match self.size {
            size if size > Self::LARGEST => {
                let problem = format!("is {size}, more than the largest possible, {}", Self::LARGEST);
                Err(InvalidArgument::new("size", problem))
            }
            0 => {
                Err(InvalidArgument::new("size", "is 0, which keeps nothing; use the strategy Null for that"))
            }
            _ => Ok(()),
        }
    }

    fn most_connected(&self) -> usize {
        1
    }

    fn store<T: Numbered + Send + 'static>(&self, pool: PoolId) -> Benches<T> {
        Benches::new(pool, self.size)
    }
}
