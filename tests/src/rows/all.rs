//! Every law, and what it needs.

use super::{bad_days, lending, life};
use crate::backend::Backend;
use crate::promise::Promise;
use crate::table::Law;

/// Every law, as it is run for this driver and this strategy.
pub fn rows<B: Backend, S: Promise>() -> Vec<Law<B>> {
    let mut rows = lending::rows::<B, S>();
    rows.extend(life::rows::<B, S>());
    rows.extend(bad_days::rows::<B, S>());
    rows
}
