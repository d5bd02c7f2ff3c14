//! How many connections there may be, and which are kept.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::Promise;
use cenote::{CloseReason, Manager, MayHang, Pool, Queue, Strategy};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The four figures of the original: size, idle, overflow below or above the size, checked out.
fn walk<M: Manager, S: Strategy>(pool: &Pool<M, S>) -> (usize, usize, isize, usize) {
    let status = pool.status();
    assert_eq!(status.open, status.idle + status.in_use);
    assert_eq!(status.overflow, status.open.saturating_sub(status.kept));
    (status.kept, status.idle, status.open as isize - status.kept as isize, status.in_use)
}

/// `test_queuepool_del` of SQLAlchemy, figure by figure.
pub fn sizes_walk_as_in_sqlalchemy<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(3).unlimited_overflow()).build());
    let out = || pool.get().unwrap();
    let mut six = Vec::new();
    for figures in [(3, 0, -2, 1), (3, 0, -1, 2), (3, 0, 0, 3), (3, 0, 1, 4), (3, 0, 2, 5), (3, 0, 3, 6)] {
        six.push(out());
        assert_eq!(walk(&pool), figures);
    }
    six.truncate(3);
    assert_eq!(walk(&pool), (3, 3, 3, 3));
    drop(six);
    assert_eq!(walk(&pool), (3, 3, 0, 0));
    let one = out();
    let two = out();
    assert_eq!(walk(&pool), (3, 1, 0, 2));
    drop(one);
    assert_eq!(walk(&pool), (3, 2, 0, 1));
    drop(two);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Surplus), 3);
}

/// However many threads come, no more than the limit are out at the same time.
pub fn the_limit_holds_under_many_threads<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 3).build());
    storm(backend, &pool, pool.status().limit.expect("a strategy that waits has a limit"));
}

/// The same where some of the connections are overflow, and where all are.
pub fn the_limit_holds_with_overflow<B: Backend>(backend: &B) {
    for (size, overflow) in [(2, 2), (0, 3), (1, 1)] {
        storm(backend, &built(pools::with(backend, overflowing(size, overflow)).build()), size + overflow);
    }
}

/// The driver never sees more than the limit open or connecting, those that are closing aside. Where a worker closes,
/// one that is closing looks open to the driver until it comes to that: so here the caller closes.
pub fn the_driver_never_sees_more_than_the_limit(fake: &Fake) {
    fake.limit(4);
    for queue in [overflowing(2, 2), overflowing(0, 4), overflowing(4, 0)] {
        let manager = fake.manager_that(MayHang { connect: fake.may_hang(), ..MayHang::NOTHING });
        storm(fake, &built(Pool::builder(manager).strategy(queue).timeout(WATCHDOG).build()), 4);
        fake.wait_until_closed(fake.count(Call::Connect));
    }
}

/// A connection beyond the size is closed at its return, when as many as are kept are idle.
pub fn overflow_is_closed_on_return<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, overflowing(1, 2)).build());
    let mut out = [(); 3].map(|()| pool.get().unwrap()).into_iter();
    assert_eq!((pool.status().open, pool.status().overflow), (3, 2));
    for (open, surplus) in [(3, 0), (2, 1), (1, 2)] {
        drop(out.next());
        assert_eq!(pool.status().open, open);
        assert_eq!(pool.status().totals.closed_because(CloseReason::Surplus), surplus);
    }
}

/// A surplus connection is closed, not rolled back: the driver sees one call.
pub fn a_surplus_connection_costs_the_driver_one_close(fake: &Fake) {
    let pool = built(pools::with(fake, overflowing(0, 1)).build());
    let conn = pool.get().unwrap();
    fake.forget();
    drop(conn);
    fake.wait_until_closed(1);
    assert_eq!(fake.sequence(), "close");
}

