//! `at_end`: something that a thread does when it ends, among the destructors of its thread-locals.

use std::cell::RefCell;

/// Has this thread do something when it ends. It must not panic: that would end the process.
pub fn at_end(act: impl FnOnce() + 'static) {
    LAST.with_borrow_mut(|last| last.0.push(Box::new(act)));
}

thread_local! {
    static LAST: RefCell<Last> = const { RefCell::new(Last(Vec::new())) };
}

struct Last(Vec<Box<dyn FnOnce()>>);

impl Drop for Last {
    fn drop(&mut self) {
        self.0.drain(..).for_each(|act| act());
    }
}
