//! Each strategy has its own options.

use cenote::{Assertion, Null, Queue, SingletonThread, Static};

fn main() {
    let _ = Queue::new().size(3).max_overflow(0).lifo();
    let _ = Queue::new().unlimited_overflow().fifo();
    let _ = SingletonThread::new().size(3);
    let _ = (Null::new(), Static::new());
    let _ = Assertion::new().backtrace();
}
