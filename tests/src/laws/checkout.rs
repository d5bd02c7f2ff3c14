//! Getting a connection and giving it back.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::meeting::Meeting;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::kit::workers;
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{Manager, MayHang, Pool, PooledConnection, PrePing};
use std::thread;
use std::time::Duration;

/// Neither `new` nor `build` calls the driver.
pub fn a_new_pool_opens_nothing<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    assert_eq!((fake.sequence().as_str(), pool.status().open), ("", 0));
    drop(pool);
    drop(Pool::new(fake.manager()));
    assert_eq!(fake.sequence(), "");
}

/// One connection serves one checkout after another.
pub fn a_returned_connection_is_used_again<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let first = backend.session(&mut pool.get().unwrap());
    for _ in 0..10 {
        assert_eq!(backend.session(&mut pool.get().unwrap()), first);
    }
    assert_eq!(pool.status().totals.opened, 1);
}

/// Whoever has a connection out has it alone.
pub fn parallel_checkouts_have_different_connections<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 4).build());
    let all_out = Meeting::of(4);
    let mut sessions = thread::scope(|scope| {
        let holders = [(); 4].map(|()| {
            scope.spawn(|| {
                let mut conn = pool.get().unwrap();
                all_out.wait();
                let session = backend.session(&mut conn);
                all_out.wait();
                session
            })
        });
        holders.map(|holder| holder.join().unwrap())
    });
    sessions.sort_unstable();
    assert!(sessions.windows(2).all(|pair| pair[0] < pair[1]), "shared: {sessions:?}");
}

/// A thread that has one out gets another one.
pub fn nested_checkouts_have_different_connections<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    let (mut outer, mut nested) = (pool.get().unwrap(), pool.get().unwrap());
    assert_ne!(backend.session(&mut outer), backend.session(&mut nested));
    assert_ne!(PooledConnection::id(&outer), PooledConnection::id(&nested));
    assert_eq!(pool.status().in_use, 2);
}

/// What one clone returns, the other gets.
pub fn clones_are_one_pool<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let clone = pool.clone();
    let session = backend.session(&mut pool.get().unwrap());
    assert_eq!(backend.session(&mut clone.get().unwrap()), session);
    assert_eq!(clone.status().totals.checkouts, 2);
    assert_eq!(clone.name(), pool.name());
}

/// `try_get` takes what is idle, and opens where a place is free.
pub fn try_get_serves_what_needs_no_waiting<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    for checkouts in 1..=3 {
        drop(pool.try_get().unwrap().expect("a place is free, or one is idle"));
        assert_eq!(pool.status().totals.checkouts, checkouts);
    }
    assert_eq!(pool.status().in_use, 0);
}

/// `try_get` at the limit is none at once, however long the timeout.
pub fn try_get_never_waits_for_another_caller<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).timeout(Duration::MAX).build());
    let only = pool.get().unwrap();
    assert!(pool.try_get().unwrap().is_none());
    assert_eq!(pool.status().totals.timeouts, 0);
    drop(only);
    assert!(pool.try_get().unwrap().is_some());
}

/// An owned handle needs no borrow of the pool, and comes home like any other.
pub fn an_owned_handle_comes_home<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut owned = pool.clone().get_owned().unwrap();
    let session = backend.session(&mut owned);
    assert_eq!(pool.status().in_use, 1);
    drop(owned);
    assert_eq!(pool.status().in_use, 0);
    if S::has(crate::promise::Ability::Keeps).is_ok() {
        assert_eq!(backend.session(&mut pool.get().unwrap()), session);
        assert_eq!(backend.session(&mut pool.get_owned().unwrap()), session);
    }
}

/// A connection keeps its number as long as it lives; its successor has another.
pub fn a_connections_number_is_its_own<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let conn = pool.get().unwrap();
    let first = PooledConnection::id(&conn);
    drop(conn);
    let conn = pool.get().unwrap();
    assert_eq!(PooledConnection::id(&conn), first);
    PooledConnection::invalidate(conn);
    assert_ne!(PooledConnection::id(&pool.get().unwrap()), first);
}

