//! Panics are features: in every call of the driver, also while another panic unwinds.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeManager};
use crate::kit::defer::Defer;
use crate::kit::panics::{panics_at, scripted, unwinds};
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::{Ability, Promise};
use cenote::{Pool, PooledConnection, PrePing, Queue};
use std::thread;

/// A panic of connect reaches the caller, and leaves nothing taken.
pub fn a_panic_in_connect_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    fake.on(Call::Connect).times(3).panics();
    panics_at(Call::Connect, || pool.get().is_ok());
    panics_at(Call::Connect, || pool.try_get().is_ok());
    unwinds(Defer(|| panics_at(Call::Connect, || pool.get_owned().is_ok())));
    nothing_is_taken(&pool);
    all_is_well(fake, &pool);
}

/// A panic of is_valid reaches the caller, closes the connection, and leaves nothing taken.
pub fn a_panic_in_is_valid_closes_the_connection<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).build());
    for round in 1..=3 {
        let session = fake.session(&mut pool.get().unwrap());
        fake.on(Call::IsValid).times(1).panics();
        let asks = || panics_at(Call::IsValid, || pool.get().is_ok());
        if round < 3 {
            asks();
        } else {
            unwinds(Defer(asks));
        }
        fake.wait_until_closed(round);
        nothing_is_taken(&pool);
        assert_ne!(fake.session(&mut pool.get().unwrap()), session);
    }
    all_is_well(fake, &pool);
}

/// A panic of classify, which is asked about a failed check, does the same.
pub fn a_panic_in_classify_closes_the_connection<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).build());
    let session = fake.session(&mut pool.get().unwrap());
    fake.on(Call::IsValid).times(1).fails();
    fake.on(Call::Classify).times(1).panics();
    panics_at(Call::Classify, || pool.get().is_ok());
    fake.wait_until_closed(1);
    nothing_is_taken(&pool);
    assert_ne!(fake.session(&mut pool.get().unwrap()), session);
    all_is_well(fake, &pool);
}

/// A panic of rollback reaches the one that returns, closes the connection, and leaves nothing taken.
pub fn a_panic_in_rollback_closes_the_connection<S: Promise>(fake: &Fake) {
    panics_on_return::<S>(fake, Call::Rollback);
}

/// A panic of has_broken does the same.
pub fn a_panic_in_has_broken_closes_the_connection<S: Promise>(fake: &Fake) {
    panics_on_return::<S>(fake, Call::HasBroken);
}

/// A panic of close is nobody's: the connection was given up, and nothing stays taken.
pub fn a_panic_in_close_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    panics_at_the_end::<S>(fake, Call::Close);
}

/// A panic of a connection's destructor is nobody's either.
pub fn a_panic_in_drop_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    panics_at_the_end::<S>(fake, Call::Drop);
}

/// A driver that panics at the return while another panic unwinds does not abort the process.
pub fn a_second_panic_on_return_does_not_abort<S: Promise>(fake: &Fake) {
    for call in [Call::Rollback, Call::HasBroken] {
        let pool = built(pools::narrow::<_, S>(fake).build());
        fake.on(call).times(1).panics();
        let closed = fake.closed();
        unwinds(Defer(|| drop(pool.get().unwrap())));
        fake.wait_until_closed(closed + 1);
        nothing_is_taken(&pool);
        all_is_well(fake, &pool);
    }
}

/// A driver that panics in close while its user's panic unwinds does not abort the process.
pub fn a_second_panic_at_the_end_does_not_abort<S: Promise>(fake: &Fake) {
    for call in [Call::Close, Call::Drop] {
        let pool = built(pools::narrow::<_, S>(fake).build());
        let closed = fake.closed();
        fake.on(call).times(2).panics();
        unwinds(pool.get().unwrap());
        fake.wait_until_closed(closed + 1);
        unwinds(PooledConnection::detach(pool.get().unwrap()));
        fake.wait_until_closed(closed + 2);
        nothing_is_taken(&pool);
        all_is_well(fake, &pool);
    }
}

/// A panic in any call serves whoever waits for the place.
pub fn a_panic_serves_a_waiter<S: Promise>(fake: &Fake) {
    for call in [Call::Rollback, Call::HasBroken, Call::Close, Call::Drop] {
        let pool = built(pools::narrow::<_, S>(fake).build());
        let conn = pool.get().unwrap();
        fake.on(call).times(1).panics();
        thread::scope(|scope| {
            let waiter = scope.spawn(|| fake.session(&mut pool.get().unwrap()));
            super::waiting::until_waiting(&pool, 1);
            let session = conn.session();
            let ends_it = matches!(call, Call::Close | Call::Drop);
            let gives_up = || if ends_it { PooledConnection::invalidate(conn) } else { drop(conn) };
            assert_eq!(scripted(gives_up).is_err(), !ends_it);
            assert_ne!(waiter.join().unwrap(), session);
        });
        all_is_well(fake, &pool);
    }
}

