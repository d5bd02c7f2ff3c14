//! A handle of Queue can be sent to another thread; a thread gets its own handle of SingletonThread.

use cenote::doctest::Numbers;
use cenote::{Pool, SingletonThread};

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get().unwrap();
    let by_thread = Pool::builder(Numbers).strategy(SingletonThread::new()).build().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || drop(conn));
        scope.spawn(|| drop(by_thread.get().unwrap()));
    });
}
