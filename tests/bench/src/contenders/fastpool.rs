//! fastpool, which knows no timeout of its own.

#![expect(deprecated, reason = "it is measured as it is, whatever it is called by now")]

use crate::awaited::LendsLater;
use crate::driver::Driver;
use fastpool::bounded::{Object, Pool, PoolConfig};
use fastpool::{ManageObject, ObjectStatus};
use std::convert::Infallible;
use std::sync::Arc;

/// A driver as fastpool wants it.
pub(crate) struct Managed<D>(D);

pub(crate) fn pool<D: Driver>(driver: &D, size: usize) -> Arc<Pool<Managed<D>>> {
    Pool::new(PoolConfig::new(size), Managed(driver.clone()))
}

impl<D: Driver> ManageObject for Managed<D> {
    type Object = D::Connection;
    type Error = Infallible;

    async fn create(&self) -> Result<D::Connection, Infallible> {
        Ok(self.0.connect())
    }

    async fn is_recyclable(&self, _: &mut D::Connection, _: &ObjectStatus) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<D: Driver> LendsLater<D::Connection> for Arc<Pool<Managed<D>>> {
    type Lent<'p> = Object<Managed<D>>;

    async fn lend(&self) -> Self::Lent<'_> {
        let Ok(object) = self.get().await;
        object
    }
}