/// A panic of is_valid on one caller's behalf serves the next.
pub fn a_panic_in_is_valid_serves_a_waiter<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).build());
    drop(pool.get().unwrap());
    let gate = fake.on(Call::IsValid).times(1).blocks();
    thread::scope(|scope| {
        let asks = scope.spawn(|| scripted(|| pool.get().is_ok()).unwrap_or(true));
        gate.wait_for_arrivals(1);
        let waiter = scope.spawn(|| pool.get().is_ok());
        super::waiting::until_waiting(&pool, if fake.may_hang() { 2 } else { 1 });
        gate.release_to_panic();
        assert_eq!((asks.join().unwrap(), waiter.join().unwrap()), (true, true));
    });
    all_is_well(fake, &pool);
}

/// Of many connections that are closed together, each is closed once, whichever of them panics.
pub fn a_panic_in_close_does_not_keep_the_others_open(fake: &Fake) {
    let pool = built(pools::with(fake, Queue::new().size(5).max_overflow(0)).build());
    drop([(); 5].map(|()| pool.get().unwrap()));
    fake.on(Call::Close).panics();
    pool.close();
    fake.wait_until_closed(5);
    wait_until("nothing is closing", || pool.status().closing == 0);
    assert_eq!((fake.count(Call::Close), pool.status().open), (5, 0));
}

/// Everything panics, in many threads: in the end each connection was closed once, and the pool works.
pub fn a_storm_of_panics_loses_nothing<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::wide::<_, S>(fake, 2), PrePing::Always).build());
    for call in [Call::Connect, Call::IsValid, Call::Rollback, Call::HasBroken, Call::Close, Call::Drop] {
        fake.on(call).times(30).panics();
    }
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..100 {
                    let _ = scripted(|| drop(pool.get().map(|mut conn| fake.session(&mut conn))));
                }
            });
        }
    });
    wait_until("nothing is under way", || {
        let status = pool.status();
        status.connecting + status.closing + status.in_use == 0
    });
    nothing_is_taken(&pool);
    fake.end_script();
    all_is_well(fake, &pool);
}

/// The driver panics at the return, twice in a row and once while another panic unwinds.
fn panics_on_return<S: Promise>(fake: &Fake, call: Call) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    for round in 1..=3 {
        let mut conn = pool.get().unwrap();
        let session = fake.session(&mut conn);
        fake.on(call).times(1).panics();
        if round < 3 {
            panics_at(call, || drop(conn));
        } else {
            // Its user's panic closes it without another call: the script is not used up by that.
            unwinds(conn);
            panics_at(call, || drop(pool.get().unwrap()));
        }
        fake.wait_until_closed(if round < 3 { round } else { 4 });
        nothing_is_taken(&pool);
        assert_ne!(fake.session(&mut pool.get().unwrap()), session);
    }
    all_is_well(fake, &pool);
}

/// The driver panics when the connection ends: by its user's word, and at its replacement.
fn panics_at_the_end<S: Promise>(fake: &Fake, call: Call) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    fake.on(call).times(2).panics();
    PooledConnection::invalidate(pool.get().unwrap());
    fake.wait_until_closed(1);
    nothing_is_taken(&pool);
    drop(pool.get().unwrap());
    pool.invalidate();
    drop(pool.get().unwrap());
    fake.wait_until_closed(2);
    nothing_is_taken(&pool);
    all_is_well(fake, &pool);
}

fn nothing_is_taken<S: Promise>(pool: &Pool<FakeManager, S>) {
    let status = pool.status();
    assert_eq!((status.in_use, status.connecting, status.waiting, status.open), (0, 0, 0, status.idle));
    assert!(pool.holders().is_empty(), "{:?}", pool.holders());
}

/// The pool lends, keeps what it should, and closes each connection once.
fn all_is_well<S: Promise>(fake: &Fake, pool: &Pool<FakeManager, S>) {
    let session = fake.session(&mut pool.get().unwrap());
    let again = fake.session(&mut pool.get().unwrap());
    assert_eq!(again == session, S::has(Ability::Keeps).is_ok());
    pool.close();
    wait_until("everything is closed", || fake.open() == 0 && pool.status().closing == 0);
    assert_eq!(fake.count(Call::Close), fake.closed());
}
