//! The last handle can be made into one that can be sent.

use cenote::doctest::Numbers;
use cenote::{Pool, SharedConnection};

fn sendable(_: impl Send) {}

fn main() {
    sendable(SharedConnection::try_unwrap(Pool::new(Numbers).get_shared().unwrap()).unwrap());
}
