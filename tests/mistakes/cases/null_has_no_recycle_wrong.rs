//! Null keeps no connection: none can grow old.

use cenote::doctest::Numbers;
use cenote::{Null, Pool};
use std::time::Duration;

fn main() {
    let _ = Pool::builder(Numbers).strategy(Null::new()).recycle(Duration::from_secs(60));
}
