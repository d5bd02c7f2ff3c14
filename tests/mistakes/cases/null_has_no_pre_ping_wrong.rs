//! Null keeps no connection: none need be asked.

use cenote::doctest::Numbers;
use cenote::{Null, Pool, PrePing};

fn main() {
    let _ = Pool::builder(Numbers).strategy(Null::new()).pre_ping(PrePing::Always);
}
