//! deadpool, its recycling a formality.

use crate::awaited::LendsLater;
use crate::contenders::TIMEOUT;
use crate::driver::Driver;
use deadpool::Runtime;
use deadpool::managed::{Manager, Metrics, Object, Pool, RecycleResult, Timeouts};
use std::convert::Infallible;
use std::time::Duration;

/// A driver as deadpool wants it.
pub(crate) struct Managed<D>(D);

pub(crate) fn pool<D: Driver>(driver: &D, size: usize) -> Pool<Managed<D>> {
    let builder = Pool::builder(Managed(driver.clone())).max_size(size).runtime(Runtime::Tokio1);
    let timeouts = Timeouts { wait: Some(TIMEOUT), ..Timeouts::default() };
    builder.timeouts(timeouts).build().expect("the settings are sound")
}

impl<D: Driver> Manager for Managed<D> {
    type Type = D::Connection;
    type Error = Infallible;

    async fn create(&self) -> Result<D::Connection, Infallible> {
        Ok(self.0.connect())
    }

    async fn recycle(&self, _: &mut D::Connection, _: &Metrics) -> RecycleResult<Infallible> {
        Ok(())
    }
}

impl<D: Driver> LendsLater<D::Connection> for Pool<Managed<D>> {
    type Lent<'p> = Object<Managed<D>>;

    async fn lend(&self) -> Self::Lent<'_> {
        self.get().await.expect("within the timeout")
    }
    async fn lends_within(&self, timeout: Duration) -> Option<bool> {
        let timeouts = Timeouts { wait: Some(timeout), ..Timeouts::default() };
        Some(self.timeout_get(&timeouts).await.is_ok())
    }
}
