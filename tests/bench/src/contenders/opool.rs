//! opool: an object pool that makes another one when it is empty, and never lets anybody wait.

use crate::contender::Lends;
use crate::driver::Driver;
use opool::{Pool, PoolAllocator, RefGuard};

/// A driver as opool wants it.
pub(crate) struct Allocator<D>(D);

pub(crate) fn pool<D: Driver>(driver: &D, size: usize) -> Pool<Allocator<D>, D::Connection> {
    Pool::new_prefilled(size, Allocator(driver.clone()))
}

impl<D: Driver> PoolAllocator<D::Connection> for Allocator<D> {
    fn allocate(&self) -> D::Connection {
        self.0.connect()
    }
}

impl<D: Driver> Lends<D::Connection> for Pool<Allocator<D>, D::Connection> {
    type Lent<'p> = RefGuard<'p, Allocator<D>, D::Connection>;

    #[inline(always)]
    fn lend(&self) -> Self::Lent<'_> {
        self.get()
    }
}
