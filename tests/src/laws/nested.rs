//! Nested checkouts: one that would wait for its own thread is refused, where that was asked for.

use crate::backend::Backend;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::{Error, Queue};
use std::thread;
use std::time::Duration;

/// The error comes at once and names the first checkout.
pub fn a_checkout_that_waits_for_its_own_thread_is_refused<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).refuse_nested(true).build());
    let (first, line) = (pool.get().unwrap(), line!());
    let Err(Error::AlreadyCheckedOut { at, .. }) = pool.get_timeout(Duration::MAX) else {
        panic!("it was not refused")
    };
    assert_eq!((at.file(), at.line()), (file!(), line));
    assert_eq!(pool.status().waiting, 0);
    drop(first);
    assert!(pool.get().is_ok());
}

/// Another thread waits as ever.
pub fn a_checkout_of_another_thread_is_not_refused<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).refuse_nested(true).build());
    let first = pool.get().unwrap();
    thread::scope(|scope| {
        let other = scope.spawn(|| pool.get().map(drop).is_ok());
        wait_until("it waits", || pool.status().waiting == 1);
        drop(first);
        assert!(other.join().unwrap());
    });
}

/// One that need not wait is not refused.
pub fn a_nested_checkout_that_need_not_wait_is_served<B: Backend>(backend: &B) {
    let builder = pools::with(backend, Queue::new().size(2).max_overflow(0)).refuse_nested(true);
    let pool = built(builder.build());
    let (_first, _second) = (pool.get().unwrap(), pool.get().unwrap());
    assert!(matches!(pool.get(), Err(Error::AlreadyCheckedOut { .. })));
    assert!(pool.try_get().unwrap().is_none(), "one that does not wait is told as ever");
}

/// Without holders it cannot be known.
pub fn refusing_nested_ones_needs_holders<B: Backend, S: Promise>(backend: &B) {
    let builder = pools::narrow::<B, S>(backend).refuse_nested(true).holders(false);
    let error = builder.build().unwrap_err().to_string();
    assert!(error.starts_with("refuse_nested") && error.contains("holders"), "{error}");
}
