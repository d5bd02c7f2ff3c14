//! What a connection is like when it comes home.

use std::mem;

use cenote::Manager;
use cenote_sqlite::rusqlite::TransactionBehavior;

use crate::kit::*;

#[test]
fn a_return_rolls_back_whatever_was_begun_and_however() {
    let (_directory, manager) = file();
    let mut conn = connect(&manager);
    for begin in ["begin", "begin immediate", "savepoint s", "begin; savepoint s"] {
        conn.execute_batch(begin).unwrap();
        conn.execute_batch("insert into t values (3)").unwrap();
        assert!(!manager.has_broken(&mut conn));
        manager.rollback(&mut conn).unwrap();
        assert!(conn.is_autocommit());
        assert_eq!(count(&conn), 2);
    }
    mem::forget(conn.transaction().unwrap());
    manager.rollback(&mut conn).unwrap();
    assert!(conn.is_autocommit());
}

#[test]
fn a_return_brings_back_how_transactions_begin() {
    let (_directory, manager) = file();
    let mut conn = connect(&manager);
    conn.set_transaction_behavior(TransactionBehavior::Exclusive);
    manager.rollback(&mut conn).unwrap();
    let transaction = conn.transaction().unwrap();
    connect(&manager).execute_batch("insert into t values (3)").expect("the transaction is deferred");
    transaction.commit().unwrap();
}

#[test]
fn a_statement_that_was_never_dropped_breaks_its_connection() {
    let (_directory, manager) = file();
    let mut conn = connect(&manager);
    let mut statement = conn.prepare("select v from t").unwrap();
    let mut rows = statement.query([]).unwrap();
    rows.next().unwrap().unwrap();
    mem::forget(rows);
    mem::forget(statement);
    assert!(conn.is_autocommit());
    assert!(manager.has_broken(&mut conn));
    let error = manager.close(conn).unwrap_err();
    assert!(error.to_string().contains("a statement of this connection was never dropped"), "{error}");
}

#[test]
fn a_statement_forgotten_in_a_transaction_fails_the_return_and_the_write_lock_is_given_back() {
    let (_directory, manager) = file();
    let mut conn = connect(&manager);
    conn.execute_batch("begin immediate; insert into t values (3)").unwrap();
    let mut statement = conn.prepare("select v from t").unwrap();
    let mut rows = statement.query([]).unwrap();
    rows.next().unwrap().unwrap();
    mem::forget(rows);
    mem::forget(statement);
    assert!(!manager.has_broken(&mut conn));
    assert!(manager.rollback(&mut conn).is_err());
    manager.close(conn).unwrap_err();
    connect(&manager).execute_batch("insert into t values (4)").expect("nobody holds the write lock");
}

#[test]
fn a_close_ends_an_open_transaction_even_beside_a_forgotten_statement() {
    let (_directory, manager) = file();
    let conn = connect(&manager);
    conn.execute_batch("begin immediate; insert into t values (3)").unwrap();
    mem::forget(conn.prepare("select v from t").unwrap());
    manager.close(conn).unwrap_err();
    let next = connect(&manager);
    next.execute_batch("insert into t values (4)").expect("nobody holds the write lock");
    assert_eq!(count(&next), 3);
}

#[test]
fn settings_of_a_user_are_no_reason_to_close() {
    let (directory, manager) = file();
    let mut conn = connect(&manager);
    let other = directory.path().join("other.db");
    conn.execute("attach ?1 as other", [other.to_str().unwrap()]).unwrap();
    conn.execute_batch("create temp table x(v); insert into x values (1); select * from x").unwrap();
    assert!(!manager.has_broken(&mut conn));
    manager.rollback(&mut conn).unwrap();
    conn.execute_batch("pragma locking_mode = exclusive; insert into t values (3)").unwrap();
    assert!(!manager.has_broken(&mut conn));
}
