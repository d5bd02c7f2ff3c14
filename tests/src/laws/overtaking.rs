//! Who may be served before one that waits.

use crate::backend::Backend;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use cenote::{Manager, Pool, Queue, Static, Strategy};
use parking_lot::Mutex;
use std::thread;

/// What the documentation of `Queue` says.
const BOUND: usize = 48;

/// First come, first served, however quickly others come back.
pub fn nobody_is_overtaken_in_a_strict_queue<B: Backend>(backend: &B) {
    let strict = || Queue::new().size(1).max_overflow(0).strict();
    let (affine, lifo) = (pools::with(backend, strict()), pools::with(backend, strict().lifo()));
    let (affine, lifo) = (built(affine.build()), built(lifo.build()));
    for _ in 0..300 {
        assert_eq!((overtakes(&affine), overtakes(&lifo)), (0, 0));
    }
}

/// It happens, which shows that the law above can tell; and not more often than it may.
pub fn one_that_wakes_up_is_overtaken_within_the_bound<B: Backend>(backend: &B) {
    let queue = || Queue::new().size(1).max_overflow(0);
    happens_within_the_bound(&built(pools::with(backend, queue()).build()));
    happens_within_the_bound(&built(pools::with(backend, queue().fifo()).build()));
}

/// The same where all share one connection.
pub fn one_that_waits_its_turn_is_overtaken_within_the_bound<B: Backend>(backend: &B) {
    happens_within_the_bound(&built(pools::with(backend, Static::new()).build()));
}

fn happens_within_the_bound<M: Manager, S: Strategy>(pool: &Pool<M, S>) {
    let mut most = 0;
    for _ in 0..300 {
        most = most.max(overtakes(pool));
        assert!(most <= BOUND, "one was overtaken {most} times");
    }
    wait_until("one is overtaken", || overtakes(pool).max(most) > 0);
}

/// Two wait, and another returns its connection and comes again at once, until both have been served: how often was it
/// before the first of them? They are served in the order in which they came.
fn overtakes<M: Manager, S: Strategy>(pool: &Pool<M, S>) -> usize {
    let first = pool.get().unwrap();
    let served = Mutex::new(Vec::new());
    let mut times = 0;
    thread::scope(|scope| {
        for number in 1..=2 {
            let served = &served;
            scope.spawn(move || {
                let conn = pool.get().unwrap();
                served.lock().push(number);
                drop(conn);
            });
            wait_until("the other waits", || pool.status().waiting == number);
        }
        drop(first);
        while served.lock().len() < 2 {
            let again = pool.get().unwrap();
            times += usize::from(served.lock().is_empty());
            drop(again);
        }
    });
    assert_eq!(*served.lock(), [1, 2], "one that was overtaken {times} times has lost its turn");
    times
}
