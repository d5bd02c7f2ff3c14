//! Nor can an owned one.

use cenote::doctest::Numbers;
use cenote::{Pool, SingletonThread};

fn sendable(_: impl Send) {}

fn main() {
    let pool = Pool::builder(Numbers).strategy(SingletonThread::new()).build().unwrap();
    sendable(pool.get_owned().unwrap());
}
