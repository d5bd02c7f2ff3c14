//! What you get is clean: what the last user left open is gone.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::defer::Defer;
use crate::kit::panics::unwinds;
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{CloseReason, Reset};

/// A transaction left open is rolled back on return: its rows are never seen.
pub fn an_open_transaction_is_rolled_back_on_return<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    backend.begin(&mut conn);
    backend.insert(&mut conn);
    assert!(backend.in_transaction(&mut conn));
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert!(!backend.in_transaction(&mut conn));
    assert_eq!(backend.session(&mut conn) == session, S::has(Ability::Keeps).is_ok());
    assert_eq!(backend.committed(), 0);
    backend.insert(&mut conn);
    assert_eq!(backend.committed(), 1);
}

/// What was committed stays, and what needed no transaction too.
pub fn what_was_committed_stays<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    backend.begin(&mut conn);
    backend.insert(&mut conn);
    backend.commit(&mut conn);
    backend.insert(&mut conn);
    drop(conn);
    assert_eq!(backend.committed(), 2);
}

/// `Reset::Nothing` does nothing: the next user finds the transaction.
pub fn reset_nothing_leaves_the_transaction_open<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).reset_on_return(Reset::Nothing).build());
    let mut conn = pool.get().unwrap();
    backend.begin(&mut conn);
    backend.insert(&mut conn);
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert!(backend.in_transaction(&mut conn));
    backend.commit(&mut conn);
    assert_eq!(backend.committed(), 1);
}

/// A connection whose owner panicked is closed, and its open transaction with it.
pub fn an_owners_panic_closes_the_connection<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    backend.begin(&mut conn);
    backend.insert(&mut conn);
    unwinds(conn);
    assert_eq!(pool.status().in_use, 0);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Panicked), 1);
    let mut conn = pool.get().unwrap();
    assert_ne!(backend.session(&mut conn), session);
    drop(conn);
    assert_eq!(backend.committed(), 0);
}

/// A connection that is used and returned while a panic unwinds is not to blame: it is kept.
pub fn a_checkout_during_a_panic_is_no_reason_to_close<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let session = backend.session(&mut pool.get().unwrap());
    unwinds(Defer(|| assert_eq!(backend.session(&mut pool.get().unwrap()), session)));
    assert_eq!(backend.session(&mut pool.get().unwrap()), session);
    assert_eq!(pool.status().totals.closed(), 0);
}

/// The driver is asked to roll back at every return of a connection that is kept, once.
pub fn a_return_costs_the_driver_one_rollback<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    for _ in 0..3 {
        drop(pool.get().unwrap());
    }
    assert_eq!((fake.count(Call::Connect), fake.count(Call::Rollback), fake.count(Call::Close)), (1, 3, 0));
}

/// With `Reset::Nothing` the driver is not asked.
pub fn reset_nothing_asks_the_driver_nothing<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).reset_on_return(Reset::Nothing).build());
    for _ in 0..3 {
        drop(pool.get().unwrap());
    }
    assert_eq!(fake.count(Call::Rollback), 0);
}

/// A connection that cannot be rolled back is closed.
pub fn a_failed_rollback_closes_the_connection<S: Promise>(fake: &Fake) {
    fake.on(Call::Rollback).times(1).fails();
    closed_on_return::<S>(fake, CloseReason::ResetFailed);
    assert_eq!(fake.count(Call::Rollback), 3);
}

/// A connection of which the driver knows that it is broken is closed.
pub fn a_broken_connection_is_closed_on_return<S: Promise>(fake: &Fake) {
    fake.on(Call::HasBroken).times(1).fails();
    closed_on_return::<S>(fake, CloseReason::Broken);
}

/// An error of the close is nobody's: the pool goes on.
pub fn a_failed_close_is_closed_all_the_same<S: Promise>(fake: &Fake) {
    fake.on(Call::Close).fails();
    fake.on(Call::Rollback).times(1).fails();
    closed_on_return::<S>(fake, CloseReason::ResetFailed);
}

/// Returns one: it is closed once, for that reason, and the next checkout gets another, which is kept.
fn closed_on_return<S: Promise>(fake: &Fake, reason: CloseReason) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let session = fake.session(&mut pool.get().unwrap());
    fake.wait_until_closed(1);
    let status = pool.status();
    assert_eq!((status.open, status.in_use, status.totals.closed_because(reason)), (0, 0, 1));
    let other = fake.session(&mut pool.get().unwrap());
    assert_ne!(other, session);
    assert_eq!(fake.session(&mut pool.get().unwrap()), other);
    assert_eq!(pool.status().totals.closed(), 1);
}
