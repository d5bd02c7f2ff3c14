//! Resizing: a queue's size and overflow can change while its pool runs.

use crate::close_reason::CloseReason;
use crate::invalid_argument::InvalidArgument;
use crate::manager::Manager;
use crate::order::Order;
use crate::pool::Pool;
use crate::shared::most_workers;
use crate::store::By;
use crate::strategy::{Queue, Shares};

impl<M: Manager, O: Order> Pool<M, Queue<O>> {
    /// Keeps so many connections from now on; the overflow stays as it is.
    ///
    /// Whoever waits has new places at once. Idle connections that are too many are closed now; those that are out are
    /// closed when they come home, until the limit holds: nobody is interrupted. Blocks as long as the driver's close
    /// takes, unless that may hang.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`] as for [`Builder::build`](crate::Builder::build); nothing has changed then.
    ///
    /// ```
    /// use cenote::{Pool, Queue};
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build()?;
    /// let first = pool.get()?;
    /// assert!(pool.try_get()?.is_none());
    /// pool.resize(2)?;
    /// assert!(pool.try_get()?.is_some());
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    pub fn resize(&self, size: usize) -> Result<(), InvalidArgument> {
        self.change(|queue| queue.size(size))
    }

    /// Allows so many connections beyond the size from now on, or any number. Otherwise as [`resize`](Self::resize).
    ///
    /// # Errors
    ///
    /// Those of [`resize`](Self::resize).
    ///
    /// ```
    /// # let pool = cenote::doctest::numbers();
    /// pool.resize_overflow(0)?;
    /// assert_eq!(pool.status().limit, Some(5));
    /// pool.resize_overflow(None)?;
    /// assert_eq!(pool.status().limit, None);
    /// # Ok::<(), cenote::InvalidArgument>(())
    /// ```
    pub fn resize_overflow(&self, max_overflow: impl Into<Option<usize>>) -> Result<(), InvalidArgument> {
        let max_overflow = max_overflow.into();
        self.change(|queue| match max_overflow {
            Some(most) => queue.max_overflow(most),
            None => queue.unlimited_overflow(),
        })
    }

    fn change(&self, change: impl FnOnce(Queue<O>) -> Queue<O>) -> Result<(), InvalidArgument> {
        let shared = &self.shared;
        let mut strategy = shared.strategy.lock();
        let changed = change(strategy.clone());
        changed.check()?;
        let (size, limit) = (changed.most_connected(), changed.limit());
        *strategy = changed;
        shared.driver.crew.resize(most_workers(limit));
        shared.driver.records.resize(size);
        let surplus = shared.store.resize(size, limit);
        drop(strategy);
        for (seat, entry) in surplus {
            shared.end(seat, entry, CloseReason::Surplus, By::Pool);
        }
        Ok(())
    }
}
