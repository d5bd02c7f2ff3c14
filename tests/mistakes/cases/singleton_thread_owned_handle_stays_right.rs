//! The pool can, and so can an owned handle of Queue.

use cenote::doctest::Numbers;
use cenote::{Pool, SingletonThread};

fn sendable(_: impl Send) {}

fn main() {
    sendable(Pool::builder(Numbers).strategy(SingletonThread::new()).build().unwrap());
    sendable(Pool::new(Numbers).get_owned().unwrap());
}
