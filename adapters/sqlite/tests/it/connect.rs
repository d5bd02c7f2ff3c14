//! What a new connection is, and what a connect refuses.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use cenote::{Fault, Manager};
use cenote_sqlite::{
    JournalMode, SqliteManager,
    rusqlite::{Connection, ErrorCode, OpenFlags},
};
use tempfile::tempdir;

use crate::kit::*;

#[test]
fn a_connection_to_a_file_has_wal_foreign_keys_and_a_busy_timeout() {
    let (_directory, manager) = file();
    let conn = connect(&manager);
    assert_eq!(pragma(&conn, "journal_mode"), "wal");
    assert_eq!(pragma(&conn, "foreign_keys"), "1");
    assert_eq!(pragma(&conn, "busy_timeout"), "5000");
    assert_eq!(pragma(&conn, "synchronous"), "2");
}

#[test]
fn what_is_configured_holds_on_every_connection() {
    let (directory, _) = file();
    let manager = SqliteManager::file(path(&directory))
        .with_busy_timeout(Duration::from_micros(1))
        .with_foreign_keys(false)
        .with_pragma("cache_size", -4000)
        .with_pragma("cache_size", -5000);
    for _ in 0..2 {
        let conn = connect(&manager);
        assert_eq!(pragma(&conn, "busy_timeout"), "1");
        assert_eq!(pragma(&conn, "foreign_keys"), "0");
        assert_eq!(pragma(&conn, "cache_size"), "-5000");
    }
}

#[test]
fn the_deadline_of_a_connect_does_not_shorten_the_busy_timeout_of_its_connection() {
    let manager = SqliteManager::memory().with_busy_timeout(Duration::from_secs(60));
    let conn = manager.connect(Duration::from_secs(10)).unwrap();
    assert_eq!(pragma(&conn, "busy_timeout"), "60000");
}

#[test]
fn a_pragma_is_set_before_the_file_is_made() {
    let directory = tempdir().unwrap();
    let conn = connect(&SqliteManager::file(path(&directory)).with_pragma("page_size", 8192));
    assert_eq!(pragma(&conn, "page_size"), "8192");
    assert_eq!(pragma(&conn, "journal_mode"), "wal");
}

#[test]
fn a_file_that_can_only_be_read_is_read_and_left_as_it_is() {
    let (directory, _) = file();
    connect(&SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete));
    for manager in [
        SqliteManager::file(path(&directory)).with_flags(OpenFlags::SQLITE_OPEN_READ_ONLY),
        SqliteManager::uri(format!("file:{}?mode=ro", path(&directory).display())),
        SqliteManager::uri(format!("file:{}?immutable=1", path(&directory).display())),
    ] {
        let conn = connect(&manager);
        assert_eq!(count(&conn), 2);
        assert_eq!(pragma(&conn, "journal_mode"), "delete");
    }
    let wal = SqliteManager::file(path(&directory))
        .with_flags(OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_journal_mode(JournalMode::Wal);
    assert!(refusal(&wal).to_string().contains("with_journal_mode: no WAL here"));
}

#[test]
fn many_first_connects_at_once_all_succeed() {
    for _ in 0..20 {
        let directory = tempdir().unwrap();
        let manager = SqliteManager::file(path(&directory));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let conn = connect(&manager);
                    conn.execute_batch("create table if not exists t(v); insert into t values (1)").unwrap();
                });
            }
        });
        assert_eq!(count(&connect(&manager)), 8);
    }
}

#[test]
fn a_connect_to_a_locked_file_waits_no_longer_than_its_deadline_and_says_what_it_wanted() {
    let (directory, _) = file();
    connect(&SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete));
    let other = Connection::open(path(&directory)).unwrap();
    other.execute_batch("begin immediate; insert into t values (3)").unwrap();
    // The lock is never released: a connect that heeded the busy timeout alone would never be back.
    let manager = SqliteManager::file(path(&directory)).with_busy_timeout(Duration::MAX);
    let error = manager.connect(Duration::from_millis(50)).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Transient);
    let text = error.to_string();
    assert!(text.contains("app.db: WAL cannot be set while others use the database"), "{text}");
}

