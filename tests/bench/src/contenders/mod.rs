//! The contenders: each pool behind one trait, with the same size, the same timeout, and no validation.

pub(crate) mod bb8;
pub(crate) mod by_hand;
pub(crate) mod cenote;
pub(crate) mod deadpool;
pub(crate) mod fastpool;
pub(crate) mod limit;
pub(crate) mod mutex_vec;
pub(crate) mod opool;
pub(crate) mod r2d2;

use std::time::Duration;

/// How long a get may wait, for each pool that can be told.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);
