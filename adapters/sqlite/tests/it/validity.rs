//! When a connection is still good, and what a close leaves.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use cenote::{Fault, Manager, MayHang};
use cenote_sqlite::{
    JournalMode, SqliteManager,
    rusqlite::{Connection, ErrorCode, ffi},
};
use tempfile::tempdir;

use crate::kit::*;

#[test]
fn a_locked_file_is_valid_and_nobody_waits_to_hear_it() {
    let directory = tempdir().unwrap();
    let manager = SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete);
    let mut conn = connect(&manager);
    let other = connect(&manager);
    other.execute_batch("begin exclusive").unwrap();
    // The lock is never released while the check runs: if it waited, it would wait for ever.
    conn.busy_timeout(Duration::from_millis(i32::MAX as u64)).unwrap();
    manager.is_valid(&mut conn, Duration::ZERO).unwrap();
    assert_eq!(pragma(&conn, "busy_timeout"), i32::MAX.to_string());
}

#[test]
fn a_busy_handler_of_the_users_own_survives_the_check() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    let directory = tempdir().unwrap();
    let manager = SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete);
    let mut conn = connect(&manager);
    conn.busy_handler(Some(|_| {
        ASKED.store(true, Ordering::Relaxed);
        false
    }))
    .unwrap();
    manager.is_valid(&mut conn, Duration::ZERO).unwrap();
    let other = connect(&manager);
    other.execute_batch("begin exclusive").unwrap();
    conn.prepare("select * from sqlite_schema").unwrap_err();
    assert!(ASKED.load(Ordering::Relaxed));
}

#[test]
fn a_file_overwritten_under_its_connection_is_lost() {
    let directory = tempdir().unwrap();
    let manager = SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete);
    let mut conn = connect(&manager);
    conn.execute_batch("create table t(v)").unwrap();
    manager.is_valid(&mut conn, LONG).unwrap();
    fs::write(path(&directory), "a letter to a friend, and no database at all".repeat(1000)).unwrap();
    let error = manager.is_valid(&mut conn, LONG).unwrap_err();
    assert_eq!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase));
    assert_eq!(manager.classify(&error), Fault::Lost);
}

#[cfg(unix)]
#[test]
fn a_file_deleted_under_its_connection_is_lost_and_the_next_connect_makes_a_new_one() {
    let (directory, manager) = file();
    let mut conn = connect(&manager);
    manager.is_valid(&mut conn, LONG).unwrap();
    remove(&path(&directory));
    let error = manager.is_valid(&mut conn, LONG).unwrap_err();
    assert_eq!(error.sqlite_extended_error_code(), Some(ffi::SQLITE_READONLY_DBMOVED));
    assert_eq!(manager.classify(&error), Fault::Lost);
    assert!(error.to_string().contains("app.db was deleted or replaced"), "{error}");
    let mut next = connect(&manager);
    assert_eq!(pragma(&next, "journal_mode"), "wal");
    manager.is_valid(&mut next, LONG).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_replaced_under_its_connection_is_lost_even_if_a_connect_came_between() {
    let (directory, manager) = file();
    let mut old = connect(&manager);
    let restored = directory.path().join("restored.db");
    Connection::open(&restored).unwrap().execute_batch("create table t(v)").unwrap();
    remove(&path(&directory));
    fs::rename(restored, path(&directory)).unwrap();
    assert_eq!(count(&connect(&manager)), 0);
    let error = manager.is_valid(&mut old, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost);
    manager.is_valid(&mut connect(&manager), LONG).unwrap();
}

#[test]
fn every_call_is_bounded_so_the_pool_needs_no_thread() {
    assert_eq!(SqliteManager::memory().may_hang(), MayHang::NOTHING);
}

#[test]
fn after_a_close_the_file_can_be_taken_away() {
    let (directory, manager) = file();
    let conn = connect(&manager);
    conn.execute_batch("insert into t values (3)").unwrap();
    manager.close(conn).unwrap();
    assert!(!directory.path().join("app.db-wal").exists());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}
