//! Recovery: the place of a connection that nobody brings back.

use crate::holder::Holder;
use crate::manager::Manager;
use crate::order::Order;
use crate::own_line::OwnLine;
use crate::pool::Pool;
use crate::strategy::Queue;
use crate::trace;
use std::time::Duration;

impl<M: Manager, O: Order> Pool<M, Queue<O>> {
    /// Frees the places of connections that have been out for longer than this, and tells who had them. For programs
    /// that must go on although something leaked a handle: a task that hangs, a `mem::forget`.
    ///
    /// The connections themselves are their users' still: they can be used, and are closed when they come back. Until
    /// then they count as [`recovered`](crate::Status::recovered): so many more may be open than the limit says, and every
    /// return costs a lock. Whoever waits has the places at once. Needs [`holders`](crate::Builder::holders): without, nobody
    /// knows since when a connection is out, and none is recovered.
    ///
    /// ```
    /// use cenote::{Pool, Queue};
    /// use std::time::Duration;
    /// # let manager = cenote::doctest::Numbers;
    /// let pool = Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build()?;
    /// std::mem::forget(pool.get()?);
    /// let lost = pool.recover(Duration::ZERO);
    /// assert_eq!(lost[0].call_site().file(), file!());
    /// assert!(pool.try_get()?.is_some());
    /// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
    /// ```
    #[doc(alias = "remove_abandoned")]
    pub fn recover(&self, out_for_longer_than: Duration) -> Vec<Holder> {
        let (driver, store) = (&self.shared.driver, &self.shared.store);
        let now = driver.clock.now();
        let is_lost = |line: &OwnLine, number: u64| {
            let holder = line.holder(now)?;
            let same = holder.connection().get() == number;
            (same && holder.held_for() >= out_for_longer_than).then_some(holder)
        };
        let mut lost = Vec::new();
        for line in driver.records.lines() {
            let Some(number) = line.holder(now).map(|holder| holder.connection().get()) else { continue };
            let mut found = None;
            let gives_up = || {
                found = is_lost(&line, number);
                // Before anybody else can have the record: it is nobody's holding any more.
                found.is_some().then(|| line.home()).is_some()
            };
            if store.give_up(number, gives_up)
                && let Some(holder) = found
            {
                trace::recovered(driver.name(), holder.connection(), &holder);
                lost.push(holder);
            }
        }
        lost
    }
}
