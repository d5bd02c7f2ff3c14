//! What a pool of Diesel connections promises its users; the behaviours of Diesel's own pool among them.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Barrier},
    thread,
    time::Duration,
};

use cenote::{Event, PrePing, Queue, Static};
use cenote_diesel::{
    DieselManager, Pool, PooledConnection, Session,
    diesel::{self, connection::TransactionManager, prelude::*, sql_types::Text},
};

use parking_lot::Mutex;

use crate::kit::*;

fn two_threads_have_a_connection_each_at_the_same_time<D: Database>() {
    let home = D::fresh();
    let pool = of::<D, _>(&home, Queue::new().size(2).max_overflow(0));
    let both = Barrier::new(2);
    let lend = || {
        let conn = pool.get().unwrap();
        both.wait();
        PooledConnection::id(&conn)
    };
    let (one, other) = thread::scope(|scope| {
        let (one, other) = (scope.spawn(lend), scope.spawn(lend));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_ne!(one, other);
    drop(pool.get().unwrap());
    assert_eq!(pool.status().totals.opened, 2);
}

fn a_connection_is_checked_before_it_is_lent_where_that_is_asked_for<D: Database>() {
    let home = D::fresh();
    let pool = Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
        .pre_ping(PrePing::Always)
        .build()
        .unwrap();
    for _ in 0..3 {
        D::all(&mut pool.get().unwrap());
    }
    assert_eq!(pool.status().totals.opened, 1);
}

/// `check_pool_does_actually_hold_connections` of Diesel, except that an open transaction is rolled back here and its
/// connection kept, where Diesel closes it.
fn a_connection_is_reused_and_its_events_tell<D: Database>() {
    let home = D::fresh();
    let told = Arc::<Mutex<Vec<&'static str>>>::default();
    let log = Arc::clone(&told);
    let pool = Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
        .strategy(Queue::new().size(1).max_overflow(0))
        .observer(move |event: &Event| log.lock().push(event.name()))
        .build_connected(1)
        .unwrap();
    let events = || std::mem::take(&mut *told.lock());
    assert_eq!(events(), ["first_connect", "connect", "checkout", "reset", "checkin"]);
    drop(pool.get().unwrap());
    assert_eq!(events(), ["checkout", "reset", "checkin"]);
    let mut conn = pool.get().unwrap();
    <Session<D::Connection> as Connection>::TransactionManager::begin_transaction(&mut *conn).unwrap();
    drop(conn);
    assert_eq!(events(), ["checkout", "reset", "checkin"]);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _conn = pool.get().unwrap();
        panic!("the user made a mistake");
    }));
    assert!(panicked.is_err());
    let after_a_panic = events();
    assert!(after_a_panic.contains(&"close"), "{after_a_panic:?}");
    drop(pool.get().unwrap());
    assert_eq!(events(), ["connect", "checkout", "reset", "checkin"]);
}

on_every_database!(
    two_threads_have_a_connection_each_at_the_same_time,
    a_connection_is_checked_before_it_is_lent_where_that_is_asked_for,
    a_connection_is_reused_and_its_events_tell,
);

#[test]
fn a_pooled_connection_is_a_connection() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    let query = diesel::select("foo".into_sql::<Text>());
    assert_eq!(query.get_result::<String>(&mut pool.get().unwrap()), Ok("foo".to_owned()));
}

#[test]
fn a_private_database_in_memory_is_one_with_static() {
    let pool = Pool::<SqliteConnection>::builder(DieselManager::new(":memory:"))
        .strategy(Static::new())
        .build()
        .unwrap();
    let create = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
    diesel::sql_query(create).execute(&mut pool.get().unwrap()).unwrap();
    Sqlite::add(&mut pool.get().unwrap(), "kept").unwrap();
    assert_eq!(Sqlite::all(&mut pool.get().unwrap()), ["kept"]);
}

#[test]
fn a_database_in_memory_that_connections_share_is_one_while_one_of_them_is_open() {
    let url = "file:/cenote-diesel-shared?vfs=memdb";
    let pool = Pool::<SqliteConnection>::builder(DieselManager::new(url))
        .strategy(Queue::new().size(2).max_overflow(0))
        .build_connected(2)
        .unwrap();
    let (mut one, mut other) = (pool.get().unwrap(), pool.get().unwrap());
    let create = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
    diesel::sql_query(create).execute(&mut one).unwrap();
    Sqlite::add(&mut one, "seen").unwrap();
    assert_eq!(Sqlite::all(&mut other), ["seen"]);
}

#[test]
fn a_closed_pool_leaves_no_thread_where_nothing_can_hang() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    Sqlite::add(&mut pool.get().unwrap(), "one").unwrap();
    assert_eq!(pool.status().workers, 0);
    pool.close_and_wait(Duration::MAX).unwrap();
    assert_eq!(pool.status().workers, 0);
}

#[test]
fn a_timeout_names_the_line_that_has_the_connection() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    let _held = pool.get().unwrap();
    let error = pool.get_timeout(Duration::ZERO).unwrap_err();
    assert!(error.to_string().contains(file!()), "{error}");
    assert!(pool.try_get().unwrap().is_none());
}
