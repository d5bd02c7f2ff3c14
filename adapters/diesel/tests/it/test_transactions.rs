//! Pools whose connections live in a transaction that is never committed.

use cenote::{Queue, Static};
use cenote_diesel::{
    DieselManager, Pool, Session,
    diesel::{
        connection::{SimpleConnection, TransactionManager},
        prelude::*,
    },
};

use crate::kit::*;

type Manager<C> = <Session<C> as Connection>::TransactionManager;

fn in_tests<D: Database>(home: &Fresh) -> Pool<D::Connection, Static> {
    Pool::builder(DieselManager::new(&*home.url)).strategy(Static::new()).test_transactions().build().unwrap()
}

fn what_one_writes_the_next_reads_and_nobody_else<D: Database>() {
    let home = D::fresh();
    let pool = in_tests::<D>(&home);
    for number in 0..3 {
        let mut conn = pool.get().unwrap();
        assert_eq!(D::all(&mut conn).len(), number);
        D::add(&mut conn, "of a test").unwrap();
    }
    assert!(committed::<D>(&home).is_empty());
    pool.dispose();
    assert!(D::all(&mut pool.get().unwrap()).is_empty());
}

fn what_a_user_leaves_open_within_it_is_rolled_back<D: Database>() {
    let home = D::fresh();
    let pool = in_tests::<D>(&home);
    D::add(&mut pool.get().unwrap(), "kept").unwrap();
    let mut conn = pool.get().unwrap();
    for _ in 0..2 {
        Manager::<D::Connection>::begin_transaction(&mut *conn).unwrap();
        D::add(&mut conn, "left open").unwrap();
    }
    drop(conn);
    assert_eq!(D::all(&mut pool.get().unwrap()), ["kept"]);
    assert!(committed::<D>(&home).is_empty());
    assert_eq!(pool.status().totals.opened, 1);
}

fn raw_statements_belong_to_the_test<D: Database>() {
    let home = D::fresh();
    let pool = in_tests::<D>(&home);
    pool.get().unwrap().batch_execute("INSERT INTO notes (text) VALUES ('a'); SAVEPOINT s").unwrap();
    assert_eq!(D::all(&mut pool.get().unwrap()), ["a"]);
    assert!(committed::<D>(&home).is_empty());
}

fn one_that_its_user_ended_is_begun_anew<D: Database>() {
    let home = D::fresh();
    let pool = in_tests::<D>(&home);
    let mut conn = pool.get().unwrap();
    D::add(&mut conn, "rolled back by hand").unwrap();
    Manager::<D::Connection>::rollback_transaction(&mut *conn).unwrap();
    drop(conn);
    D::add(&mut pool.get().unwrap(), "of the next test").unwrap();
    assert_eq!(D::all(&mut pool.get().unwrap()), ["of the next test"]);
    assert!(committed::<D>(&home).is_empty());
}

/// As with Diesel's own pool, where a `CustomizeConnection` begins it.
fn one_begun_by_hand_survives_a_return_too<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    let mut conn = pool.get().unwrap();
    conn.begin_test_transaction().unwrap();
    D::add(&mut conn, "John").unwrap();
    drop(conn);
    assert_eq!(D::all(&mut pool.get().unwrap()), ["John"]);
    assert!(committed::<D>(&home).is_empty());
    assert_eq!(pool.status().totals.opened, 1);
}

fn one_begun_by_hand_that_was_given_up_is_begun_anew<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    let mut conn = pool.get().unwrap();
    conn.begin_test_transaction().unwrap();
    D::add(&mut conn, "lost with it").unwrap();
    give_up::<D>(&mut conn);
    drop(conn);
    D::add(&mut pool.get().unwrap(), "of the next test").unwrap();
    assert_eq!(D::all(&mut pool.get().unwrap()), ["of the next test"]);
    assert!(committed::<D>(&home).is_empty());
}

fn one_that_was_given_up_is_not_committed_by_a_pool_that_commits<D: Database>() {
    let home = D::fresh();
    let pool = Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
        .commit_on_return()
        .test_transactions()
        .build()
        .unwrap();
    let mut conn = pool.get().unwrap();
    D::add(&mut conn, "lost with it").unwrap();
    give_up::<D>(&mut conn);
    drop(conn);
    assert!(committed::<D>(&home).is_empty());
    assert_eq!(pool.status().totals.opened, 1);
}

/// What Diesel notes where the database gives a transaction up, after a deadlock for example.
fn give_up<D: Database>(session: &mut Session<D::Connection>) {
    let status = Manager::<D::Connection>::transaction_manager_status_mut(session);
    status.set_requires_rollback_maybe_up_to_top_level(true);
}

fn it_is_not_committed_by_a_pool_that_commits<D: Database>() {
    let home = D::fresh();
    let pool = Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
        .strategy(Queue::new().size(1).max_overflow(0))
        .commit_on_return()
        .test_transactions()
        .build()
        .unwrap();
    let mut conn = pool.get().unwrap();
    Manager::<D::Connection>::begin_transaction(&mut *conn).unwrap();
    D::add(&mut conn, "of a test").unwrap();
    drop(conn);
    assert_eq!(D::all(&mut pool.get().unwrap()), ["of a test"]);
    assert!(committed::<D>(&home).is_empty());
}

on_every_database!(
    what_one_writes_the_next_reads_and_nobody_else,
    what_a_user_leaves_open_within_it_is_rolled_back,
    raw_statements_belong_to_the_test,
    one_that_its_user_ended_is_begun_anew,
    one_begun_by_hand_survives_a_return_too,
    one_begun_by_hand_that_was_given_up_is_begun_anew,
    one_that_was_given_up_is_not_committed_by_a_pool_that_commits,
    it_is_not_committed_by_a_pool_that_commits,
);

#[test]
fn one_that_postgres_gave_up_is_begun_anew() {
    let home = Postgres::fresh();
    let pool = in_tests::<Postgres>(&home);
    let mut conn = pool.get().unwrap();
    Postgres::add(&mut conn, "lost with it").unwrap();
    conn.batch_execute("SELECT 1 / 0").unwrap_err();
    assert!(Postgres::add(&mut conn, "refused").is_err());
    drop(conn);
    Postgres::add(&mut pool.get().unwrap(), "of the next test").unwrap();
    assert_eq!(Postgres::all(&mut pool.get().unwrap()), ["of the next test"]);
    assert!(committed::<Postgres>(&home).is_empty());
    assert_eq!(pool.status().totals.opened, 1);
}

#[test]
fn one_that_was_ended_by_raw_sql_on_postgres_is_begun_anew() {
    let home = Postgres::fresh();
    let pool = in_tests::<Postgres>(&home);
    pool.get().unwrap().batch_execute("ROLLBACK").unwrap();
    Postgres::add(&mut pool.get().unwrap(), "of the next test").unwrap();
    assert!(committed::<Postgres>(&home).is_empty());
}
