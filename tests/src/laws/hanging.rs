//! Deadlines that hold: a driver that blocks for ever blocks nobody longer than the caller was ready to wait.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeManager, Gate};
use crate::kit::pools::built;
use crate::kit::punctual::{DEADLINE, punctually};
use crate::kit::stopwatch::Stopwatch;
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::kit::{names, workers};
use crate::promise::{Ability, Promise};
use cenote::{Builder, Error, Fault, MayHang, Pool, PooledConnection, PrePing, Queue, Strategy};
use std::thread;
use std::time::Duration;

/// The most that open, and the most that close, of a pool without a limit: so many calls can hang.
const MOST_WORKERS: usize = 128;

/// A connect that hangs: the deadline holds, and the connection that comes late goes to the pool.
pub fn a_hung_connect_does_not_hold_its_caller<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(hanging::<S>(fake).build());
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    assert_eq!((pool.status().connecting, gate.blocked()), (1, 1));
    a_healthy_pool_notices_nothing::<S>();
    gate.release();
    late_connection_is_kept(fake, &pool);
    ends_without_a_trace(pool);
}

/// The same when it fails at last: its place is free for the next one.
pub fn a_hung_connect_that_fails_late_frees_its_place<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(hanging::<S>(fake).build());
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    gate.release_to_fail(Fault::Transient);
    wait_until("nothing is connecting", || pool.status().connecting == 0);
    assert!(pool.get_timeout(WATCHDOG).is_ok());
    ends_without_a_trace(pool);
}

/// The same when it panics at last: the panic has nobody to go to, and its place is free.
pub fn a_hung_connect_that_panics_late_frees_its_place<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(hanging::<S>(fake).build());
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    gate.release_to_panic();
    wait_until("nothing is connecting", || pool.status().connecting == 0);
    assert!(pool.get_timeout(WATCHDOG).is_ok());
    ends_without_a_trace(pool);
}

/// A check that hangs: the deadline holds, and the connection that answers late goes back to the pool.
pub fn a_hung_check_does_not_hold_its_caller<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(hanging::<S>(fake), PrePing::Always).build());
    let session = fake.session(&mut pool.get().unwrap());
    let gate = fake.on(Call::IsValid).times(1).blocks();
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    a_healthy_pool_notices_nothing::<S>();
    gate.release();
    late_connection_is_kept(fake, &pool);
    assert_eq!(fake.session(&mut pool.get().unwrap()), session);
    ends_without_a_trace(pool);
}

/// A check that hangs and fails late: the connection is replaced, and the replacement goes to the pool.
pub fn a_hung_check_that_fails_late_is_replaced<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(hanging::<S>(fake), PrePing::Always).build());
    let session = fake.session(&mut pool.get().unwrap());
    let gate = fake.on(Call::IsValid).times(1).blocks();
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    gate.release_to_fail(Fault::Lost);
    fake.wait_until_closed(1);
    assert_ne!(fake.session(&mut pool.get_timeout(WATCHDOG).unwrap()), session);
    ends_without_a_trace(pool);
}

/// A rollback that hangs holds the one that returns, and nobody else beyond their deadline.
pub fn a_hung_rollback_holds_only_the_one_that_returns<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    let gate = fake.on(Call::Rollback).times(1).blocks();
    thread::scope(|scope| {
        let returner = scope.spawn(|| drop(pool.get().unwrap()));
        gate.wait_for_arrivals(1);
        let waits = S::has(Ability::Waits).is_ok();
        let earliest = if waits { DEADLINE } else { Duration::ZERO };
        let result = punctually("another caller", earliest, || pool.get_timeout(DEADLINE));
        assert!(!waits || result.as_ref().is_err_and(Error::is_timeout));
        drop(result);
        a_healthy_pool_notices_nothing::<S>();
        assert!(!returner.is_finished());
        gate.release();
        returner.join().unwrap();
    });
    wait_until("it came home", || pool.status().in_use == 0);
    drop(pool.get_timeout(WATCHDOG).unwrap());
    ends_without_a_trace(pool);
}

/// A close that hangs holds nobody: neither the one that gives up the connection nor the next.
pub fn a_hung_close_holds_nobody<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Close).times(1).blocks();
    gives_up_one_that_hangs::<S>(fake, gate);
}

/// A destructor that hangs holds nobody either.
pub fn a_hung_drop_holds_nobody<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Drop).times(1).blocks();
    gives_up_one_that_hangs::<S>(fake, gate);
}

