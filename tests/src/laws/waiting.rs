//! Who is served when nothing is free: the oldest waiter, by every event that frees capacity.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::panics::{panics_at, scripted, unwinds};
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::{CloseReason, Error, Manager, Pool, PooledConnection, Queue, Strategy};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

pub(super) type Handle<'p, B, S> = PooledConnection<'p, <B as Backend>::Manager, S>;

/// Waits until so many callers stand in line.
pub(super) fn until_waiting<M: Manager, S: Strategy>(pool: &Pool<M, S>, callers: usize) {
    wait_until(&format!("{callers} callers wait"), || pool.status().waiting == callers);
}

/// Whoever came first is served first.
pub fn waiters_are_served_first_come_first_served<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let served = AtomicUsize::new(0);
    let only = pool.get().unwrap();
    thread::scope(|scope| {
        for number in 0..6 {
            let (pool, served) = (&pool, &served);
            scope.spawn(move || {
                let _conn = pool.get().unwrap();
                assert_eq!(served.fetch_add(1, Ordering::SeqCst), number, "overtaken");
            });
            until_waiting(pool, number + 1);
        }
        drop(only);
    });
    assert_eq!((served.into_inner(), pool.status().waiting), (6, 0));
}

/// A waiter that leaves does not hold up those behind it.
pub fn a_waiter_that_leaves_is_passed_over<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let only = pool.get().unwrap();
    thread::scope(|scope| {
        let patient = scope.spawn(|| {
            assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
            pool.get().is_ok()
        });
        wait_until("the first wait is over", || pool.status().totals.timeouts == 1);
        until_waiting(&pool, 1);
        drop(only);
        assert!(patient.join().unwrap());
    });
}

/// Waiters that leave just as they are served lose nothing: what they were given goes on to the next.
pub fn nothing_is_lost_on_waiters_that_leave<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    thread::scope(|scope| {
        for thread in 0..8 {
            let pool = &pool;
            scope.spawn(move || {
                for cycle in 0..100_u64 {
                    let patience = Duration::from_micros((cycle * 37 + thread * 11) % 200);
                    match pool.get_timeout(patience) {
                        Ok(mut conn) => drop(backend.session(&mut conn)),
                        // A driver that bounds its connect may be the first to find that the time is over.
                        Err(error) => {
                            assert!(error.is_timeout() || error.driver_error().is_some(), "{error}");
                        }
                    }
                }
            });
        }
    });
    wait_until("what comes late has arrived", || pool.status().in_use + pool.status().connecting == 0);
    let status = pool.status();
    assert_eq!((status.waiting, status.open), (0, status.idle));
    let limit = status.limit.expect("a strategy that waits has a limit");
    drop((0..limit).map(|_| pool.get().unwrap()).collect::<Vec<_>>());
}

/// Many more callers than connections are all served.
pub fn a_crowd_is_served<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 3).build());
    let all_out: Vec<_> = (0..pool.status().limit.unwrap()).map(|_| pool.get().unwrap()).collect();
    thread::scope(|scope| {
        for _ in 0..200 {
            scope.spawn(|| backend.session(&mut pool.get().unwrap()));
        }
        until_waiting(&pool, 200);
        drop(all_out);
    });
    let status = pool.status();
    assert_eq!((status.waiting, status.in_use, status.totals.timeouts), (0, 0, 0));
    assert_eq!(status.totals.closed(), 0);
}

/// The return of a connection serves a waiter, with that connection.
pub fn a_return_serves_a_waiter<B: Backend, S: Promise>(backend: &B) {
    serves_a_waiter::<B, S>(backend, |conn, _| drop(conn), 1);
}

/// The invalidation of one connection serves a waiter, with a new one.
pub fn an_invalidation_serves_a_waiter<B: Backend, S: Promise>(backend: &B) {
    serves_a_waiter::<B, S>(backend, |conn, _| PooledConnection::invalidate(conn), 2);
}

/// Detaching a connection serves a waiter, with a new one, while the detached one is still open.
pub fn a_detach_serves_a_waiter<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let conn = pool.get().unwrap();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| backend.session(&mut pool.get().unwrap()));
        until_waiting(&pool, 1);
        let mut detached = PooledConnection::detach(conn);
        assert_ne!(waiter.join().unwrap(), backend.session(&mut detached));
    });
}

/// The return after the whole pool was invalidated serves a waiter, with a new connection.
pub fn a_return_to_an_invalidated_pool_serves_a_waiter<B: Backend, S: Promise>(backend: &B) {
    fn returns<B: Backend, S: Promise>(conn: Handle<'_, B, S>, pool: &Pool<B::Manager, S>) {
        pool.invalidate();
        drop(conn);
    }
    serves_a_waiter::<B, S>(backend, returns::<B, S>, 2);
}

/// A panic of the owner serves a waiter, with a new connection.
pub fn an_owners_panic_serves_a_waiter<B: Backend, S: Promise>(backend: &B) {
    serves_a_waiter::<B, S>(backend, |conn, _| unwinds(conn), 2);
}

/// A broken connection's return serves a waiter, with a new one.
pub fn a_broken_return_serves_a_waiter<S: Promise>(fake: &Fake) {
    fake.on(Call::HasBroken).times(1).fails();
    serves_a_waiter::<_, S>(fake, |conn, _| drop(conn), 2);
}

/// A failed rollback serves a waiter, with a new connection.
pub fn a_failed_rollback_serves_a_waiter<S: Promise>(fake: &Fake) {
    fake.on(Call::Rollback).times(1).fails();
    serves_a_waiter::<_, S>(fake, |conn, _| drop(conn), 2);
}

