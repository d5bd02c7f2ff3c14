//! Only what was opened or checked in the same checkout is fresh: everything else is looked at before it is lent.

use super::waiting::until_waiting;
use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeManager};
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{CloseReason, MayHang, Pool, PooledConnection, PrePing, Queue};
use std::thread;
use std::time::Duration;

/// What one caller returns and the next one in line is handed is asked as at any other checkout.
pub fn what_is_handed_to_a_waiter_is_asked<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).build());
    let fresh = pool.get().unwrap();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| drop(pool.get().unwrap()));
        until_waiting(&pool, 1);
        drop(fresh);
        waiter.join().unwrap();
    });
    assert_eq!((fake.count(Call::IsValid), fake.count(Call::Connect)), (1, 1));
}

/// What was opened for a caller that had left is asked when it is lent, whoever asks for it.
pub fn what_was_opened_for_one_who_left_is_asked<S: Promise>(fake: &Fake) {
    for known in [false, true] {
        let before = fake.count(Call::IsValid);
        let manager = fake.manager_that(MayHang::ANYWHERE);
        let pool = built(S::pre_ping(Pool::builder(manager).strategy(S::narrow()), PrePing::Always).build());
        if known {
            // From now on this thread knows where the connection will lie.
            PooledConnection::invalidate(pool.get().unwrap());
        }
        is_opened_too_late(fake, &pool);
        drop(pool.get().unwrap());
        assert_eq!(fake.count(Call::IsValid) - before, 1, "the thread knows its slot: {known}");
    }
}

/// Those that one pool opened together are replaced one after another.
pub fn connections_of_one_pool_do_not_all_grow_too_old_at_once<B: Backend>(backend: &B) {
    const SIZE: usize = 20;
    let clock = ManualClock::new();
    let age = Duration::from_secs(1000);
    let queue = Queue::new().size(SIZE).max_overflow(0);
    let builder = pools::with(backend, queue).clock(&clock).seed(1).recycle(age).pre_ping(PrePing::Never);
    let pool = builder.build_connected(SIZE).unwrap();
    clock.advance(age * 19 / 20);
    drop([(); SIZE].map(|()| pool.get().unwrap()));
    let replaced = pool.status().totals.closed_because(CloseReason::Recycled);
    assert!(
        (1..SIZE as u64).contains(&replaced),
        "{replaced} of {SIZE} in the first half of their last tenth"
    );
}

/// Leaves a connect that hangs, lets it go on, and waits until its connection is idle.
fn is_opened_too_late<S: Promise>(fake: &Fake, pool: &Pool<FakeManager, S>) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    while gate.blocked() == 0 {
        assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
    }
    gate.release();
    wait_until("the late connection is idle", || pool.status().idle == 1);
}