/// A stale connection whose close hangs is replaced at once.
pub fn a_hung_close_does_not_hold_the_replacement<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    drop(pool.get().unwrap());
    let gate = fake.on(Call::Close).times(1).blocks();
    pool.invalidate();
    at_once("the replacement", || drop(pool.get_timeout(DEADLINE).unwrap()));
    gate.wait_for_arrivals(1);
    assert_eq!((pool.status().closing, fake.count(Call::Connect)), (1, 2));
    gate.release();
    ends_without_a_trace(pool);
}

/// However many closes hang, connections can still be opened.
pub fn hung_closes_do_not_keep_a_pool_from_connecting<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    let gate = fake.on(Call::Close).blocks();
    for _ in 0..100 {
        PooledConnection::invalidate(pool.get_timeout(WATCHDOG).unwrap());
    }
    at_once("the next one", || drop(pool.get_timeout(DEADLINE).unwrap()));
    assert!(workers::alive(pool.name()) <= 2 * MOST_WORKERS);
    gate.release();
    fake.wait_until_closed(100);
    ends_without_a_trace(pool);
}

/// A detached connection whose close hangs does not hold its user.
pub fn a_hung_close_of_a_detached_one_holds_nobody<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    let detached = PooledConnection::detach(pool.get().unwrap());
    let gate = fake.on(Call::Close).times(1).blocks();
    at_once("the drop", || drop(detached));
    gate.wait_for_arrivals(1);
    gate.release();
    ends_without_a_trace(pool);
}

/// Closing a pool whose driver hangs in close holds nobody: what is left is named at the deadline.
pub fn a_pool_closes_while_its_driver_hangs<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    let conn = pool.get().unwrap();
    let gate = fake.on(Call::Close).times(1).blocks();
    at_once("close", || pool.close());
    at_once("the return", || drop(conn));
    gate.wait_for_arrivals(1);
    let still_out = punctually("closing", DEADLINE, || pool.close_and_wait(DEADLINE)).unwrap_err();
    assert_eq!((still_out.status().in_use, still_out.status().closing), (0, 1));
    gate.release();
    ends_without_a_trace(pool);
}

/// Dropping a pool whose driver hangs in connect holds nobody; what comes late is closed, and no thread is left.
pub fn a_pool_is_dropped_while_its_driver_hangs<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(hanging::<S>(fake).build());
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    let name = pool.name().to_owned();
    at_once("the drop", || drop(pool));
    assert_eq!(workers::alive(&name), 1);
    gate.release();
    fake.wait_until_closed(1);
    workers::wait_until_none(&name);
}

/// A caller that waits for a hung connect is told at once when the pool closes.
pub fn closing_frees_the_caller_of_a_hung_connect<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(hanging::<S>(fake).build());
    thread::scope(|scope| {
        let caller = scope.spawn(|| matches!(pool.get_timeout(WATCHDOG), Err(Error::Closed)));
        gate.wait_for_arrivals(1);
        pool.close();
        assert!(caller.join().unwrap());
    });
    assert_eq!(gate.blocked(), 1);
    gate.release();
    ends_without_a_trace(pool);
}

/// A pool whose places all hang says so to whoever cannot get one.
pub fn a_pool_whose_places_all_hang_says_so<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).blocks();
    let pool = built(hanging::<S>(fake).build());
    times_out_in_time(&pool);
    gate.wait_for_arrivals(1);
    let Err(Error::Timeout { report, .. }) = pool.get_timeout(DEADLINE) else { panic!("all places hang") };
    assert_eq!((report.status().connecting, report.status().in_use), (1, 0));
    assert!(report.to_string().contains("1 connecting"), "{report}");
    assert!(report.holders().is_empty());
    gate.release();
    ends_without_a_trace(pool);
}

/// However often one asks a hung server, no more connects hang than the limit, and never more than a few.
pub fn abandoned_connects_are_bounded<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).blocks();
    let pool = built(hanging::<S>(fake).build());
    for _ in 0..300 {
        assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
    }
    let most = pool.status().limit.unwrap_or(MOST_WORKERS);
    assert!((1..=most).contains(&gate.blocked()), "{} hang, of at most {most}", gate.blocked());
    let alive = workers::alive(pool.name());
    assert!(alive <= most && pool.status().workers <= most, "{alive} workers, of at most {most}");
    gate.release();
    wait_until("nothing is connecting", || pool.status().connecting == 0);
    drop(pool.get_timeout(WATCHDOG).unwrap());
    ends_without_a_trace(pool);
}

/// One deadline for waiting and connecting together.
pub fn waiting_and_connecting_have_one_deadline<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    let conn = pool.get().unwrap();
    let gate = fake.on(Call::Connect).times(1).blocks();
    let deadline = 4 * DEADLINE;
    thread::scope(|scope| {
        let caller = scope.spawn(|| {
            let result = punctually("waiting and connecting", deadline, || pool.get_timeout(deadline));
            result.is_err_and(|error| error.is_timeout())
        });
        super::waiting::until_waiting(&pool, 1);
        let waiting = Stopwatch::start();
        wait_until("half of its time is over", || waiting.elapsed() >= deadline / 2);
        PooledConnection::invalidate(conn);
        gate.wait_for_arrivals(1);
        assert!(caller.join().unwrap());
    });
    gate.release();
    ends_without_a_trace(pool);
}

