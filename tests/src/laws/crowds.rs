//! Many callers at once, and what each of them is owed.

use super::waiting::until_waiting;
use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::meeting::Meeting;
use crate::kit::pools::{self, built};
use crate::kit::stopwatch::Stopwatch;
use crate::promise::Promise;
use cenote::{Error, Fault, Pool, PooledConnection, Queue, Strategy};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// After an invalidation one reconnect serves all that wait, one after the other.
pub fn one_reconnect_serves_all_that_wait<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let conn = pool.get().unwrap();
    thread::scope(|scope| {
        let waiters = [(); 5].map(|()| scope.spawn(|| backend.session(&mut pool.get().unwrap())));
        until_waiting(&pool, 5);
        pool.invalidate();
        PooledConnection::invalidate(conn);
        let sessions = waiters.map(|waiter| waiter.join().unwrap());
        assert!(sessions.iter().all(|session| *session == sessions[0]), "{sessions:?}");
    });
    assert_eq!((pool.status().totals.opened, pool.status().totals.timeouts), (2, 0));
}

/// A newcomer does not overtake one that waits: what comes home is the waiter's before anybody can ask for it.
pub fn a_newcomer_does_not_overtake_one_that_waits<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    for _ in 0..50 {
        let conn = pool.get().unwrap();
        let (over, until_over) = channel::<()>();
        thread::scope(|scope| {
            let pool = &pool;
            let waiter = scope.spawn(move || {
                let _conn = pool.get().unwrap();
                assert!(until_over.recv().is_err());
            });
            until_waiting(pool, 1);
            drop(conn);
            let overtakes = pool.try_get().unwrap().is_some();
            drop(over);
            waiter.join().unwrap();
            assert!(!overtakes, "a newcomer has what a waiter was owed");
        });
    }
}

/// However many compete, nobody is told that its time is over before it is.
pub fn nobody_times_out_early<B: Backend, S: Promise>(backend: &B) {
    const PATIENCE: Duration = Duration::from_millis(3);
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    // Opened beforehand: a driver that bounds its connect would have to fail at the deadline.
    drop((0..pool.status().limit.unwrap()).map(|_| pool.get().unwrap()).collect::<Vec<_>>());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..40 {
                    let waited = Stopwatch::start();
                    match pool.get_timeout(PATIENCE) {
                        Ok(mut conn) => drop(backend.session(&mut conn)),
                        Err(error) => {
                            assert!(error.is_timeout() && waited.elapsed() >= PATIENCE, "{error}");
                        }
                    }
                }
            });
        }
    });
    let only = (0..pool.status().limit.unwrap()).map(|_| pool.get().unwrap()).collect::<Vec<_>>();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let waited = Stopwatch::start();
                assert!(pool.get_timeout(PATIENCE).is_err_and(|error| error.is_timeout()));
                assert!(waited.elapsed() >= PATIENCE);
            });
        }
    });
    drop(only);
}

/// Each of many callers that cannot connect has the driver's own error, and at once.
pub fn each_caller_has_the_connect_error<S: Promise>(fake: &Fake) {
    const THREADS: usize = 4;
    let pool = built(pools::wide::<_, S>(fake, THREADS).timeout(Duration::MAX).build());
    fake.on(Call::Connect).times(THREADS).fails_with(Fault::Refused);
    let (gathered, meeting) = (Meeting::of(THREADS), Meeting::of(THREADS));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                gathered.wait();
                let error = pool.get().unwrap_err();
                assert!(matches!(error, Error::Connect { .. }), "{error}");
                assert_eq!(error.driver_error().map(|error| error.fault), Some(Fault::Refused));
                meeting.wait();
            });
        }
    });
    assert_eq!(pool.status().totals.connect_errors, THREADS as u64);
}

/// A timeout that carries the last connect error leaves it for the next one.
pub fn every_timeout_carries_the_last_connect_error(fake: &Fake) {
    let pool = built(pools::with(fake, Queue::new().size(1).max_overflow(1)).build());
    let _first = pool.get().unwrap();
    fake.on(Call::Connect).times(1).fails_with(Fault::Transient);
    assert!(pool.get().is_err());
    let gate = fake.on(Call::Connect).times(1).blocks();
    thread::scope(|scope| {
        let holds = scope.spawn(|| pool.get().map(drop).is_ok());
        gate.wait_for_arrivals(1);
        for _ in 0..3 {
            let error = pool.get_timeout(Duration::from_millis(1)).unwrap_err();
            let cause = error.driver_error().map(|error| error.fault);
            assert_eq!((error.is_timeout(), cause), (true, Some(Fault::Transient)), "{error}");
        }
        gate.release();
        assert!(holds.join().unwrap());
    });
}

/// A timeout says how long its caller waited, to the millisecond.
pub fn a_timeout_says_how_long_it_was<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let _only = pool.get().unwrap();
    for (patience, words) in [(0, "after 0.000 s"), (1, "after 0.001 s"), (12, "after 0.012 s")] {
        let patience = Duration::from_millis(patience);
        let Err(Error::Timeout { report, .. }) = pool.get_timeout(patience) else { panic!("it is taken") };
        assert_eq!(report.waited(), patience);
        assert!(report.to_string().contains(words), "{report}");
    }
}

/// A queue of any size lends all that it may, and keeps all that it should.
pub fn a_queue_of_any_size_lends_all_of_it<B: Backend>(backend: &B) {
    for size in [1, 2, 3, 7, 8, 9, 23, 24, 25, 31, 32, 33, 63, 64, 65] {
        let queue = || Queue::new().size(size).max_overflow(0);
        lends_all(&built(pools::with(backend, queue()).build()), size);
        lends_all(&built(pools::with(backend, queue().lifo()).build()), size);
        lends_all(&built(pools::with(backend, queue().fifo()).build()), size);
    }
}

/// A status that is asked for while everything moves makes sense in itself.
pub fn a_status_taken_in_a_storm_makes_sense<B: Backend, S: Promise>(backend: &B) {
    const THREADS: usize = 4;
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let asks = || {
            while !over.load(Ordering::SeqCst) {
                let status = pool.status();
                let most = status.limit.unwrap_or(THREADS);
                assert_eq!(status.open, status.idle + status.in_use, "{status:?}");
                assert!(status.open <= most && status.waiting <= THREADS, "{status:?}");
                assert!(status.connecting <= most && status.overflow <= most, "{status:?}");
            }
        };
        let asking = scope.spawn(asks);
        let threads = [0, 1, 2, 3].map(|thread| {
            let pool = &pool;
            scope.spawn(move || {
                for cycle in 0..200 {
                    match pool.get() {
                        Ok(conn) if (cycle + thread) % 7 == 0 => PooledConnection::invalidate(conn),
                        Ok(mut conn) => drop(backend.session(&mut conn)),
                        Err(error) => assert!(matches!(error, Error::AlreadyCheckedOut { .. }), "{error}"),
                    }
                }
            })
        });
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        over.store(true, Ordering::SeqCst);
        asking.join().unwrap();
    });
}

fn lends_all<M: cenote::Manager, S: Strategy>(pool: &Pool<M, S>, size: usize) {
    for _ in 0..2 {
        let all: Vec<_> = (0..size).map(|_| pool.try_get().unwrap().expect("one more may be open")).collect();
        assert!(pool.try_get().unwrap().is_none(), "one more than {size}");
        drop(all);
        let status = pool.status();
        assert_eq!((status.idle, status.totals.opened), (size, size as u64));
    }
}
