//! Resizing: a queue grows and shrinks while it is used, and its limit holds.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::kit::wait::{WATCHDOG, wait_until};
use cenote::{CloseReason, Pool, Queue};
use std::thread;

fn strict<B: Backend>(backend: &B, size: usize) -> Pool<B::Manager> {
    built(pools::with(backend, Queue::new().size(size).max_overflow(0)).build())
}

/// Whoever waits has the new places at once.
pub fn growing_serves_those_who_wait<B: Backend>(backend: &B) {
    let pool = strict(backend, 1);
    let first = pool.get().unwrap();
    thread::scope(|scope| {
        let others: Vec<_> = (0..3).map(|_| scope.spawn(|| pool.get().map(drop).is_ok())).collect();
        wait_until("three wait", || pool.status().waiting == 3);
        pool.resize(2).unwrap();
        assert!(others.into_iter().all(|other| other.join().unwrap()));
    });
    drop(first);
    assert_eq!((pool.status().idle, pool.status().limit), (2, Some(2)));
    pool.resize_overflow(None).unwrap();
    let all: Vec<_> = (0..9).map(|_| pool.try_get().unwrap().unwrap()).collect();
    drop(all);
    assert_eq!(pool.status().idle, 2);
}

/// Idle connections that are too many are closed at once, the others when they come home; nobody is interrupted, and
/// none is lent beyond the new limit meanwhile.
pub fn shrinking_closes_what_is_too_much<B: Backend>(backend: &B) {
    let pool = strict(backend, 6);
    let mut out: Vec<_> = (0..6).map(|_| pool.get().unwrap()).collect();
    drop(out.split_off(4));
    pool.resize(2).unwrap();
    let status = pool.status();
    assert_eq!((status.idle, status.in_use, status.limit), (0, 4, Some(2)));
    assert_eq!(status.totals.closed_because(CloseReason::Surplus), 2);
    for conn in &mut out {
        backend.session(conn);
    }
    assert!(pool.try_get().unwrap().is_none());
    drop(out.pop());
    drop(out.pop());
    assert_eq!((pool.status().open, pool.status().idle), (2, 0), "too many are out still");
    assert!(pool.try_get().unwrap().is_none());
    drop(out.pop());
    assert_eq!((pool.status().open, pool.status().idle), (2, 1));
    let again = pool.get().unwrap();
    assert!(pool.try_get().unwrap().is_none());
    drop((again, out));
    assert_eq!((pool.status().open, pool.status().idle), (2, 2));
}

/// Those who wait while too many are out are served when enough have come home, and not before.
pub fn a_waiter_is_served_within_the_lowered_limit<B: Backend>(backend: &B) {
    let pool = strict(backend, 3);
    let mut out: Vec<_> = (0..3).map(|_| pool.get().unwrap()).collect();
    pool.resize(1).unwrap();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| pool.get().map(drop).is_ok());
        wait_until("one waits", || pool.status().waiting == 1);
        for open in [2, 1] {
            drop(out.pop());
            assert_eq!((pool.status().waiting, pool.status().open), (1, open));
        }
        drop(out.pop());
        assert!(waiter.join().unwrap());
    });
    assert_eq!((pool.status().idle, pool.status().totals.opened), (1, 3));
}

/// A limit that is lowered while few are open holds all the same.
pub fn a_lowered_limit_holds_on_a_pool_that_was_not_full<B: Backend>(backend: &B) {
    let pool = strict(backend, 10);
    pool.resize(3).unwrap();
    let out: Vec<_> = std::iter::from_fn(|| pool.try_get().unwrap()).collect();
    assert_eq!(out.len(), 3);
}

/// What makes no sense changes nothing.
pub fn a_size_that_makes_no_sense_is_refused<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(4).max_overflow(0).min_idle(2)).build());
    for (size, argument) in [(0, "size"), (Queue::<cenote::Affine>::LARGEST + 1, "size"), (1, "min_idle")] {
        let error = pool.resize(size).unwrap_err();
        assert!(error.to_string().starts_with(argument), "{error}");
    }
    assert_eq!((pool.status().kept, pool.status().limit), (4, Some(4)));
}

/// Resizing in the middle of everything loses no place and no connection.
pub fn resizing_in_the_middle_of_everything_loses_nothing<B: Backend>(backend: &B) {
    let pool = strict(backend, 2);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    drop(pool.get_timeout(WATCHDOG).unwrap());
                }
            });
        }
        for size in [1, 5, 2, 8, 3, 1, 4].into_iter().cycle().take(140) {
            pool.resize(size).unwrap();
        }
    });
    pool.resize(3).unwrap();
    wait_until("no worker brings any more what nobody waits for", || {
        let status = pool.status();
        status.connecting + status.in_use + status.closing == 0
    });
    let status = pool.status();
    assert!(status.idle <= 3 && status.idle == status.open, "{status:?}");
    assert_eq!((status.waiting, status.in_use), (0, 0));
    assert_eq!(status.totals.opened, status.totals.closed() + status.open as u64);
    let all: Vec<_> = std::iter::from_fn(|| pool.try_get().unwrap()).collect();
    assert_eq!(all.len(), 3);
}

/// A pool that has grown opens as many at a time as it may have.
pub fn a_grown_pool_opens_as_many_at_a_time(fake: &Fake) {
    let pool = strict(fake, 1);
    pool.resize(3).unwrap();
    let gate = fake.on(Call::Connect).times(3).blocks();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| drop(pool.get().unwrap()));
        }
        gate.wait_for_arrivals(3);
        gate.release();
    });
    wait_until("all three are open", || pool.status().totals.opened == 3);
}
