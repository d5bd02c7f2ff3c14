//! Each call of the pool reaches the r2d2 manager, and its answer the pool.

use cenote::{CloseReason, Error, PrePing};
use cenote_r2d2::r2d2::ManageConnection;
use cenote_r2d2::{Pool, R2d2Manager};
use r2d2_sqlite::SqliteConnectionManager;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Says what it is told to.
#[derive(Default)]
struct Scripted {
    is_down: Arc<AtomicBool>,
    is_dead: Arc<AtomicBool>,
    has_broken: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Down;

impl fmt::Display for Down {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server is down")
    }
}

impl std::error::Error for Down {}

impl ManageConnection for Scripted {
    type Connection = ();
    type Error = Down;

    fn connect(&self) -> Result<(), Down> {
        if self.is_down.load(Ordering::SeqCst) { Err(Down) } else { Ok(()) }
    }

    fn is_valid(&self, (): &mut ()) -> Result<(), Down> {
        if self.is_dead.swap(false, Ordering::SeqCst) { Err(Down) } else { Ok(()) }
    }

    fn has_broken(&self, (): &mut ()) -> bool {
        self.has_broken.swap(false, Ordering::SeqCst)
    }
}

#[test]
fn a_refused_connect_is_the_callers_error() {
    let manager = Scripted::default();
    manager.is_down.store(true, Ordering::SeqCst);
    let pool = Pool::new(R2d2Manager::new(manager));
    let Err(Error::Connect { cause, .. }) = pool.get() else { panic!("the server is down") };
    assert_eq!(cause.to_string(), "the server is down");
}

#[test]
fn what_fails_its_check_is_replaced_and_what_has_broken_is_not_kept() {
    let manager = Scripted::default();
    let (is_dead, has_broken) = (Arc::clone(&manager.is_dead), Arc::clone(&manager.has_broken));
    let pool = cenote::Pool::builder(R2d2Manager::new(manager)).pre_ping(PrePing::Always).build().unwrap();
    drop(pool.get().unwrap());
    is_dead.store(true, Ordering::SeqCst);
    drop(pool.get().unwrap());
    let totals = pool.status().totals;
    assert_eq!((totals.opened, totals.closed_because(CloseReason::PingFailed)), (2, 1));
    has_broken.store(true, Ordering::SeqCst);
    drop(pool.get().unwrap());
    assert_eq!((pool.status().idle, pool.status().totals.closed_because(CloseReason::Broken)), (0, 1));
}

#[test]
fn a_transaction_goes_to_the_next_user_unless_the_manager_is_told_how_to_end_it() {
    let pool = Pool::new(R2d2Manager::new(SqliteConnectionManager::memory()));
    pool.get().unwrap().execute_batch("begin").unwrap();
    assert!(!pool.get().unwrap().is_autocommit());
    let end = |how: &'static str| {
        move |conn: &mut rusqlite::Connection| {
            if conn.is_autocommit() { Ok(()) } else { conn.execute_batch(how) }
        }
    };
    let told = || {
        let manager = R2d2Manager::new(SqliteConnectionManager::memory());
        cenote::Pool::builder(manager.ending_transactions(end("rollback"), end("commit")))
    };
    let tables = |conn: &rusqlite::Connection| -> i64 {
        conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0)).unwrap()
    };
    for (pool, kept) in [(told().build().unwrap(), 0), (told().commit_on_return().build().unwrap(), 1)] {
        pool.get().unwrap().execute_batch("begin; create table t (x)").unwrap();
        let conn = pool.get().unwrap();
        assert!(conn.is_autocommit());
        assert_eq!(tables(&conn), kept);
    }
}

#[test]
fn debug_shows_nothing_of_the_r2d2_manager() {
    let manager = R2d2Manager::new(SqliteConnectionManager::file("secret.db"));
    assert_eq!(format!("{manager:?}"), "R2d2Manager { .. }");
    assert!(format!("{:?}", manager.get_ref()).contains("secret"));
}
