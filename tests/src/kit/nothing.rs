//! `Nothing`: a driver that costs nothing, for what is counted of the pool alone.

use cenote::{Manager, MayHang};
use std::convert::Infallible;
use std::time::Duration;

/// Connects to nothing.
#[derive(Debug)]
pub struct Nothing;

impl Manager for Nothing {
    type Connection = ();
    type Error = Infallible;

    fn connect(&self, _: Duration) -> Result<(), Infallible> {
        Ok(())
    }

    fn rollback(&self, (): &mut ()) -> Result<(), Infallible> {
        Ok(())
    }

    fn is_valid(&self, (): &mut (), _: Duration) -> Result<(), Infallible> {
        Ok(())
    }

    fn may_hang(&self) -> MayHang {
        MayHang::NOTHING
    }
}
