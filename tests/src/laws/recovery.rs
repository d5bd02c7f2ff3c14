//! Recovery: the place of a connection that nobody brings back is used again, and one that comes back is closed.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::kit::meeting::Meeting;
use crate::kit::panics::unwinds;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use cenote::testing::ManualClock;
use cenote::{CloseReason, Pool, PooledConnection, Queue, Strategy};
use std::thread;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(60);

fn strict<B: Backend>(backend: &B) -> Pool<B::Manager> {
    built(pools::with(backend, Queue::new().size(1).max_overflow(0)).build())
}

/// Whoever waits has the place at once; the one that comes back is closed, once, and nothing is counted twice.
pub fn a_lost_place_is_used_again<B: Backend>(backend: &B) {
    let pool = strict(backend);
    let (mut lost, line) = (pool.get().unwrap(), line!());
    let session = backend.session(&mut lost);
    thread::scope(|scope| {
        let waiter = scope.spawn(|| backend.session(&mut pool.get().unwrap()));
        wait_until("one waits", || pool.status().waiting == 1);
        let found = pool.recover(Duration::ZERO);
        assert_eq!((found.len(), found[0].call_site().line()), (1, line));
        assert_ne!(waiter.join().unwrap(), session);
    });
    let status = pool.status();
    assert_eq!((status.open, status.idle, status.recovered), (1, 1, 1));
    assert!(pool.holders().is_empty() && pool.recover(Duration::ZERO).is_empty(), "it is known already");
    assert_eq!(backend.session(&mut lost), session, "it can still be used");
    drop(lost);
    let status = pool.status();
    assert_eq!((status.open, status.idle, status.recovered), (1, 1, 0));
    assert_eq!((status.totals.closed_because(CloseReason::Recovered), status.totals.closed()), (1, 1));
    let only = pool.get().unwrap();
    assert!(pool.try_get().unwrap().is_none());
    drop(only);
}

/// In every order, with a slot and without, and however it comes back.
pub fn what_comes_back_late_frees_no_place_twice(fake: &Fake) {
    late(fake, Queue::new().size(2).max_overflow(1));
    late(fake, Queue::new().size(2).max_overflow(1).lifo());
    late(fake, Queue::new().size(2).max_overflow(1).fifo());
}

fn late<O: cenote::Order>(fake: &Fake, queue: Queue<O>)
where
    Queue<O>: Strategy,
{
    for how in 0..5 {
        let pool = built(pools::with(fake, queue.clone()).build());
        let lost: Vec<_> = (0..3).map(|_| pool.get().unwrap()).collect();
        assert_eq!(pool.recover(Duration::ZERO).len(), 3);
        let others: Vec<_> = (0..3).map(|_| pool.try_get().unwrap().unwrap()).collect();
        assert!(pool.try_get().unwrap().is_none());
        for conn in lost {
            match how {
                0 => drop(conn),
                1 => PooledConnection::invalidate(conn),
                2 => drop(PooledConnection::detach(conn)),
                3 => unwinds(conn),
                _ => {
                    pool.invalidate();
                    drop(conn);
                }
            }
        }
        wait_until("they are closed", || pool.status().closing == 0);
        assert_eq!((pool.status().open, pool.status().recovered), (3, 0));
        assert!(pool.try_get().unwrap().is_none());
        drop(others);
        let all: Vec<_> = std::iter::from_fn(|| pool.try_get().unwrap()).collect();
        assert_eq!(all.len(), 3);
    }
}

/// Only what has been out for so long is recovered.
pub fn what_is_out_for_a_short_time_is_not_lost<B: Backend>(backend: &B) {
    let clock = ManualClock::new();
    let pool = built(pools::with(backend, Queue::new().size(3)).clock(&clock).build());
    let old = pool.get().unwrap();
    clock.advance(LONG);
    let young = pool.get().unwrap();
    drop(pool.get().unwrap());
    assert!(pool.recover(LONG + Duration::from_secs(1)).is_empty());
    let lost = pool.recover(LONG);
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].connection(), PooledConnection::id(&old));
    drop((old, young));
    assert_eq!((pool.status().idle, pool.status().recovered), (2, 0));
}

/// A handle that was forgotten costs its connection, and not the pool's end.
pub fn a_forgotten_handle_does_not_hold_up_the_end(fake: &Fake) {
    let pool = strict(fake);
    let mut conn = pool.get_owned().unwrap();
    fake.session(&mut conn);
    fake.taken(&conn);
    std::mem::forget(conn);
    assert_eq!(pool.recover(Duration::ZERO).len(), 1);
    drop(pool.get().unwrap());
    pool.close_and_wait(LONG).unwrap();
}

/// A recovery that meets the return: one of them frees the place.
pub fn a_recovery_that_meets_a_return_frees_one_place(fake: &Fake) {
    let pool = built(pools::with(fake, Queue::new().size(2).max_overflow(0)).build());
    let meeting = Meeting::of(3);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let conn = pool.get().unwrap();
                    meeting.wait();
                    drop(conn);
                    meeting.wait();
                    meeting.wait();
                }
            });
        }
        for _ in 0..200 {
            meeting.wait();
            drop(pool.recover(Duration::ZERO));
            meeting.wait();
            let status = pool.status();
            assert_eq!((status.in_use, status.recovered, status.open), (0, 0, status.idle), "{status:?}");
            assert!(status.open <= 2);
            meeting.wait();
        }
    });
    let all: Vec<_> = std::iter::from_fn(|| pool.try_get().unwrap()).collect();
    assert_eq!(all.len(), 2);
}