#[test]
fn a_relative_path_means_the_same_wherever_the_process_goes() {
    let shown = format!("{:?}", SqliteManager::file("app.db"));
    let here = std::env::current_dir().unwrap();
    assert!(shown.contains(here.join("app.db").to_str().unwrap()), "{shown}");
}

#[test]
fn a_database_in_memory_is_one_for_all_its_connections_and_lives_as_long_as_its_manager() {
    for manager in [SqliteManager::memory(), SqliteManager::uri("file:law?mode=memory&cache=shared")] {
        let one = connect(&manager);
        one.execute_batch("create table t(v); insert into t values (1)").unwrap();
        assert_eq!(count(&connect(&manager)), 1);
        drop(one);
        assert_eq!(count(&connect(&manager)), 1);
    }
    let gone = connect(&SqliteManager::uri("file:law?mode=memory&cache=shared"));
    assert!(gone.prepare("select * from t").is_err());
    assert!(connect(&SqliteManager::memory()).prepare("select * from t").is_err());
}

#[test]
fn writers_in_memory_wait_for_each_other() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    let manager = SqliteManager::memory();
    let (one, other) = (connect(&manager), connect(&manager));
    one.execute_batch("create table t(v); begin immediate; insert into t values (1)").unwrap();
    // Whether it waits shows in that SQLite asks the handler how long to: for a table's lock it does not.
    other
        .busy_handler(Some(|_| {
            ASKED.store(true, Ordering::Relaxed);
            false
        }))
        .unwrap();
    other.execute_batch("begin immediate").unwrap_err();
    assert!(ASKED.load(Ordering::Relaxed));
    one.execute_batch("commit").unwrap();
    assert_eq!(count(&other), 1);
}

#[test]
fn a_private_database_in_memory_is_each_connections_own() {
    let manager = SqliteManager::private_memory();
    let one = connect(&manager);
    one.execute_batch("create table t(v)").unwrap();
    assert!(connect(&manager).prepare("select * from t").is_err());
}

#[test]
fn mistakes_name_the_method_to_change() {
    for (manager, text) in [
        (
            SqliteManager::file("/no/such/a.db"),
            "/no/such/a.db: unable to open database file: there is no directory /no/such; create it first",
        ),
        (SqliteManager::file(":memory:"), "SqliteManager::file: \":memory:\" is no file"),
        (SqliteManager::file("a\0b"), "SqliteManager::file: the path"),
        (SqliteManager::uri("a.db"), "SqliteManager::uri: the text does not begin with \"file:\""),
        (SqliteManager::memory().with_flags(OpenFlags::empty()), "SqliteManager::with_flags: "),
        (
            SqliteManager::memory().with_journal_mode(JournalMode::Wal),
            "SqliteManager::with_journal_mode: no WAL here",
        ),
        (SqliteManager::memory().with_pragma("busy_timeout", 1), "use with_busy_timeout(..)"),
        (SqliteManager::memory().with_pragma("journal_mode", "wal"), "use with_journal_mode(..)"),
        (SqliteManager::memory().with_pragma("sinchronous", 1), "has no pragma \"sinchronous\""),
    ] {
        let error = refusal(&manager);
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[test]
fn a_file_that_is_no_database_is_an_error_that_names_it() {
    let directory = tempdir().unwrap();
    fs::write(path(&directory), "a letter to a friend, and no database at all".repeat(100)).unwrap();
    let manager = SqliteManager::file(path(&directory));
    let error = manager.connect(LONG).unwrap_err();
    assert_eq!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase));
    let text = error.to_string();
    assert!(text.contains("app.db: no SQLite database, or an encrypted one without its key"), "{text}");
}

#[test]
fn secrets_are_in_no_debug_text() {
    let manager = SqliteManager::uri("file:a.db?hexkey=hunter2").with_pragma("key", "hunter2");
    let shown = format!("{manager:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("file:a.db?hexkey=_") && shown.contains("key = _"), "{shown}");
}
