//! What means something for Queue only does not exist elsewhere.

use cenote::{Assertion, Null, SingletonThread, Static};

fn main() {
    let _ = Static::new().max_overflow(0);
    let _ = SingletonThread::new().lifo();
    let _ = Null::new().size(3);
    let _ = Assertion::new().unlimited_overflow();
}
