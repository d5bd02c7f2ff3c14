//! bb8, its test at checkout off.

use crate::awaited::{LendsLater, RUNTIME};
use crate::contenders::TIMEOUT;
use crate::driver::Driver;
use bb8::{ManageConnection, Pool, PooledConnection};
use std::convert::Infallible;
use std::time::Duration;
use tokio::time;

/// A driver as bb8 wants it.
pub(crate) struct Managed<D>(D);

pub(crate) fn pool<D: Driver>(driver: &D, size: usize) -> Pool<Managed<D>> {
    let size = u32::try_from(size).expect("a small pool");
    let builder = Pool::builder().max_size(size).connection_timeout(TIMEOUT).test_on_check_out(false);
    let Ok(pool) = RUNTIME.block_on(builder.build(Managed(driver.clone())));
    pool
}

impl<D: Driver> ManageConnection for Managed<D> {
    type Connection = D::Connection;
    type Error = Infallible;

    async fn connect(&self) -> Result<D::Connection, Infallible> {
        Ok(self.0.connect())
    }

    async fn is_valid(&self, _: &mut D::Connection) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, _: &mut D::Connection) -> bool {
        false
    }
}

impl<D: Driver> LendsLater<D::Connection> for Pool<Managed<D>> {
    type Lent<'p> = PooledConnection<'p, Managed<D>>;

    async fn lend(&self) -> Self::Lent<'_> {
        self.get().await.expect("within the timeout")
    }
    /// Its timeout is the whole pool's. A get of another is wrapped from without, in what bb8 itself wraps it in.
    async fn lends_within(&self, timeout: Duration) -> Option<bool> {
        Some(time::timeout(timeout, self.get()).await.is_ok_and(|got| got.is_ok()))
    }
}