/// `try_get` waits for its own connect as long as the pool's timeout, and no longer.
pub fn try_get_leaves_a_hung_connect_in_time<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(hanging::<S>(fake).timeout(DEADLINE).build());
    let result = punctually("try_get", DEADLINE, || pool.try_get());
    assert!(result.is_err_and(|error| error.is_timeout()));
    gate.wait_for_arrivals(1);
    gate.release();
    ends_without_a_trace(pool);
}

/// A worker that has nothing to do ends by itself, while the pool lives.
pub fn an_idle_worker_ends_by_itself(fake: &Fake) {
    let pool = built(hanging::<Queue>(fake).build());
    drop(pool.get().unwrap());
    assert_eq!(workers::alive(pool.name()), 1);
    workers::wait_until_gone(&pool);
    assert!(!pool.is_closed());
    ends_without_a_trace(pool);
}

/// A worker that has nothing to do ends at once when the pool closes.
pub fn closing_ends_idle_workers_at_once<S: Promise>(fake: &Fake) {
    let pool = built(hanging::<S>(fake).build());
    // So that the close finds nothing to close, and no job wakes them.
    PooledConnection::invalidate(pool.get().unwrap());
    wait_until("nothing is under way", || pool.status().closing == 0);
    workers::wait_until_asleep(pool.name());
    assert!(pool.status().workers > 0);
    at_once("the end of the workers", || ends_without_a_trace(pool));
}

fn hanging<S: Promise>(fake: &Fake) -> Builder<FakeManager, S> {
    Pool::builder(fake.manager_that(MayHang::ANYWHERE))
        .strategy(S::narrow())
        .name(names::unique())
        .timeout(WATCHDOG)
}

fn times_out_in_time<S: Strategy>(pool: &Pool<FakeManager, S>) {
    let result = punctually("get", DEADLINE, || pool.get_timeout(DEADLINE));
    assert!(result.is_err_and(|error| error.is_timeout()));
}

fn at_once(what: &str, action: impl FnOnce()) {
    punctually(what, Duration::ZERO, action);
}

/// Another pool of the same kind, to another server, serves and closes as ever.
fn a_healthy_pool_notices_nothing<S: Promise>() {
    let fake = Fake::new(MayHang::ANYWHERE);
    let pool = built(hanging::<S>(&fake).build());
    at_once("a healthy pool", || {
        drop(pool.get_timeout(DEADLINE).unwrap());
        PooledConnection::invalidate(pool.get_timeout(DEADLINE).unwrap());
        drop(pool.get_timeout(DEADLINE).unwrap());
    });
    ends_without_a_trace(pool);
    assert_eq!(fake.breaches(), [""; 0]);
}

/// What a call that hung brought late is idle in the pool, or closed where none is kept; nothing else was opened.
fn late_connection_is_kept<S: Promise>(fake: &Fake, pool: &Pool<FakeManager, S>) {
    let opened = fake.count(Call::Connect);
    if S::has(Ability::Keeps).is_ok() {
        wait_until("it is idle", || pool.status().idle == 1);
        drop(pool.get_timeout(WATCHDOG).unwrap());
        assert_eq!(fake.count(Call::Connect), opened);
    } else {
        fake.wait_until_closed(opened);
        wait_until("its place is free", || pool.status().open == 0);
    }
}

/// Gives up a connection whose end hangs: its user goes on at once, and so does the next one.
fn gives_up_one_that_hangs<S: Promise>(fake: &Fake, gate: Gate) {
    let pool = built(hanging::<S>(fake).build());
    let conn = pool.get().unwrap();
    at_once("giving it up", || PooledConnection::invalidate(conn));
    gate.wait_for_arrivals(1);
    assert_eq!((pool.status().in_use, pool.status().closing, gate.blocked()), (0, 1, 1));
    at_once("the next one", || drop(pool.get_timeout(DEADLINE).unwrap()));
    a_healthy_pool_notices_nothing::<S>();
    gate.release();
    wait_until("the first is closed", || pool.status().closing == 0);
    ends_without_a_trace(pool);
}

/// Closed, the pool leaves no thread behind.
fn ends_without_a_trace<S: Strategy>(pool: Pool<FakeManager, S>) {
    pool.close_and_wait(WATCHDOG).unwrap();
    workers::wait_until_gone(&pool);
    drop(pool);
}
