//! A pool that is emptied and goes on: what is idle goes at once, what is out when it comes home, and the limit holds.

use super::waiting::{Handle, serves_a_waiter};
use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::meeting::Meeting;
use crate::kit::panics::scripted_panic;
use crate::kit::pools::{self, built};
use crate::promise::Promise;
use cenote::{CloseReason, Event, Pool, Queue};
use std::thread;

/// It opens nothing, costs the driver one close for each idle connection, and the next checkout opens as the first did.
pub fn a_dispose_costs_the_driver_one_close<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    pool.dispose();
    assert_eq!(fake.sequence(), "");
    drop(pool.get().unwrap());
    pool.dispose();
    fake.wait_until_closed(1);
    pool.dispose();
    drop(pool.get().unwrap());
    assert_eq!(fake.sequence(), "connect, rollback, has_broken, close, connect, rollback, has_broken");
}

/// It closes no connection that anybody has out, in whatever thread: each can be used on, and goes when it comes home.
pub fn a_dispose_closes_nothing_that_is_out<B: Backend, S: Promise>(backend: &B) {
    const THREADS: usize = 3;
    let pool = built(pools::wide::<B, S>(backend, THREADS).build());
    let meeting = Meeting::of(THREADS + 1);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut conn = pool.get().unwrap();
                let session = backend.session(&mut conn);
                meeting.wait();
                meeting.wait();
                assert_eq!(backend.session(&mut conn), session);
                drop(conn);
                meeting.wait();
            });
        }
        meeting.wait();
        pool.dispose();
        assert_eq!((pool.status().in_use, pool.status().totals.closed()), (THREADS, 0));
        meeting.wait();
        meeting.wait();
        assert_eq!((pool.status().in_use, pool.status().open), (0, 0));
        assert_eq!(pool.status().totals.closed_because(CloseReason::Outdated), THREADS as u64);
    });
}

/// With all out, no more are to be had than before, and after they came home no fewer and no more.
pub fn a_dispose_frees_no_place_that_is_taken<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    let limit = pool.status().limit.expect("a strategy that waits has a limit");
    let all = || (0..limit).map(|_| pool.get().unwrap()).collect::<Vec<_>>();
    for round in 1..=3 {
        let out = all();
        pool.dispose();
        assert!(pool.try_get().unwrap().is_none(), "one more than the limit");
        drop(out);
        let status = pool.status();
        assert_eq!((status.open, status.overflow, status.totals.closed()), (0, 0, round * limit as u64));
    }
    let out = all();
    assert!(pool.try_get().unwrap().is_none());
    drop(out);
}

/// The return after it serves a waiter, with a new connection.
pub fn a_return_after_a_dispose_serves_a_waiter<B: Backend, S: Promise>(backend: &B) {
    fn returns<B: Backend, S: Promise>(conn: Handle<'_, B, S>, pool: &Pool<B::Manager, S>) {
        pool.dispose();
        drop(conn);
    }
    serves_a_waiter::<B, S>(backend, returns::<B, S>, 2);
}

/// Observers that panic keep nothing open: neither in a dispose nor in a close.
pub fn observers_that_panic_keep_nothing_open(fake: &Fake) {
    for closes in [false, true] {
        let pool = built(pools::with(fake, Queue::new().size(3).max_overflow(0)).build());
        pool.observer(|event: &Event| scripted_panic(event.name()));
        let before = fake.closed();
        drop([(); 3].map(|()| pool.get().unwrap()));
        if closes {
            pool.close();
        } else {
            pool.dispose();
        }
        fake.wait_until_closed(before + 3);
        assert_eq!((pool.status().open, fake.count(Call::Close)), (0, before + 3));
        assert_eq!(pool.get().is_ok(), !closes);
        pool.close();
        fake.wait_until_closed(fake.count(Call::Connect));
    }
}

/// Static's one connection too: it is closed, and the next one is another.
pub fn a_dispose_spares_no_strategy<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let session = backend.session(&mut pool.get().unwrap());
    pool.dispose();
    assert_eq!((pool.status().open, pool.status().totals.closed()), (0, 1));
    let mut conn = pool.get().unwrap();
    assert_ne!(backend.session(&mut conn), session);
    assert_eq!(pool.status().totals.opened, 2);
}
