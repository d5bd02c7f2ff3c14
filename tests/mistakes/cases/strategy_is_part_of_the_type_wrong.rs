//! Pools of different strategies are different types, and so are queues of different orders.

use cenote::doctest::Numbers;
use cenote::{Fifo, Pool, Queue};

fn main() {
    let _: Pool<Numbers> = Pool::builder(Numbers).strategy(Queue::new().lifo()).build().unwrap();
    let _: Pool<Numbers, Queue<Fifo>> = Pool::builder(Numbers).strategy(Queue::new().lifo()).build().unwrap();
}
