//! Where connections are kept, they can be asked.

use cenote::doctest::Numbers;
use cenote::{Assertion, Pool, PrePing};

fn main() {
    let _ = Pool::builder(Numbers).strategy(Assertion::new()).pre_ping(PrePing::Always);
}