/// A panic of the driver at the return serves a waiter, with a new connection.
pub fn a_panicked_rollback_serves_a_waiter<S: Promise>(fake: &Fake) {
    fake.on(Call::Rollback).times(1).panics();
    serves_a_waiter::<_, S>(fake, |conn, _| panics_at(Call::Rollback, || drop(conn)), 2);
}

/// Another caller's failed connect serves a waiter, with the right to try for itself. The other caller has the error,
/// or the connection that the waiter returned before it came to that.
pub fn a_failed_connect_serves_a_waiter<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(pools::narrow::<_, S>(fake).build());
    thread::scope(|scope| {
        let first = scope.spawn(|| pool.get().map_or_else(|error| error.driver_error().is_some(), |_| true));
        gate.wait_for_arrivals(1);
        let second = scope.spawn(|| pool.get().is_ok());
        until_waiting_behind_a_connect(&pool, fake);
        gate.release_to_fail(cenote::Fault::Other);
        assert_eq!((first.join().unwrap(), second.join().unwrap()), (true, true));
    });
    assert_eq!(fake.count(Call::Connect), 2);
}

/// Another caller's panicked connect serves a waiter, with the right to try for itself. The other caller has the panic,
/// or the connection that the waiter returned before it came to that.
pub fn a_panicked_connect_serves_a_waiter<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(pools::narrow::<_, S>(fake).build());
    thread::scope(|scope| {
        let first = scope.spawn(|| scripted(|| pool.get().is_ok()).unwrap_or(true));
        gate.wait_for_arrivals(1);
        let second = scope.spawn(|| pool.get().is_ok());
        until_waiting_behind_a_connect(&pool, fake);
        gate.release_to_panic();
        assert_eq!((first.join().unwrap(), second.join().unwrap()), (true, true));
    });
    assert_eq!(fake.count(Call::Connect), 2);
}

/// So does another caller's stale connection that could not be replaced.
pub fn a_failed_replacement_serves_a_waiter<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    drop(pool.get().unwrap());
    pool.invalidate();
    let gate = fake.on(Call::Connect).times(1).blocks();
    thread::scope(|scope| {
        let first = scope.spawn(|| pool.get().map_or_else(|error| error.driver_error().is_some(), |_| true));
        gate.wait_for_arrivals(1);
        let second = scope.spawn(|| pool.get().is_ok());
        until_waiting_behind_a_connect(&pool, fake);
        gate.release_to_fail(cenote::Fault::Other);
        assert_eq!((first.join().unwrap(), second.join().unwrap()), (true, true));
    });
    assert_eq!((fake.count(Call::Connect), pool.status().totals.closed()), (3, 1));
}

/// One that waits behind another's connect takes what is returned meanwhile.
pub fn a_waiter_behind_a_connect_takes_what_is_returned(fake: &Fake) {
    let pool = built(pools::with(fake, Queue::new().size(2).max_overflow(0)).build());
    let mut conn = pool.get().unwrap();
    let session = fake.session(&mut conn);
    let gate = fake.on(Call::Connect).blocks();
    thread::scope(|scope| {
        let connecting = scope.spawn(|| fake.session(&mut pool.get().unwrap()));
        gate.wait_for_arrivals(1);
        let waiting = scope.spawn(|| fake.session(&mut pool.get().unwrap()));
        let expected = if fake.may_hang() { 2 } else { 1 };
        until_waiting(&pool, expected);
        drop(conn);
        if !fake.may_hang() {
            assert_eq!(waiting.join().unwrap(), session);
            gate.release();
            assert_ne!(connecting.join().unwrap(), session);
        } else {
            // Both can use it: the one whose own connect hangs came first, and then passes it on.
            assert_eq!((connecting.join().unwrap(), waiting.join().unwrap()), (session, session));
            gate.release();
        }
    });
}

/// Ten callers on five places, of which the first five return broken connections, are all served.
pub fn broken_connections_do_not_starve_the_waiters(fake: &Fake) {
    let pool = built(pools::with(fake, Queue::new().size(5).max_overflow(0)).build());
    let first = [(); 5].map(|()| pool.get().unwrap());
    for broken in &first {
        fake.on(Call::HasBroken).for_session(broken.session()).fails();
    }
    thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| drop(pool.get().unwrap()));
        }
        until_waiting(&pool, 5);
        drop(first);
    });
    assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 5);
}

/// A caller that leaves without being served gives up its place in line, and is told which one it had.
pub fn a_timeout_tells_the_position_in_line<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let only = pool.get().unwrap();
    thread::scope(|scope| {
        let patient = scope.spawn(|| pool.get().is_ok());
        until_waiting(&pool, 1);
        let Err(Error::Timeout { report, .. }) = pool.get_timeout(Duration::from_millis(1)) else {
            panic!("there is no connection to be had")
        };
        assert_eq!((report.position(), report.status().waiting), (Some(2), 1));
        drop(only);
        assert!(patient.join().unwrap());
    });
}

/// Where connects run on workers, the one that asked for the connect stands in line too.
fn until_waiting_behind_a_connect<S: Strategy>(pool: &Pool<crate::fake::FakeManager, S>, fake: &Fake) {
    until_waiting(pool, if fake.may_hang() { 2 } else { 1 });
}

/// While one waits, `frees` gives up the only connection: the waiter is served, after `opened` connects in all.
pub(super) fn serves_a_waiter<B: Backend, S: Promise>(
    backend: &B,
    frees: impl FnOnce(Handle<'_, B, S>, &Pool<B::Manager, S>),
    opened: u64,
) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let conn = pool.get().unwrap();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| backend.session(&mut pool.get().unwrap()));
        until_waiting(&pool, 1);
        frees(conn, &pool);
        waiter.join().unwrap();
    });
    let status = pool.status();
    assert_eq!((status.totals.opened, status.waiting, status.in_use), (opened, 0, 0));
}
