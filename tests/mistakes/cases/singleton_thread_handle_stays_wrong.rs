//! A handle of SingletonThread cannot be sent to another thread.

use cenote::doctest::Numbers;
use cenote::{Pool, SingletonThread};

fn main() {
    let pool = Pool::builder(Numbers).strategy(SingletonThread::new()).build().unwrap();
    let conn = pool.get().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || drop(conn));
    });
}
