//! Shared handles: one thread, one connection, however often it is asked for.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::panics::{scripted, scripted_panic};
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{CloseReason, Error, PooledConnection, SharedConnection};
use std::thread;

/// One that is asked for again is the same, and in the same transaction; what was written is the outer's to commit.
pub fn a_shared_connection_is_the_same_for_all_who_ask<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let outer = pool.get_shared().unwrap();
    outer.with(|conn| backend.begin(conn));
    let session = outer.with(|conn| backend.session(conn));
    for _ in 0..3 {
        let nested = pool.clone().get_shared().unwrap();
        assert_eq!(nested.with(|conn| backend.session(conn)), session);
        nested.with(|conn| backend.insert(conn));
        assert_eq!(SharedConnection::id(&nested), SharedConnection::id(&outer));
    }
    assert_eq!((pool.status().in_use, pool.status().totals.checkouts), (1, 1));
    outer.with(|conn| backend.commit(conn));
    assert_eq!(backend.committed(), 3);
}

/// It comes home, and is cleaned, when the last handle is dropped, whichever that is.
pub fn a_shared_connection_comes_home_with_its_last_handle<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let outer = pool.get_shared().unwrap();
    let (nested, another) = (pool.get_shared().unwrap(), outer.clone());
    assert_eq!(SharedConnection::handles(&outer), 3);
    drop(outer);
    drop(another);
    assert_eq!((fake.count(Call::Rollback) + fake.count(Call::Close), pool.status().in_use), (0, 1));
    drop(nested);
    assert_eq!(pool.status().in_use, 0);
    if S::has(Ability::Keeps).is_ok() {
        assert_eq!(fake.count(Call::Rollback), 1);
    }
    let after = pool.get_shared().unwrap();
    assert_eq!(SharedConnection::handles(&after), 1, "it is another tenancy");
}

/// Another thread has one of its own, and a plain checkout never joins.
pub fn a_shared_connection_is_shared_with_nobody_else<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 3).build());
    let shared = pool.get_shared().unwrap();
    let session = shared.with(|conn| backend.session(conn));
    thread::scope(|scope| {
        let other = scope.spawn(|| {
            let other = pool.get_shared().unwrap();
            other.with(|conn| backend.session(conn))
        });
        assert_ne!(other.join().unwrap(), session);
    });
    if S::has(Ability::Nests).is_ok() {
        assert_ne!(backend.session(&mut pool.get().unwrap()), session);
    } else {
        assert!(matches!(pool.get(), Err(Error::AlreadyCheckedOut { .. })));
    }
}

/// Two pools share nothing.
pub fn shared_connections_of_two_pools_are_two<B: Backend, S: Promise>(backend: &B) {
    let one = built(pools::narrow::<B, S>(backend).build());
    let other = built(pools::narrow::<B, S>(backend).build());
    let (shared, others) = (one.get_shared().unwrap(), other.get_shared().unwrap());
    let session = shared.with(|conn| backend.session(conn));
    assert_ne!(others.with(|conn| backend.session(conn)), session);
}

/// Two uses that overlap are an error, not a second owner.
pub fn overlapping_uses_are_an_error<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let (one, other) = (pool.get_shared().unwrap(), pool.get_shared().unwrap());
    let lent = one.try_borrow_mut().unwrap();
    assert!(other.try_borrow_mut().is_err() && other.try_borrow().is_err());
    drop(lent);
    let (looks, also) = (one.try_borrow().unwrap(), other.try_borrow().unwrap());
    assert!(one.try_borrow_mut().is_err());
    drop((looks, also));
    one.with(|conn| backend.session(conn));
}

/// What takes the connection away needs the last handle; then it can be detached or given up as any other.
pub fn only_the_last_handle_gives_the_connection_away<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let one = pool.get_shared().unwrap();
    let other = pool.get_shared().unwrap();
    let one = SharedConnection::try_unwrap(one).unwrap_err();
    drop(other);
    let mut conn = SharedConnection::try_unwrap(one).unwrap();
    let session = backend.session(&mut conn);
    let mut detached = PooledConnection::detach(conn);
    let next = pool.get_shared().unwrap();
    assert_ne!(next.with(|conn| backend.session(conn)), session, "the detached one is not joined");
    assert_eq!(backend.session(&mut detached), session);
}

/// A panic of one that had a handle costs the connection, also if it is caught while others go on.
pub fn a_panic_of_any_handle_closes_the_shared_connection<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let outer = pool.get_shared().unwrap();
    let nested = || -> () {
        let _handle = pool.get_shared().unwrap();
        scripted_panic("its user")
    };
    assert!(scripted(nested).is_err());
    outer.with(|conn| backend.session(conn));
    drop(outer);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Panicked), 1);
    assert_eq!((pool.status().open, pool.status().in_use), (0, 0));
    assert!(pool.get_shared().is_ok());
}

/// One that is out can be used and joined after its pool was closed, and is closed when it comes home.
pub fn a_shared_connection_outlives_its_pools_end<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let shared = pool.get_shared().unwrap();
    pool.close();
    pool.get_shared().unwrap().with(|conn| backend.session(conn));
    drop(shared);
    assert!(matches!(pool.get_shared(), Err(Error::Closed)));
    assert_eq!(pool.status().open, 0);
}
