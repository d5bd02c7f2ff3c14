//! Where connections are kept, they can grow old.

use cenote::doctest::Numbers;
use cenote::{Pool, Static};
use std::time::Duration;

fn main() {
    let _ = Pool::builder(Numbers).strategy(Static::new()).recycle(Duration::from_secs(60));
}
