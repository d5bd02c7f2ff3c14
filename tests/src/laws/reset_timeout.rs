//! A bounded return: whatever the driver does, the one that returns is back in time, and the connection is not lost.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeManager, Gate};
use crate::kit::diary::Diary;
use crate::kit::panics::panics_at;
use crate::kit::pools::{self, built};
use crate::kit::punctual::{DEADLINE, punctually};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::kit::workers;
use crate::promise::{Ability, Promise};
use cenote::{CloseReason, Fault, Pool};
use std::thread;
use std::time::Duration;

fn bounded<S: Promise>(fake: &Fake, timeout: Duration) -> Pool<FakeManager, S> {
    built(pools::narrow::<_, S>(fake).reset_timeout(timeout).build())
}

/// Leaves a connection whose rollback hangs; it is still out then.
fn leave_one_that_hangs<S: Promise>(fake: &Fake) -> (Pool<FakeManager, S>, Gate, u64) {
    let pool = bounded::<S>(fake, DEADLINE);
    let gate = fake.on(Call::Rollback).times(1).blocks();
    let mut conn = pool.get().unwrap();
    let session = fake.session(&mut conn);
    punctually("the return", DEADLINE, || drop(conn));
    assert_eq!((pool.status().in_use, gate.blocked()), (1, 1));
    (pool, gate, session)
}

/// The connection that is clean late goes home, to whoever waits for it: also in the thread that left it.
pub fn a_return_that_hangs_is_left_in_time<S: Promise>(fake: &Fake) {
    let (pool, gate, session) = leave_one_that_hangs::<S>(fake);
    thread::scope(|scope| {
        scope.spawn(|| {
            wait_until("it is waited for", || pool.status().waiting == 1);
            gate.release();
        });
        assert_eq!(fake.session(&mut pool.get_timeout(WATCHDOG).unwrap()), session);
    });
    assert_eq!(fake.count(Call::Connect), 1);
}

/// One whose rollback fails or panics late is closed, and its place serves whoever waits.
pub fn a_return_that_hangs_and_fails_frees_its_place<S: Promise>(fake: &Fake) {
    for (closed, reason) in [(1, CloseReason::ResetFailed), (2, CloseReason::Panicked)] {
        let (pool, gate, session) = leave_one_that_hangs::<S>(fake);
        thread::scope(|scope| {
            scope.spawn(|| {
                wait_until("it is waited for", || pool.status().waiting == 1);
                match reason {
                    CloseReason::Panicked => gate.release_to_panic(),
                    _ => gate.release_to_fail(Fault::Other),
                }
            });
            assert_ne!(fake.session(&mut pool.get_timeout(WATCHDOG).unwrap()), session);
        });
        fake.wait_until_closed(2 * closed - 1);
        assert_eq!(pool.status().totals.closed_because(reason), 1);
        let name = pool.name().to_owned();
        drop(pool);
        workers::wait_until_none(&name);
        fake.wait_until_closed(2 * closed);
    }
}

/// Where everything is well, a return does what it does without a timeout, and is over when it is over.
pub fn a_bounded_return_is_as_any_other<S: Promise>(fake: &Fake) {
    let diary = Diary::default();
    let builder = pools::narrow::<_, S>(fake).reset_timeout(WATCHDOG).observer(diary.clone());
    let pool = built(builder.build());
    let mut conn = pool.get().unwrap();
    fake.begin(&mut conn);
    drop(conn);
    if S::has(Ability::Keeps).is_ok() {
        assert_eq!(diary.read(), "first_connect connect checkout reset checkin");
        assert_eq!((pool.status().idle, pool.status().in_use), (1, 0));
        assert!(fake.threads(Call::Rollback)[0].starts_with("cenote:"));
    } else {
        assert_eq!(diary.read(), "first_connect connect checkout reset(closing) checkin close");
    }
    assert!(!fake.in_transaction(&mut pool.get().unwrap()));
}

/// A panic of the driver's rollback that comes in time is the returner's, as without a timeout.
pub fn a_panic_of_a_bounded_return_reaches_its_user<S: Promise>(fake: &Fake) {
    let pool = bounded::<S>(fake, WATCHDOG);
    fake.on(Call::Rollback).times(1).panics();
    let conn = pool.get().unwrap();
    panics_at(Call::Rollback, || drop(conn));
    fake.wait_until_closed(1);
    assert_eq!((pool.status().open, pool.status().in_use), (0, 0));
    assert!(pool.get().is_ok());
}

/// A timeout of nothing is refused.
pub fn a_return_needs_some_time<B: Backend, S: Promise>(backend: &B) {
    let error = pools::narrow::<B, S>(backend).reset_timeout(Duration::ZERO).build().unwrap_err();
    assert_eq!(error.argument(), "reset_timeout");
}
