//! A manager for the examples in this crate's documentation.

use crate::manager::{Manager, MayHang};
use crate::pool::Pool;
use std::convert::Infallible;
use std::time::Duration;

/// Hands out zeros.
#[derive(Debug, Clone, Copy)]
pub struct Numbers;

/// A pool of them, with every default.
pub fn numbers() -> Pool<Numbers> {
    Pool::new(Numbers)
}

impl Manager for Numbers {
    type Connection = u64;
    type Error = Infallible;

    fn connect(&self, _: Duration) -> Result<u64, Infallible> {
        Ok(0)
    }

    fn rollback(&self, _: &mut u64) -> Result<(), Infallible> {
        Ok(())
    }

    fn is_valid(&self, _: &mut u64, _: Duration) -> Result<(), Infallible> {
        Ok(())
    }

    fn may_hang(&self) -> MayHang {
        MayHang::NOTHING
    }
}
