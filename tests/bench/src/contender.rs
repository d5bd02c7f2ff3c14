//! `Contender`: a pool in the race, and what each must be able to do.

use crate::awaited::{Awaited, LendsLater};
use std::ops::DerefMut;
use std::time::{Duration, Instant};

/// A pool that lends connections of one type.
pub(crate) trait Contender<C>: Send + Sync {
    /// Gets a connection and drops it, so many times and nothing else.
    fn cycle(&self, times: u64);

    /// Gets a connection, lets the user have it, and drops it, until the user has had enough.
    fn serve(&self, user: &mut dyn User<C>);

    /// Gets so many connections and holds them all while something else is done.
    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut());

    /// How long so many gets took that were given this time, while nothing was free; none of a pool that cannot be told.
    fn time_outs(&self, _timeout: Duration, _times: usize) -> Option<Vec<Duration>> {
        None
    }
}

/// One that uses connections, and watches the pool that lends them.
pub(crate) trait User<C> {
    /// Called before each get; false ends the service.
    fn wants_one(&mut self) -> bool;

    /// Called with the connection.
    fn has(&mut self, conn: &mut C);

    /// Called when it is back.
    fn gave_back(&mut self);
}

/// A pool whose get blocks.
pub(crate) trait Lends<C>: Send + Sync {
    type Lent<'p>: DerefMut<Target = C>
    where
        Self: 'p;

    fn lend(&self) -> Self::Lent<'_>;

    /// Whether a get that is given this time is served; none of a pool that cannot be told.
    fn lends_within(&self, _: Duration) -> Option<bool> {
        None
    }
}

/// A named contender.
pub(crate) struct Entrant<C> {
    pub(crate) name: &'static str,
    pub(crate) pool: Box<dyn Contender<C>>,
}

/// A blocking pool, used as it is.
struct Blocking<P>(P);

impl<C> Entrant<C> {
    pub(crate) fn new(name: &'static str, pool: impl Contender<C> + 'static) -> Self {
        Self { name, pool: Box::new(pool) }
    }

    pub(crate) fn blocking(name: &'static str, pool: impl Lends<C> + 'static) -> Self {
        Self::new(name, Blocking(pool))
    }

    pub(crate) fn awaited(name: &'static str, pool: impl LendsLater<C> + 'static) -> Self {
        Self::new(name, Awaited(pool))
    }
}

impl<C, P: Lends<C>> Contender<C> for Blocking<P> {
    fn cycle(&self, times: u64) {
        for _ in 0..times {
            drop(self.0.lend());
        }
    }

    fn serve(&self, user: &mut dyn User<C>) {
        while user.wants_one() {
            let mut lent = self.0.lend();
            user.has(&mut lent);
            drop(lent);
            user.gave_back();
        }
    }
    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut()) {
        let held: Vec<_> = (0..count).map(|_| self.0.lend()).collect();
        meanwhile();
        drop(held);
    }

    fn time_outs(&self, timeout: Duration, times: usize) -> Option<Vec<Duration>> {
        let time_out = || {
            let start = Instant::now();
            let served = self.0.lends_within(timeout)?;
            let took = start.elapsed();
            assert!(!served, "nothing was free");
            Some(took)
        };
        (0..times).map(|_| time_out()).collect()
    }
}
