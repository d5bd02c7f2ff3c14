//! Events: what an observer is told, and in which order.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::diary::Diary;
use crate::kit::panics::scripted_panic;
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{Builder, CloseReason, Detached, Event, PooledConnection, Queue};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn watched<B: Backend, S: Promise>(backend: &B) -> (Builder<B::Manager, S>, Diary) {
    let diary = Diary::default();
    (pools::narrow::<B, S>(backend).observer(diary.clone()), diary)
}

/// What a return is told as, where the connection is kept and where it is not.
fn returned<S: Promise>() -> &'static str {
    match S::has(Ability::Keeps) {
        Ok(()) => "reset checkin",
        Err(_) => "reset(closing) checkin close",
    }
}

/// The first checkout, a later one, and their returns.
pub fn a_checkout_and_its_return_are_told_in_order<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    assert_eq!(diary.read(), "first_connect connect checkout");
    drop(conn);
    assert_eq!(diary.read(), returned::<S>());
    drop(pool.get().unwrap());
    let connect = if S::has(Ability::Keeps).is_ok() { "" } else { "connect " };
    assert_eq!(diary.read(), format!("{connect}checkout {}", returned::<S>()));
}

/// One that comes home to be closed is neither cleaned nor kept.
pub fn a_return_of_an_older_connection_is_told_as_its_end<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    pool.invalidate();
    diary.read();
    drop(conn);
    assert_eq!(diary.read(), "reset(closing) checkin close");
}

/// An idle one of an older generation is closed, and another opened, before the checkout.
pub fn a_replacement_is_told_before_the_checkout<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    drop(pool.get().unwrap());
    pool.invalidate();
    diary.read();
    let conn = pool.get().unwrap();
    assert_eq!(diary.read(), "close connect checkout");
    drop(conn);
}

/// A surplus connection comes home and goes.
pub fn a_surplus_return_is_told_as_its_end<B: Backend>(backend: &B) {
    let diary = Diary::default();
    let builder = pools::with(backend, Queue::new().size(1).max_overflow(1)).observer(diary.clone());
    let pool = built(builder.build());
    let (kept, surplus) = (pool.get().unwrap(), pool.get().unwrap());
    drop(kept);
    diary.read();
    drop(surplus);
    assert_eq!(diary.read(), "reset(closing) checkin close");
}

/// One that its user gives up.
pub fn an_invalidation_is_told_in_order<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    diary.read();
    PooledConnection::invalidate(conn);
    assert_eq!(diary.read(), "invalidate close checkin(none)");
}

/// One that its user wants replaced: it can be used, goes home as usual, and is replaced at the next checkout.
pub fn a_soft_invalidation_is_told_in_order<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    diary.read();
    S::soft_invalidate(&mut conn);
    assert_eq!(diary.read(), "soft_invalidate");
    assert_eq!(backend.session(&mut conn), session);
    drop(conn);
    assert_eq!((diary.read().as_str(), pool.status().idle), ("reset checkin", 1));
    let mut conn = pool.get().unwrap();
    assert_eq!(diary.read(), "close connect checkout");
    assert_ne!(backend.session(&mut conn), session);
    assert_eq!(pool.status().totals.closed_because(CloseReason::SoftInvalidated), 1);
}

/// One that leaves the pool, and its end.
pub fn a_detached_connection_is_told_in_order<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    diary.read();
    let detached = PooledConnection::detach(conn);
    assert_eq!(diary.read(), "detach");
    drop(detached);
    assert_eq!(diary.read(), "reset(closing) close_detached");
    let detached = PooledConnection::detach(pool.get().unwrap());
    diary.read();
    backend.taken(&detached);
    drop(Detached::into_inner(detached));
    assert_eq!(diary.read(), "", "it is its user's alone");
}

