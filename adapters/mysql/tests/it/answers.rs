//! No answer to one user's statement reaches another, whatever was left of it.
//!
//! The story: a statement runs into the driver's `read_timeout`; its answer comes all the same, later. From then on each
//! question gets the answer to the one before. A ping takes any answer for its own, and so does a reset, so a pool
//! that checks by ping lends the connection on, and its next user reads what another one asked for.

use std::{
    io, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::Duration,
};

use cenote::{CloseReason, Fault, Manager, PooledConnection, Queue};
use cenote_mysql::{
    MysqlManager, Pool, ResetBy, Session,
    mysql::{Conn, Error, LocalInfileHandler, OptsBuilder, prelude::Queryable},
};
use cenote_servers::wire::Wire;

use crate::kit::*;

const SHORT: Duration = Duration::from_millis(200);

/// Statements whose late answers are: an OK, rows, an error, and what looks like the answer to this crate's own question.
const STATEMENTS: [&str; 4] =
    ["do 1", "select 42 union select 43", "select * from no_such_table", "select 42, user(), database()"];

fn impatient(wire: &Wire) -> OptsBuilder {
    opts_on(wire).read_timeout(Some(SHORT))
}

/// Runs into the read timeout, and lets the late answer come then.
fn time_out(wire: &Wire, conn: &mut impl Queryable, statement: &str) {
    wire.freeze();
    let error = conn.query_drop(statement).unwrap_err();
    assert!(!matches!(error, Error::MySqlError(_)), "{error}");
    wire.thaw();
}

#[test]
fn a_check_by_ping_lends_a_connection_on_that_gives_one_user_the_answer_to_another() {
    let wire = wire();
    let mut conn = Conn::new(impatient(&wire)).unwrap();
    time_out(&wire, &mut conn, "do 1");
    conn.ping().unwrap();
    conn.reset().unwrap();
    conn.ping().unwrap();
    assert_eq!(conn.query_first::<i64, _>("select 42").unwrap(), None);
    assert_eq!(conn.query_first::<i64, _>("select 43").unwrap(), Some(42));
}

#[test]
fn no_reset_keeps_a_connection_that_is_one_answer_behind() {
    let uses: [fn(&Wire, &mut Session, &str); 3] = [
        |wire, session, statement| time_out(wire, session, statement),
        |wire, session, statement| time_out(wire, &mut **session as &mut Conn, statement),
        |wire, session, statement| {
            // Somebody prepares for the worst, and swallows it.
            wire.freeze();
            let conn: &mut Conn = session;
            drop(conn.query_iter(statement));
            wire.thaw();
        },
    ];
    for reset in resets() {
        let law = |use_it: fn(&Wire, &mut Session, &str), statement| {
            let wire = wire();
            let manager = MysqlManager::new(impatient(&wire)).with_reset(reset.clone());
            let mut session = connect(&manager);
            use_it(&wire, &mut session, statement);
            let error = manager.rollback(&mut session).expect_err("it is one answer behind");
            assert_eq!(manager.classify(&error), Fault::Other, "{error}");
            assert!(manager.has_broken(&mut session));
        };
        thread::scope(|scope| {
            for use_it in uses {
                for statement in STATEMENTS {
                    let law = &law;
                    scope.spawn(move || law(use_it, statement));
                }
            }
        });
    }
}

#[test]
fn an_answer_that_comes_even_later_finds_nobody() {
    for reset in resets() {
        let wire = wire();
        let manager = MysqlManager::new(impatient(&wire)).with_reset(reset);
        let mut session = connect(&manager);
        wire.freeze();
        let conn: &mut Conn = &mut session;
        conn.query_drop("do 1").unwrap_err();
        // The return does not hear anything either: it gives up, and so does the pool.
        manager.rollback(&mut session).unwrap_err();
        assert!(manager.has_broken(&mut session));
        wire.thaw();
    }
}

#[test]
fn the_next_user_reads_the_answer_to_its_own_question() {
    for reset in resets() {
        for statement in STATEMENTS {
            let wire = wire();
            let manager = MysqlManager::new(impatient(&wire)).with_reset(reset.clone());
            let queue = Queue::new().size(1).max_overflow(0);
            let pool: Pool<_> = Pool::builder(manager).strategy(queue).build().unwrap();
            let mut conn = pool.get().unwrap();
            time_out(&wire, &mut **conn as &mut Conn, statement);
            drop(conn);
            assert_eq!(pool.get().unwrap().query_first("select 43").unwrap(), Some(43));
            assert_eq!(pool.status().totals.closed_because(CloseReason::ResetFailed), 1);
        }
    }
}

#[test]
fn a_call_that_broke_off_is_not_followed_by_another() {
    let wire = wire();
    let manager = MysqlManager::new(impatient(&wire));
    let mut session = connect(&manager);
    time_out(&wire, &mut *session, "do 1");
    let mut session = connect(&manager);
    time_out(&wire, &mut session, "do 1");
    let (error, trips) = wire.count(|| manager.rollback(&mut session).unwrap_err());
    assert_eq!(trips, 0);
    assert!(error.to_string().contains("broke off"), "{error}");
}

/// The driver says nothing of an error in rows that nobody wanted.
#[test]
fn a_row_that_was_not_waited_for_reaches_nobody() {
    for reset in resets() {
        let manager = MysqlManager::new(opts().read_timeout(Some(SHORT))).with_reset(reset);
        let mut session = connect(&manager);
        let rows = "select repeat('x', 100000) union all select sleep(1)";
        assert!(session.query_first::<String, _>(rows).unwrap().is_some());
        let error = manager.rollback(&mut session).unwrap_err();
        assert!(error.to_string().contains("broke off"), "{error}");
    }
}

