//! What has no size cannot be resized, and has no upkeep.

use cenote::doctest::Numbers;
use cenote::{Pool, SingletonThread, Static};

fn main() {
    let pool = Pool::builder(Numbers).strategy(Static::new()).build().unwrap();
    pool.resize(2).unwrap();
    let _ = SingletonThread::new().min_idle(1);
}
