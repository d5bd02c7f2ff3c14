//! A shared handle is its thread's, and cannot be sent away.

use cenote::Pool;
use cenote::doctest::Numbers;

fn sendable(_: impl Send) {}

fn main() {
    sendable(Pool::new(Numbers).get_shared().unwrap());
}
