//! What tests of pools need and programs do not: a clock that is moved by hand.

pub use crate::time::ManualClock;