/// Age is counted from the end of the connect, also where no setting needs it.
pub fn a_connection_knows_its_age<B: Backend, S: Promise>(backend: &B) {
    for lean in [false, true] {
        let clock = ManualClock::new();
        let mut builder = pools::narrow::<B, S>(backend).clock(&clock);
        if lean {
            builder = S::pre_ping(S::recycle(builder, None), PrePing::Never).holders(false);
        }
        let pool = built(builder.build());
        clock.advance(Duration::from_secs(100));
        let conn = pool.get().unwrap();
        assert_eq!(PooledConnection::age(&conn), Duration::ZERO, "lean: {lean}");
        clock.advance(Duration::from_secs(7));
        assert_eq!(PooledConnection::age(&conn), Duration::from_secs(7), "lean: {lean}");
    }
}

/// A driver that bounds its calls is called in the caller's own thread, and no other thread exists.
pub fn a_bounded_driver_is_called_in_the_callers_thread<S: Promise>(fake: &Fake) {
    let builder = Pool::builder(fake.manager_that(MayHang::NOTHING)).strategy(S::narrow()).name("caller");
    let pool = built(S::pre_ping(builder, PrePing::Always).build());
    let caller = thread::Builder::new().name("the caller".to_owned());
    thread::scope(|scope| {
        let checkouts = || {
            drop(pool.get().unwrap());
            PooledConnection::invalidate(pool.get().unwrap());
        };
        caller.spawn_scoped(scope, checkouts).unwrap().join().unwrap();
    });
    for call in [Call::Connect, Call::IsValid, Call::Rollback, Call::HasBroken, Call::Close] {
        assert!(
            fake.threads(call).iter().all(|thread| thread == "the caller"),
            "{call}: {:?}",
            fake.threads(call)
        );
    }
    assert_ne!((fake.count(Call::Connect), fake.count(Call::Close)), (0, 0));
    assert_eq!((pool.status().workers, workers::alive("caller")), (0, 0));
}

/// One caller's slow connect holds up nobody for whom there is room.
pub fn a_slow_connect_holds_up_nobody_else<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(pools::wide::<_, S>(fake, 5).build());
    thread::scope(|scope| {
        let slow = scope.spawn(|| pool.get().is_ok());
        gate.wait_for_arrivals(1);
        for _ in 0..4 {
            scope.spawn(|| fake.session(&mut pool.get().unwrap())).join().unwrap();
        }
        // The slow one may have taken what another brought home meanwhile; its own connect still stands.
        assert_eq!(gate.blocked(), 1);
        gate.release();
        assert!(slow.join().unwrap());
    });
}

/// While the driver is in any of its calls, everything can be asked of the pool: no lock is held.
pub fn no_lock_is_held_during_a_call<S: Promise>(fake: &Fake) {
    for call in [Call::Connect, Call::IsValid, Call::Rollback, Call::HasBroken, Call::Close, Call::Drop] {
        let gate = fake.on(call).times(1).blocks();
        let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).build());
        thread::scope(|scope| {
            // What comes after the call may meet a closed pool.
            let in_the_call = scope.spawn(|| {
                drop(pool.get());
                drop(pool.get().map(PooledConnection::invalidate));
            });
            // Null keeps nothing: it has nothing to ask, to roll back, or to find broken.
            wait_until("the driver is called", || gate.blocked() == 1 || in_the_call.is_finished());
            let asks = scope.spawn(|| {
                drop((pool.status(), pool.holders(), pool.try_get().is_ok()));
                pool.invalidate();
                pool.close();
            });
            wait_until(&format!("everything is answered during {call}"), || asks.is_finished());
            gate.release();
            in_the_call.join().unwrap();
        });
    }
}

/// A manager is reachable through the pool that has it.
pub fn the_manager_can_be_asked<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    assert_eq!(pool.manager().may_hang(), backend.manager().may_hang());
}
