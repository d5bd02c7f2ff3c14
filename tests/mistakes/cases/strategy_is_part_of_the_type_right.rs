//! The default strategy need not be named; others are.

use cenote::doctest::Numbers;
use cenote::{Lifo, Pool, Queue};

fn main() {
    let _: Pool<Numbers> = Pool::builder(Numbers).build().unwrap();
    let _: Pool<Numbers, Queue<Lifo>> = Pool::builder(Numbers).strategy(Queue::new().lifo()).build().unwrap();
}