/// A rollback that fails.
pub fn a_failed_reset_is_told_in_order<S: Promise>(fake: &Fake) {
    let (builder, diary) = watched::<_, S>(fake);
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    diary.read();
    fake.on(Call::Rollback).times(1).fails();
    drop(conn);
    assert_eq!(diary.read(), "reset invalidate close checkin(none)");
}

/// What is idle when the pool closes, and what is out.
pub fn a_close_is_told_for_each_connection<B: Backend, S: Promise>(backend: &B) {
    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    drop(pool.get().unwrap());
    diary.read();
    pool.close();
    assert_eq!(diary.read(), "close");

    let (builder, diary) = watched::<B, S>(backend);
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    diary.read();
    pool.close();
    assert_eq!(diary.read(), "");
    drop(conn);
    assert_eq!(diary.read(), "reset(closing) checkin close");
}

/// A dispose closes what is idle now and what is out at its return, and the pool goes on.
pub fn a_dispose_is_told_for_each_idle_connection<B: Backend, S: Promise>(backend: &B) {
    let diary = Diary::default();
    let pool = built(pools::wide::<B, S>(backend, 3).observer(diary.clone()).build());
    let nests = S::has(Ability::Nests).is_ok();
    let (mut all, out) = (vec![pool.get().unwrap()], nests.then(|| pool.get().unwrap()));
    all.extend(nests.then(|| pool.get().unwrap()));
    let idle = all.len();
    drop(all);
    diary.read();
    pool.dispose();
    assert_eq!(diary.read(), vec!["close"; idle].join(" "));
    assert_eq!(pool.status().open, usize::from(nests));
    drop(out);
    assert_eq!(diary.read(), if nests { "reset(closing) checkin close" } else { "" });
    drop(pool.get().unwrap());
    assert_eq!(diary.read(), "connect checkout reset checkin");
}

/// What hangs on a connection goes with it; what hangs on its record is there for the next one.
pub fn info_is_the_connections_and_record_info_the_places<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    PooledConnection::info_mut(&mut conn).insert("the connection's");
    PooledConnection::record_info_mut(&mut conn).insert("the record's");
    drop(conn);
    let conn = pool.get().unwrap();
    let kept = S::has(Ability::Keeps).is_ok().then_some(&"the connection's");
    assert_eq!(PooledConnection::info(&conn).get(), kept);
    assert_eq!(PooledConnection::record_info(&conn).get(), Some(&"the record's"));
    PooledConnection::invalidate(conn);
    let conn = pool.get().unwrap();
    assert_eq!(PooledConnection::info(&conn).get::<&str>(), None);
    assert_eq!(PooledConnection::record_info(&conn).get(), Some(&"the record's"));
    let detached = PooledConnection::detach(conn);
    assert_eq!(Detached::info(&detached).get::<&str>(), None);
    assert_eq!(PooledConnection::record_info(&pool.get().unwrap()).get(), Some(&"the record's"));
}

/// An observer that comes later is told what comes later.
pub fn an_observer_added_later_is_told_from_then_on<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let conn = pool.get().unwrap();
    let diary = Diary::default();
    pool.observer(diary.clone());
    drop(conn);
    assert_eq!(diary.read(), returned::<S>());
}

/// No lock is held while it is told, and its panic is its own.
pub fn an_observer_may_call_the_pool_and_panic<S: Promise>(fake: &Fake) {
    let pool = Arc::new(built(pools::narrow::<_, S>(fake).build()));
    let (asked, told) = (Arc::downgrade(&pool), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&told);
    pool.observer(move |_: &Event| {
        let Some(pool) = asked.upgrade() else { return };
        count.fetch_add(pool.status().totals.opened as usize + pool.holders().len(), Ordering::SeqCst);
        scripted_panic("an observer")
    });
    for _ in 0..3 {
        drop(pool.get().unwrap());
    }
    assert!(told.load(Ordering::SeqCst) > 0);
    assert_eq!((pool.status().in_use, pool.status().totals.timeouts), (0, 0));
}
