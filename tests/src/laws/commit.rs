//! Commit on return: what a user left uncommitted is kept, wherever its connection goes, unless the user panicked.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::panics::unwinds;
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{CloseReason, Fault, Pool, PooledConnection, Queue, Reset};

fn committing<B: Backend, S: Promise>(backend: &B) -> Pool<B::Manager, S> {
    built(pools::narrow::<B, S>(backend).commit_on_return().build())
}

fn writes<B: Backend, S: Promise>(backend: &B, pool: &Pool<B::Manager, S>) {
    let mut conn = pool.get().unwrap();
    backend.begin(&mut conn);
    backend.insert(&mut conn);
}

/// Also where the connection is not kept.
pub fn what_was_left_uncommitted_is_committed_on_return<B: Backend, S: Promise>(backend: &B) {
    let pool = committing::<B, S>(backend);
    writes(backend, &pool);
    assert_eq!(backend.committed(), 1);
    assert!(!backend.in_transaction(&mut pool.get().unwrap()));
    writes(backend, &pool);
    assert_eq!(backend.committed(), 2);
}

/// One that comes home to be closed is committed first: it is of an older generation, or of a closed pool.
pub fn what_will_be_closed_is_committed_first<B: Backend, S: Promise>(backend: &B) {
    let pool = committing::<B, S>(backend);
    for (number, end) in [Pool::invalidate, Pool::dispose, Pool::close].into_iter().enumerate() {
        let mut conn = pool.get().unwrap();
        backend.begin(&mut conn);
        backend.insert(&mut conn);
        end(&pool);
        drop(conn);
        assert_eq!(backend.committed(), number + 1);
    }
    assert_eq!(pool.status().totals.closed(), 3);
}

/// A surplus connection too.
pub fn a_surplus_connection_is_committed_first<B: Backend>(backend: &B) {
    let builder = pools::with(backend, Queue::new().size(1).max_overflow(1)).commit_on_return();
    let pool = built(builder.build());
    let (kept, mut surplus) = (pool.get().unwrap(), pool.get().unwrap());
    drop(kept);
    backend.begin(&mut surplus);
    backend.insert(&mut surplus);
    drop(surplus);
    assert_eq!((backend.committed(), pool.status().totals.closed_because(CloseReason::Surplus)), (1, 1));
}

/// Nothing is committed of a user that panicked, nor of a connection that was given up or taken away.
pub fn what_did_not_come_home_well_is_not_committed<B: Backend, S: Promise>(backend: &B) {
    let pool = committing::<B, S>(backend);
    let written = || {
        let mut conn = pool.get().unwrap();
        backend.begin(&mut conn);
        backend.insert(&mut conn);
        conn
    };
    unwinds(written());
    PooledConnection::invalidate(written());
    drop(PooledConnection::detach(written()));
    assert_eq!(backend.committed(), 0);
}

/// The last word counts: commit, or what `reset_on_return` says.
pub fn the_last_choice_of_a_return_holds<B: Backend, S: Promise>(backend: &B) {
    let builder = pools::narrow::<B, S>(backend).commit_on_return().reset_on_return(Reset::Rollback);
    writes(backend, &built(builder.build()));
    assert_eq!(backend.committed(), 0);
    let builder = pools::narrow::<B, S>(backend).reset_on_return(Reset::Rollback).commit_on_return();
    writes(backend, &built(builder.build()));
    assert_eq!(backend.committed(), 1);
}

/// One call, and no rollback.
pub fn a_return_costs_the_driver_one_commit<S: Promise>(fake: &Fake) {
    let pool = committing::<Fake, S>(fake);
    drop(pool.get().unwrap());
    let expected =
        if S::has(Ability::Keeps).is_ok() { "connect, commit, has_broken" } else { "connect, commit, close" };
    fake.wait_for(Call::Commit, 1);
    if S::has(Ability::Keeps).is_err() {
        fake.wait_until_closed(1);
    }
    assert_eq!(fake.sequence(), expected);
}

/// What could not be committed must not be another user's: the connection is closed.
pub fn a_failed_commit_closes_the_connection<S: Promise>(fake: &Fake) {
    let pool = committing::<Fake, S>(fake);
    fake.on(Call::Commit).times(1).fails_with(Fault::Other);
    writes(fake, &pool);
    fake.wait_until_closed(1);
    assert_eq!(pool.status().totals.closed_because(CloseReason::ResetFailed), 1);
    assert_eq!((fake.committed(), pool.status().in_use), (0, 0));
    writes(fake, &pool);
    assert_eq!(fake.committed(), 1);
}
