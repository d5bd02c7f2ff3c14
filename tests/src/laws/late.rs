//! What comes late: checks, closes and connects that end when their caller has gone on.

use crate::backends::Fake;
use crate::fake::{Call, FakeManager, Gate};
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{CloseReason, MayHang, Pool, PooledConnection, PrePing, Queue, SingletonThread, Strategy};
use std::thread;
use std::time::Duration;

const WINDOW: Duration = Duration::from_millis(500);

/// A check that succeeds when its caller has left counts for the next caller.
pub fn a_late_check_is_not_asked_for_again<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let builder = Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(S::narrow()).clock(&clock);
    let pool = built(S::pre_ping(builder, PrePing::IfIdleFor(WINDOW)).build());
    drop(pool.get().unwrap());
    clock.advance(WINDOW);
    let gate = fake.on(Call::IsValid).times(1).blocks();
    leaves_a_call_that_hangs(&pool, &gate);
    gate.release();
    drop(pool.get().unwrap());
    assert_eq!((fake.count(Call::IsValid), fake.count(Call::Connect)), (1, 1));
}

/// A caller that finds all idle connections outdated closes the one whose place it takes, and no other.
pub fn one_caller_closes_one_outdated_connection(fake: &Fake) {
    let may_hang = MayHang { close: false, ..MayHang::ANYWHERE };
    let builder = Pool::builder(fake.manager_that(may_hang)).strategy(Queue::new().size(30));
    let pool = builder.build_connected(30).unwrap();
    pool.invalidate();
    let conn = pool.get().unwrap();
    assert_eq!((fake.count(Call::Close), pool.status().open), (1, 30));
    drop(conn);
}

/// A close that hangs does not keep the connections open that are closed after it, however small the pool is.
pub fn a_hung_close_keeps_no_other_open<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Close).times(1).blocks();
    let pool = built(Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(S::narrow()).build());
    for _ in 0..20 {
        PooledConnection::invalidate(pool.get().unwrap());
    }
    gate.wait_for_arrivals(1);
    wait_until("the others are closed", || pool.status().closing == 1);
    gate.release();
    wait_until("the last one is closed", || pool.status().closing == 0);
}

/// What arrives for a thread that has left and ended is closed, and its bench is the next one's.
pub fn nothing_is_kept_for_a_thread_that_left_and_ended(fake: &Fake) {
    let builder = Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(SingletonThread::new());
    let pool = built(builder.build());
    for round in 1..=3 {
        let gate = fake.on(Call::Connect).times(1).blocks();
        thread::scope(|scope| scope.spawn(|| leaves_a_call_that_hangs(&pool, &gate)).join().unwrap());
        gate.release();
        wait_until("what came late is closed", || {
            let status = pool.status();
            status.totals.closed_because(CloseReason::Surplus) == round
                && status.open + status.connecting == 0
        });
    }
}

/// A thread whose idle connection went to make room opens another at once, while the old one is still being closed.
pub fn an_evicted_thread_does_not_wait_for_the_close(fake: &Fake) {
    let builder = Pool::builder(fake.manager_that(MayHang::NOTHING)).strategy(SingletonThread::new().size(1));
    let pool = built(builder.build());
    drop(pool.get().unwrap());
    let gate = fake.on(Call::Close).times(1).blocks();
    thread::scope(|scope| {
        let other = scope.spawn(|| drop(pool.get().unwrap()));
        gate.wait_for_arrivals(1);
        assert!(pool.try_get().unwrap().is_some());
        gate.release();
        other.join().unwrap();
    });
}

/// Connections that mostly break and connects that often fail: waiters live on places and arrivals alone.
pub fn churn_starves_nobody<S: Promise>(fake: &Fake) {
    const THREADS: usize = 8;
    const ROUNDS: usize = 200;
    let pool = built(pools::wide::<_, S>(fake, 2).build());
    thread::scope(|scope| {
        for number in 0..THREADS {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    if (number + round) % 3 == 0 {
                        fake.on(Call::Connect).times(1).fails();
                    }
                    match pool.get() {
                        Ok(conn) if round % 4 == 0 => drop(conn),
                        Ok(conn) => PooledConnection::invalidate(conn),
                        Err(error) => assert!(!error.is_timeout(), "{error}"),
                    }
                }
            });
        }
    });
    assert_eq!((pool.status().in_use, pool.status().waiting), (0, 0));
}

/// Asks until a call hangs that nobody waits for. One that has not begun when its caller leaves is taken back.
fn leaves_a_call_that_hangs<S: Strategy>(pool: &Pool<FakeManager, S>, gate: &Gate) {
    while gate.blocked() == 0 {
        assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
    }
}
