//! A connection that leaves the pool for good: its place is free at once, and it is closed once, or never.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::defer::Defer;
use crate::kit::panics::{scripted, scripted_panic, unwinds};
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::{Detached, PooledConnection};

/// Detaching frees the place at once: another connection can be had while the detached one is open.
pub fn detaching_frees_the_place_at_once<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut detached = PooledConnection::detach(pool.get().unwrap());
    let status = pool.status();
    assert_eq!((status.in_use, status.open, status.detached, status.totals.closed()), (0, 0, 1, 0));
    let mut next = pool.get().unwrap();
    assert_ne!(backend.session(&mut next), backend.session(&mut detached));
    drop(detached);
    wait_until("nothing is detached", || pool.status().detached == 0);
}

/// A detached connection is closed when it is dropped, once, also when its pool is gone.
pub fn a_detached_connection_is_closed_on_drop<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let (first, second) = (PooledConnection::detach(pool.get().unwrap()), pool.get_owned().unwrap());
    let second = PooledConnection::detach(second);
    fake.forget();
    drop(first);
    fake.wait_until_closed(1);
    drop(pool);
    assert_eq!(fake.closed(), 1);
    drop(second);
    fake.wait_until_closed(2);
    assert_eq!(fake.sequence(), "close, close");
}

/// What is taken out of a detached connection is its user's: the pool does not close it.
pub fn what_is_taken_out_is_not_closed<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    let mut bare = Detached::into_inner(PooledConnection::detach(conn));
    backend.taken(&bare);
    assert_eq!((pool.status().detached, pool.status().totals.closed()), (0, 0));
    drop(pool);
    assert_eq!(backend.session(&mut bare), session);
}

/// The driver is not asked to close it.
pub fn what_is_taken_out_costs_the_driver_nothing<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let detached = PooledConnection::detach(pool.get().unwrap());
    fake.forget();
    let bare = Detached::into_inner(detached);
    bare.taken();
    drop(pool);
    drop(bare);
    assert_eq!(fake.sequence(), "");
}

/// A detached connection whose user panics is closed once.
pub fn a_detached_connection_may_be_dropped_by_a_panic<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    unwinds(PooledConnection::detach(pool.get().unwrap()));
    fake.wait_until_closed(1);
    assert_eq!(fake.count(Call::Close), 1);
    wait_until("nothing is detached", || pool.status().detached == 0);
}

/// What hangs on a detached connection goes when the connection is taken out, and cannot take it along by a panic.
pub fn what_hangs_on_a_detached_connection_cannot_cost_it<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let mut conn = pool.get().unwrap();
    PooledConnection::info_mut(&mut conn).insert(Defer(|| scripted_panic("what hangs on it")));
    let detached = PooledConnection::detach(conn);
    let bare = scripted(|| Detached::into_inner(detached));
    let bare = bare.expect("the connection is its user's");
    bare.taken();
}
