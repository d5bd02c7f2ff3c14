//! r2d2, its test at checkout off.

use crate::contender::Lends;
use crate::contenders::TIMEOUT;
use crate::driver::Driver;
use r2d2::{ManageConnection, Pool, PooledConnection};
use std::convert::Infallible;
use std::time::Duration;

/// A driver as r2d2 wants it.
pub(crate) struct Managed<D>(D);

/// One that opens all of its connections when it is built, as it does if nothing else is said.
pub(crate) fn pool<D: Driver>(driver: &D, size: usize) -> Pool<Managed<D>> {
    build(driver, size, None)
}

/// One that opens its connections as they are needed.
pub(crate) fn empty<D: Driver>(driver: &D, size: usize) -> Pool<Managed<D>> {
    build(driver, size, Some(0))
}

fn build<D: Driver>(driver: &D, size: usize, min_idle: Option<u32>) -> Pool<Managed<D>> {
    let size = u32::try_from(size).expect("a small pool");
    let builder = Pool::builder().max_size(size).min_idle(min_idle);
    let builder = builder.connection_timeout(TIMEOUT).test_on_check_out(false);
    builder.build(Managed(driver.clone())).expect("nothing can fail")
}

impl<D: Driver> ManageConnection for Managed<D> {
    type Connection = D::Connection;
    type Error = Infallible;

    fn connect(&self) -> Result<D::Connection, Infallible> {
        Ok(self.0.connect())
    }

    fn is_valid(&self, _: &mut D::Connection) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, _: &mut D::Connection) -> bool {
        false
    }
}

impl<D: Driver> Lends<D::Connection> for Pool<Managed<D>> {
    type Lent<'p> = PooledConnection<Managed<D>>;

    #[inline(always)]
    fn lend(&self) -> Self::Lent<'_> {
        self.get().expect("within the timeout")
    }

    fn lends_within(&self, timeout: Duration) -> Option<bool> {
        Some(self.get_timeout(timeout).is_ok())
    }
}