/// Of two that come home at the same moment only as many are kept as the size says, whichever is first.
pub fn returning_together_keeps_no_more_than_the_size(fake: &Fake) {
    for first in [0, 1] {
        let pool = built(pools::with(fake, overflowing(1, 1)).build());
        let both = [(); 2].map(|()| pool.get().unwrap());
        let gates = both.each_ref().map(|conn| fake.on(Call::Rollback).for_session(conn.session()).blocks());
        thread::scope(|scope| {
            let returns = both.map(|conn| scope.spawn(|| drop(conn)));
            gates.iter().for_each(|gate| gate.wait_for_arrivals(1));
            gates[first].release();
            wait_until("the first is home", || returns[first].is_finished());
            gates[1 - first].release();
        });
        assert_eq!((pool.status().open, pool.status().totals.closed_because(CloseReason::Surplus)), (1, 1));
    }
}

/// Without a limit nobody waits.
pub fn unlimited_overflow_serves_everybody<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(2).unlimited_overflow()).build());
    assert_eq!(pool.status().limit, None);
    let out: Vec<_> = (0..40).map(|_| pool.get().unwrap()).collect();
    assert_eq!(pool.status().in_use, 40);
    drop(out);
    assert_eq!((pool.status().open, pool.status().idle), (2, 2));
}

/// With no overflow the size is the limit.
pub fn zero_overflow_stops_at_the_size<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, overflowing(3, 0)).build());
    let out = [(); 3].map(|()| pool.get().unwrap());
    assert_eq!(pool.status().limit, Some(3));
    assert!(pool.try_get().unwrap().is_none());
    drop(out);
    assert_eq!((pool.status().open, pool.status().totals.closed()), (3, 0));
}

/// Size zero keeps nothing, and its overflow is still a limit.
pub fn size_zero_keeps_nothing<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, overflowing(0, 2)).build());
    let mut first = pool.get().unwrap();
    let session = backend.session(&mut first);
    let second = pool.get().unwrap();
    assert!(pool.try_get().unwrap().is_none());
    drop((first, second));
    assert_eq!((pool.status().open, pool.status().totals.closed_because(CloseReason::Surplus)), (0, 2));
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
}

/// Size zero without a limit is a pool that keeps nothing and refuses nobody.
pub fn size_zero_without_a_limit_serves_everybody<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(0).unlimited_overflow()).build());
    drop([(); 5].map(|()| pool.get().unwrap()));
    assert_eq!((pool.status().open, pool.status().totals.opened), (0, 5));
}

/// A connect that fails beyond the size leaves the counts as they were.
pub fn a_failed_overflow_connect_leaves_the_counts(fake: &Fake) {
    let pool = built(pools::with(fake, overflowing(1, 1)).build());
    let kept = pool.get().unwrap();
    let before = walk(&pool);
    fake.on(Call::Connect).times(3).fails();
    for _ in 0..3 {
        assert!(pool.get().is_err());
        assert_eq!((walk(&pool), pool.status().connecting), (before, 0));
    }
    drop(pool.get().unwrap());
    drop(kept);
}

/// Rounds of more than are kept close only the surplus, each once.
pub fn rounds_over_the_size_close_only_the_surplus<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, overflowing(2, 2)).build());
    for round in 1..=5 {
        drop([(); 4].map(|()| pool.get().unwrap()));
        let totals = pool.status().totals;
        assert_eq!((totals.opened, totals.closed()), (2 + 2 * round, 2 * round));
    }
}

fn overflowing(size: usize, overflow: usize) -> Queue {
    Queue::new().size(size).max_overflow(overflow)
}

/// Twice eight threads get and return; the most that were out at the same time are at most the limit.
fn storm<B: Backend, S: Strategy>(backend: &B, pool: &Pool<B::Manager, S>, limit: usize) {
    let (out, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let mut conn = pool.get().unwrap();
                    most.fetch_max(out.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    backend.session(&mut conn);
                    out.fetch_sub(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(most.into_inner() <= limit);
    // A worker that comes with a connection nobody waits for any more brings it home first, and closes it then.
    wait_until("what comes late has arrived, and no more are open than are kept", || {
        let status = pool.status();
        status.in_use + status.connecting == 0 && status.open <= status.kept
    });
    let status = pool.status();
    assert_eq!((status.waiting, status.totals.checkouts, status.totals.timeouts), (0, 800, 0));
}