/// Wherever the reading stopped: a packet's number is one byte, and the 256th looks like the first.
#[test]
fn a_result_that_was_forgotten_reaches_nobody() {
    fn keeps_or_closes(manager: &MysqlManager, session: &mut Session) -> bool {
        let is_kept = comes_home(manager, session);
        if is_kept {
            assert_eq!(session.query_first("select 43").unwrap(), Some(43));
        }
        is_kept
    }
    let query = "select '', 'xxxxxxxxxx', 'yyyyyyyyyy' from information_schema.collations a, information_schema.collations b limit 600";
    for reset in resets() {
        let manager = manager().with_reset(reset);
        for rows in [0, 1, 100, 200].into_iter().chain(240..260).chain(505..515).chain([599, 600]) {
            let mut session = connect(&manager);
            let mut result = session.query_iter(query).unwrap();
            result.by_ref().take(rows).for_each(|row| drop(row.unwrap()));
            mem::forget(result);
            keeps_or_closes(&manager, &mut session);
            let mut session = connect(&manager);
            let mut result = session.exec_iter(query, ()).unwrap();
            result.by_ref().take(rows).for_each(|row| drop(row.unwrap()));
            mem::forget(result);
            keeps_or_closes(&manager, &mut session);
        }
        let mut session = connect(&manager);
        mem::forget(session.query_iter("do 1; select 42; select 42").unwrap());
        assert!(!keeps_or_closes(&manager, &mut session));
        // One that was read, late, is no reason to close.
        let mut session = connect(&manager);
        assert_eq!(session.query_iter(query).unwrap().count(), 600);
        assert!(keeps_or_closes(&manager, &mut session));
    }
}

#[test]
fn statements_after_one_that_failed_are_no_answers() {
    for reset in resets() {
        let manager = manager().with_reset(reset);
        let mut session = connect(&manager);
        session.query_drop("do 1; select * from no_such_table; select 42").unwrap();
        session.query_first::<i64, _>("select 42; select 43; select * from no_such_table").unwrap();
        session.query_drop("select * from no_such_table; select 42").unwrap_err();
        session.exec_first::<i64, _, _>("select ? union select 43", (42,)).unwrap();
        session.exec_drop("select ?", ()).unwrap_err();
        assert!(comes_home(&manager, &mut session));
        assert_eq!(session.query_first("select 43").unwrap(), Some(43));
    }
}

#[test]
fn a_row_that_cannot_be_read_panics_and_leaves_nothing() {
    for reset in resets() {
        let manager = manager().with_reset(reset);
        let mut session = connect(&manager);
        let panicked =
            catch_unwind(AssertUnwindSafe(|| session.query::<i64, _>("select 'x' union select 'y'")));
        assert!(panicked.is_err());
        assert!(comes_home(&manager, &mut session));
        assert_eq!(session.query_first("select 43").unwrap(), Some(43));
    }
}

/// A file that the server asks for is sent between question and answer.
#[test]
fn a_file_that_was_not_sent_to_its_end_reaches_nobody() {
    let handlers = [|| Err(io::ErrorKind::NotFound.into()), || panic!("the handler made a mistake")];
    for reset in resets() {
        for handler in handlers {
            let queue = Queue::new().size(1).max_overflow(0);
            let pool: Pool<_> =
                Pool::builder(manager().with_reset(reset.clone())).strategy(queue).build().unwrap();
            let mut conn = pool.get().unwrap();
            let lent = PooledConnection::id(&conn);
            conn.query_drop("create temporary table t(v text)").unwrap();
            conn.set_local_infile_handler(Some(LocalInfileHandler::new(move |_, _| handler())));
            let loaded =
                catch_unwind(AssertUnwindSafe(|| conn.query_drop("load data local infile 'x' into table t")));
            assert!(!matches!(loaded, Ok(Ok(()))));
            drop(conn);
            let mut conn = pool.get().unwrap();
            assert_ne!(PooledConnection::id(&conn), lent);
            assert_eq!(conn.query_first("select 43").unwrap(), Some(43));
        }
    }
}

#[test]
fn a_handler_of_files_is_its_users_alone() {
    for reset in resets() {
        let manager = manager().with_reset(reset);
        let mut session = connect(&manager);
        session.set_local_infile_handler(Some(LocalInfileHandler::new(|_, file| {
            io::Write::write_all(file, b"a secret\n")
        })));
        assert!(comes_home(&manager, &mut session));
        session.query_drop("create temporary table secrets(v text)").unwrap();
        session.query_drop("load data local infile 'x' into table secrets").unwrap();
        assert_eq!(value(&mut session, "select count(*) from secrets").as_deref(), Some("0"));
    }
}

#[test]
fn a_batch_that_was_read_is_no_reason_to_close() {
    for reset in [ResetBy::Connection, ResetBy::Rollback] {
        let manager = manager().with_reset(reset);
        let mut session = connect(&manager);
        session.query_drop("create temporary table t(v int)").unwrap();
        session.exec_batch("insert into t values (?)", [(1,), (2,), (3,)]).unwrap();
        assert_eq!(value(&mut session, "select count(*) from t").as_deref(), Some("3"));
        assert!(comes_home(&manager, &mut session));
        assert_eq!(session.query_first("select 43").unwrap(), Some(43));
    }
}
