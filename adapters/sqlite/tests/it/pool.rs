//! What a pool of SQLite connections promises its users.

use std::{
    error::Error as _,
    fs, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    thread,
    time::Duration,
};

use cenote::{
    Assertion, CloseReason, Null, PooledConnection, PrePing, Queue, SingletonThread, Static, Strategy,
};
use cenote_sqlite::{
    JournalMode, Pool, SqliteManager,
    rusqlite::{self, Connection, ErrorCode, TransactionBehavior},
};
use tempfile::{TempDir, tempdir};

fn path(directory: &TempDir) -> PathBuf {
    directory.path().join("app.db")
}

fn with_table<S: Strategy>(pool: Pool<S>) -> Pool<S> {
    pool.get().unwrap().execute_batch("create table t(v); insert into t values (1)").unwrap();
    pool
}

fn count(conn: &Connection) -> i64 {
    conn.query_row("select count(*) from t", [], |row| row.get(0)).unwrap()
}

fn of<S: Strategy>(manager: SqliteManager, strategy: S) -> Pool<S> {
    Pool::builder(manager).strategy(strategy).build().unwrap()
}

#[test]
fn many_readers_and_writers_on_one_file_never_see_it_locked() {
    let directory = tempdir().unwrap();
    let pool = with_table(Pool::new(SqliteManager::file(path(&directory))));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let mut conn = pool.get().unwrap();
                    let change = conn.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
                    let rows = count(&change);
                    change.execute("insert into t values (?1)", [rows]).unwrap();
                    change.commit().unwrap();
                }
            });
            scope.spawn(|| {
                for _ in 0..100 {
                    assert!(count(&pool.get().unwrap()) > 0);
                }
            });
        }
    });
    assert_eq!(count(&pool.get().unwrap()), 101);
}

#[test]
fn a_transaction_left_open_reaches_no_other_user() {
    let directory = tempdir().unwrap();
    for manager in [SqliteManager::file(path(&directory)), SqliteManager::memory()] {
        let pool = with_table(of(manager, Queue::new().size(1).max_overflow(0)));
        let conn = pool.get().unwrap();
        let lent = PooledConnection::id(&conn);
        conn.execute_batch("begin immediate; insert into t values (2)").unwrap();
        drop(conn);
        let conn = pool.get().unwrap();
        assert_eq!(PooledConnection::id(&conn), lent);
        assert!(conn.is_autocommit());
        assert_eq!(count(&conn), 1);
    }
}

#[test]
fn what_a_panicking_user_began_is_undone_and_holds_up_nobody() {
    let pool = with_table(Pool::new(SqliteManager::memory()));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let conn = pool.get().unwrap();
        conn.execute_batch("begin immediate; insert into t values (2)").unwrap();
        panic!("the user made a mistake");
    }));
    assert!(panicked.is_err());
    let conn = pool.get().unwrap();
    conn.execute_batch("insert into t values (3)").unwrap();
    assert_eq!(count(&conn), 2);
}

#[test]
fn a_statement_that_was_never_dropped_costs_its_connection_and_no_more() {
    let directory = tempdir().unwrap();
    let pool = with_table(Pool::new(SqliteManager::file(path(&directory))));
    let conn = pool.get().unwrap();
    let mut statement = conn.prepare("select v from t").unwrap();
    let mut rows = statement.query([]).unwrap();
    rows.next().unwrap().unwrap();
    mem::forget(rows);
    mem::forget(statement);
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 1);
    pool.get().unwrap().execute_batch("insert into t values (2)").unwrap();
    assert_eq!(count(&pool.get().unwrap()), 2);
}

#[test]
fn a_database_in_memory_outlives_every_connection_with_every_strategy() {
    fn law<S: Strategy>(strategy: S) {
        let pool = with_table(of(SqliteManager::memory(), strategy));
        pool.invalidate();
        assert_eq!(count(&pool.get().unwrap()), 1);
        PooledConnection::invalidate(pool.get().unwrap());
        assert_eq!(pool.status().open, 0);
        assert_eq!(count(&pool.get().unwrap()), 1);
    }
    law(Queue::new());
    law(SingletonThread::new());
    law(Null::new());
    law(Static::new());
    law(Assertion::new());
}

#[test]
fn the_anchor_of_a_database_in_memory_is_in_no_count() {
    let pool = of(SqliteManager::memory(), Queue::new().size(2).max_overflow(0));
    let (_one, _other) = (pool.get().unwrap(), pool.get().unwrap());
    let status = pool.status();
    assert_eq!((status.open, status.in_use, status.totals.opened), (2, 2, 2));
}

#[test]
fn a_private_database_is_one_with_static_and_a_new_one_with_null() {
    let pool = with_table(of(SqliteManager::private_memory(), Static::new()));
    assert_eq!(count(&pool.get().unwrap()), 1);
    let pool = with_table(of(SqliteManager::private_memory(), Null::new()));
    assert!(pool.get().unwrap().prepare("select * from t").is_err());
}

#[test]
fn a_connect_error_carries_sqlites_own_and_the_remedy() {
    let pool = Pool::new(SqliteManager::file("/no/such/app.db"));
    let error = pool.get().unwrap_err();
    let cause = error.source().unwrap().downcast_ref::<rusqlite::Error>().unwrap();
    assert_eq!(cause.sqlite_error_code(), Some(ErrorCode::CannotOpen));
    assert!(error.to_string().contains("there is no directory /no/such; create it first"), "{error}");
}

#[test]
fn a_locked_database_is_no_reason_to_close_a_connection() {
    let directory = tempdir().unwrap();
    let manager = SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete);
    let pool = with_table(Pool::builder(manager).pre_ping(PrePing::Always).build().unwrap());
    let lent = PooledConnection::id(&pool.get().unwrap());
    let other = Connection::open(path(&directory)).unwrap();
    other.execute_batch("begin exclusive").unwrap();
    assert_eq!(PooledConnection::id(&pool.get().unwrap()), lent);
}

#[cfg(unix)]
#[test]
fn after_the_file_was_replaced_the_next_checkout_reads_the_new_one() {
    let directory = tempdir().unwrap();
    let manager = SqliteManager::file(path(&directory)).with_journal_mode(JournalMode::Delete);
    let pool = with_table(Pool::builder(manager).pre_ping(PrePing::Always).build().unwrap());
    let backup = directory.path().join("backup.db");
    Connection::open(&backup).unwrap().execute_batch("create table t(v)").unwrap();
    let generation = pool.status().generation;
    fs::rename(backup, path(&directory)).unwrap();
    assert_eq!(count(&pool.get().unwrap()), 0);
    assert_eq!(pool.status().generation, generation + 1);
    assert_eq!(count(&pool.get().unwrap()), 0);
    assert_eq!(pool.status().generation, generation + 1);
}

#[test]
fn a_closed_pool_leaves_nothing_but_the_file_and_no_thread() {
    let directory = tempdir().unwrap();
    let pool = with_table(Pool::new(SqliteManager::file(path(&directory))));
    assert!(directory.path().join("app.db-wal").exists());
    assert_eq!(pool.status().workers, 0);
    pool.close_and_wait(Duration::MAX).unwrap();
    assert_eq!(pool.status().workers, 0);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}
