//! Connections that somebody declared stale are closed at the next touch, once, and no others.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{CloseReason, PooledConnection, Queue};
use std::thread;

/// One connection is closed at once, and its place is free.
pub fn invalidating_one_closes_it_at_once<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    PooledConnection::invalidate(conn);
    let status = pool.status();
    assert_eq!(
        (status.in_use, status.open, status.totals.closed_because(CloseReason::Invalidated)),
        (0, 0, 1)
    );
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
}

/// And only that one.
pub fn invalidating_one_leaves_the_others<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(3).max_overflow(0)).build());
    let [one, mut other, mut third] = [(); 3].map(|()| pool.get().unwrap());
    let mut kept = [backend.session(&mut other), backend.session(&mut third)];
    drop((other, third));
    let generation = pool.status().generation;
    PooledConnection::invalidate(one);
    assert_eq!((pool.status().idle, pool.status().generation), (2, generation));
    let mut lent = [(); 2].map(|()| pool.get().unwrap());
    let mut sessions = lent.each_mut().map(|conn| backend.session(conn));
    kept.sort_unstable();
    sessions.sort_unstable();
    assert_eq!(sessions, kept);
}

/// An invalidated connection costs the driver a close, and no rollback.
pub fn invalidating_one_costs_the_driver_one_close<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let conn = pool.get().unwrap();
    fake.forget();
    PooledConnection::invalidate(conn);
    fake.wait_until_closed(1);
    assert_eq!(fake.sequence(), "close");
}

/// After the pool was invalidated, an idle connection is closed at the next checkout and replaced in it.
pub fn invalidating_the_pool_replaces_what_is_idle<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let session = backend.session(&mut pool.get().unwrap());
    let generation = pool.status().generation;
    pool.invalidate();
    assert_eq!((pool.status().generation, pool.status().totals.closed()), (generation + 1, 0));
    let other = backend.session(&mut pool.get().unwrap());
    assert_ne!(other, session);
    assert_eq!(backend.session(&mut pool.get().unwrap()), other);
    let totals = pool.status().totals;
    assert_eq!((totals.opened, totals.closed_because(CloseReason::Outdated), totals.closed()), (2, 1, 1));
}

/// A connection that is out then stays usable, and is closed at its return.
pub fn invalidating_the_pool_closes_what_is_out_at_its_return<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    pool.invalidate();
    assert_eq!(backend.session(&mut conn), session);
    drop(conn);
    assert_eq!((pool.status().open, pool.status().totals.closed_because(CloseReason::Outdated)), (0, 1));
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
}

/// All that are older go, each once, and those that came after stay.
pub fn invalidating_the_pool_closes_each_older_one_once<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(4).max_overflow(0)).build());
    let [one, two, out] = [(); 3].map(|()| pool.get().unwrap());
    drop((one, two));
    pool.invalidate();
    pool.invalidate();
    let after = [(); 3].map(|()| pool.get().unwrap());
    drop(after);
    drop(out);
    drop([(); 4].map(|()| pool.get().unwrap()));
    let totals = pool.status().totals;
    assert_eq!((totals.closed_because(CloseReason::Outdated), totals.closed(), totals.opened), (3, 3, 7));
}

/// A connection whose connect had begun before is older too: it may speak to the old server. Whether its first user
/// still gets it depends on who connects; nobody gets it after that.
pub fn a_connect_under_way_is_older<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(pools::narrow::<_, S>(fake).build());
    thread::scope(|scope| {
        let caller = scope.spawn(|| {
            drop(pool.get().unwrap());
            assert_ne!(fake.session(&mut pool.get().unwrap()), 1);
        });
        gate.wait_for_arrivals(1);
        pool.invalidate();
        gate.release();
        caller.join().unwrap();
    });
    assert_eq!(
        (fake.count(Call::Connect), pool.status().totals.closed_because(CloseReason::Outdated)),
        (2, 1)
    );
}

/// An older connection is neither asked nor rolled back any more.
pub fn an_older_connection_costs_the_driver_one_close<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), cenote::PrePing::Always).build());
    let conn = pool.get().unwrap();
    pool.invalidate();
    fake.forget();
    drop(conn);
    fake.wait_until_closed(1);
    assert_eq!(fake.sequence(), "close");
}

/// As many as report one restart raise the generation once: what was opened since is not stale.
pub fn many_who_report_one_restart_outdate_once<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 4).build());
    let mut dead: Vec<_> = (0..3).map(|_| pool.get().unwrap()).collect();
    PooledConnection::invalidate_all(dead.pop().unwrap());
    let mut fresh = pool.get().unwrap();
    let session = backend.session(&mut fresh);
    dead.into_iter().for_each(PooledConnection::invalidate_all);
    assert_eq!(pool.status().generation, 1);
    drop(fresh);
    if S::has(Ability::Keeps).is_ok() {
        assert_eq!(backend.session(&mut pool.get().unwrap()), session);
    }
}
