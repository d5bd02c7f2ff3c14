//! A queue of any order can, and has it.

use cenote::doctest::Numbers;
use cenote::{Pool, Queue};

fn main() {
    let pool = Pool::builder(Numbers).strategy(Queue::new().fifo().min_idle(1)).build().unwrap();
    pool.resize(2).unwrap();
}
