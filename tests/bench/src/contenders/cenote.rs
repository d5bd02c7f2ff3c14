//! cenote, with each strategy, lean and with all defaults.

use crate::contender::Lends;
use crate::contenders::TIMEOUT;
use crate::driver::Driver;
use cenote::{
    Builder, Keeps, Manager, MayHang, OwnedConnection, Pool, PooledConnection, PrePing, Queue, Strategy,
};
use std::convert::Infallible;
use std::time::Duration;

/// A driver as cenote wants it.
pub(crate) struct Managed<D>(pub(crate) D);

/// A pool whose connections are got as values of their own, which borrow nothing.
pub(crate) struct Owned<P>(pub(crate) P);

/// With everything on that is on by default.
pub(crate) fn with_defaults<D: Driver, S: Strategy>(driver: &D, strategy: S) -> Pool<Managed<D>, S> {
    build(Pool::builder(Managed(driver.clone())).strategy(strategy))
}

/// Lean: no age limit, no validation, no list of holders.
pub(crate) fn lean<D: Driver, S: Keeps>(driver: &D, strategy: S) -> Pool<Managed<D>, S> {
    let builder = Pool::builder(Managed(driver.clone())).strategy(strategy);
    build(builder.recycle(None).pre_ping(PrePing::Never).holders(false))
}

/// A queue of just so many.
pub(crate) fn queue(size: usize) -> Queue {
    Queue::new().size(size).max_overflow(0)
}

fn build<D: Driver, S: Strategy>(builder: Builder<Managed<D>, S>) -> Pool<Managed<D>, S> {
    builder.timeout(TIMEOUT).build().expect("the settings are sound")
}

impl<D: Driver> Manager for Managed<D> {
    type Connection = D::Connection;
    type Error = Infallible;

    fn connect(&self, _: Duration) -> Result<D::Connection, Infallible> {
        Ok(self.0.connect())
    }

    fn rollback(&self, _: &mut D::Connection) -> Result<(), Infallible> {
        Ok(())
    }

    fn is_valid(&self, _: &mut D::Connection, _: Duration) -> Result<(), Infallible> {
        Ok(())
    }

    fn may_hang(&self) -> MayHang {
        MayHang::NOTHING
    }
}

impl<M: Manager, S: Strategy> Lends<M::Connection> for Pool<M, S> {
    type Lent<'p> = PooledConnection<'p, M, S>;

    #[inline(always)]
    fn lend(&self) -> Self::Lent<'_> {
        self.get().expect("within the timeout")
    }

    fn lends_within(&self, timeout: Duration) -> Option<bool> {
        Some(self.get_timeout(timeout).is_ok())
    }
}

impl<M: Manager, S: Strategy> Lends<M::Connection> for Owned<Pool<M, S>> {
    type Lent<'p> = OwnedConnection<M, S>;

    #[inline(always)]
    fn lend(&self) -> Self::Lent<'_> {
        self.0.get_owned().expect("within the timeout")
    }
}
