//! What a connection is like when it comes home: the table of the README, row by row.

use cenote::{Commit, Manager};
use cenote_mysql::{
    MysqlManager, ResetBy, Session,
    mysql::{AccessMode, ChangeUserOpts, Conn, Error, IsolationLevel, Row, TxOpts, prelude::Queryable},
};
use std::{mem, time::Duration};

use crate::kit::*;

/// What a user leaves, and the question whose answer shows it. `ROLLBACK` undoes the first two, a reset all.
const LEFTOVERS: [(&str, &str); 10] = [
    ("start transaction; insert into home_rows values (1)", "select count(*) from home_rows"),
    ("set autocommit = 0; insert into home_rows values (1); set @a = 1", "select count(*) from home_rows"),
    ("set autocommit = 0", "select @@autocommit"),
    ("set @x = 1", "select @x"),
    ("create temporary table home_left(v int)", "select count(*) from home_left"),
    ("do get_lock('home', 0)", "select is_used_lock('home') is null"),
    (
        "set session transaction isolation level serializable",
        "show variables where variable_name like 't%isolation'",
    ),
    ("set sql_mode = 'ansi_quotes'", "select @@sql_mode"),
    ("set time_zone = '+07:00', character_set_client = latin1", "select @@time_zone, @@character_set_client"),
    ("lock tables home_rows read", "select count(*) from home_others"),
];

const ROLLED_BACK: usize = 2;

/// Rows as text, or the code of the error.
fn answer(session: &mut Session, question: &str) -> Result<Vec<String>, u16> {
    match session.query::<Row, _>(question) {
        Ok(rows) => Ok(rows.into_iter().flat_map(Row::unwrap).map(|value| value.as_sql(true)).collect()),
        Err(Error::MySqlError(error)) => Err(error.code),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_return_undoes_what_the_reset_promises_and_keeps_the_rest() {
    with_table("home_rows");
    with_table("home_others");
    for (reset, undone) in [
        (ResetBy::Connection, LEFTOVERS.len()),
        (ResetBy::Rollback, ROLLED_BACK),
        (ResetBy::Statement("do 1;".into()), ROLLED_BACK),
        (ResetBy::Nothing, 0),
    ] {
        let manager = manager().with_reset(reset.clone());
        for (index, (leave, question)) in LEFTOVERS.into_iter().enumerate() {
            let mut session = connect(&manager);
            let before = answer(&mut session, question);
            assert!(comes_home(&manager, &mut session));
            assert_eq!(answer(&mut session, question), before);
            leave.split("; ").for_each(|statement| session.query_drop(statement).unwrap());
            assert_ne!(answer(&mut session, question), before, "{leave}");
            assert!(comes_home(&manager, &mut session), "{reset:?}: {leave}");
            let after = answer(&mut session, question);
            assert_eq!(after == before, index < undone, "{reset:?}: {leave}: {before:?}, {after:?}");
        }
    }
}

/// However the connection was used: seen, not seen, or read late.
#[test]
fn a_return_ends_a_transaction_however_it_was_begun() {
    let count = "select count(*) from home_begun";
    with_table("home_begun");
    let begins: [fn(&mut Session); 5] = [
        |session| session.query_drop("begin").unwrap(),
        |session| mem::forget(session.start_transaction(TxOpts::default()).unwrap()),
        |session| mem::forget(Conn::start_transaction(session, TxOpts::default()).unwrap()),
        |session| session.exec_drop("set autocommit = 0", ()).unwrap(),
        |session| drop(session.query_iter("start transaction; do 1").unwrap()),
    ];
    for reset in [ResetBy::Connection, ResetBy::Rollback, ResetBy::Statement("do 1".into())] {
        let manager = manager().with_reset(reset);
        for begin in begins {
            let mut session = connect(&manager);
            begin(&mut session);
            session.query_drop("insert into home_begun values (1)").unwrap();
            assert!(comes_home(&manager, &mut session));
            assert_eq!(value(&mut session, count).as_deref(), Some("0"));
        }
    }
}

#[test]
fn a_return_undoes_a_choice_of_another_database_however_it_was_made() {
    admin().query_drop("create database if not exists home_elsewhere").unwrap();
    let moves: [fn(&mut Session); 7] = [
        |session| session.query_drop("use home_elsewhere").unwrap(),
        |session| session.query_drop("do 1; use home_elsewhere; do 1").unwrap(),
        |session| session.select_db("home_elsewhere").unwrap(),
        |session| Conn::select_db(session, "home_elsewhere").unwrap(),
        |session| Conn::query_drop(session, "use home_elsewhere").unwrap(),
        |session| drop(session.query_iter("use home_elsewhere").unwrap()),
        |session| {
            let mut transaction = session.start_transaction(TxOpts::default()).unwrap();
            transaction.query_drop("use home_elsewhere").unwrap();
            transaction.commit().unwrap();
        },
    ];
    for reset in resets() {
        for home in [Some("test"), None] {
            let manager = MysqlManager::new(opts().db_name(home)).with_reset(reset.clone());
            for move_it in moves {
                let mut session = connect(&manager);
                move_it(&mut session);
                assert_eq!(value(&mut session, "select database()").as_deref(), Some("home_elsewhere"));
                // To no database there is no way back but a reset.
                let is_kept = home.is_some() || reset == ResetBy::Connection;
                assert_eq!(comes_home(&manager, &mut session), is_kept, "{reset:?} {home:?}");
                if is_kept {
                    assert_eq!(value(&mut session, "select database()").as_deref(), home);
                }
            }
        }
    }
}

#[test]
fn a_database_that_was_dropped_under_its_session_costs_the_session() {
    for reset in resets() {
        admin().query_drop("create database if not exists home_dropped").unwrap();
        let manager = MysqlManager::new(opts().db_name(Some("home_dropped"))).with_reset(reset);
        let mut session = connect(&manager);
        session.query_drop("drop database home_dropped").unwrap();
        assert!(!comes_home(&manager, &mut session));
    }
}

#[test]
fn a_change_of_user_is_undone_or_costs_the_session() {
    let mut admin = admin();
    admin.query_drop("create user if not exists home_other identified by 'hunter2'").unwrap();
    admin.query_drop("grant all on *.* to home_other").unwrap();
    let other =
        || ChangeUserOpts::new().with_user(Some("home_other".into())).with_pass(Some("hunter2".into()));
    let changes: [fn(&mut Session, ChangeUserOpts); 2] = [
        |session, other| session.change_user(other).unwrap(),
        |session, other| Conn::change_user(session, other).unwrap(),
    ];
    for reset in resets() {
        let manager = manager().with_reset(reset.clone());
        for change in changes {
            let mut session = connect(&manager);
            let before = value(&mut session, "select user()");
            change(&mut session, other());
            assert_ne!(value(&mut session, "select user()"), before);
            assert_eq!(comes_home(&manager, &mut session), reset == ResetBy::Connection);
            if reset == ResetBy::Connection {
                assert_eq!(value(&mut session, "select user()"), before);
                assert!(comes_home(&manager, &mut session));
            }
        }
    }
}

/// The reset of MySQL, unlike that of MariaDB, forgets what the driver said at the login.
#[test]
fn a_text_means_the_same_after_each_return() {
    let question = "select concat('g\u{fc}se', hex('g\u{fc}se'), @@character_set_results)";
    for reset in resets() {
        let manager = manager().with_reset(reset);
        let mut session = connect(&manager);
        for _ in 0..3 {
            assert_eq!(value(&mut session, question).as_deref(), Some("g\u{fc}se67C3BC7365utf8mb4"));
            assert!(comes_home(&manager, &mut session));
        }
    }
}

/// A statement that was kept does not run by another's number: `1243` says that the server does not know it.
#[test]
fn prepared_statements_are_closed_by_a_reset_and_kept_by_the_others() {
    for reset in resets() {
        let manager = manager().with_reset(reset.clone());
        let mut session = connect(&manager);
        let statement = session.prep("select ?").unwrap();
        assert_eq!(session.exec_first(&statement, (42,)).unwrap(), Some(42));
        assert!(comes_home(&manager, &mut session));
        match session.exec_first::<i64, _, _>(&statement, (43,)) {
            Ok(found) => assert!(found == Some(43) && reset != ResetBy::Connection),
            Err(Error::MySqlError(error)) => assert!(error.code == 1243 && reset == ResetBy::Connection),
            Err(error) => panic!("{error}"),
        }
        assert_eq!(session.exec_first("select ?", (44,)).unwrap(), Some(44));
    }
}

#[test]
fn what_every_session_begins_with_it_has_again_after_a_reset() {
    let manager = MysqlManager::new(opts().init(vec!["set @x = 7", "set @y = 8"]));
    let mut session = connect(&manager);
    for disturb in ["set @x = 1", "use information_schema", "select 1"] {
        session.query_drop(disturb).unwrap();
        assert!(comes_home(&manager, &mut session));
        assert_eq!(value(&mut session, "select concat(@x, @y, database())").as_deref(), Some("78test"));
    }
}

#[test]
fn a_statement_of_ones_own_runs_at_each_return_and_its_failure_closes() {
    for reset in ["set @x = 1", " set @x = 1; do 1; ", "set @x = 1;"] {
        let manager = manager().with_reset(ResetBy::Statement(reset.into()));
        let mut session = connect(&manager);
        for use_it in [true, false] {
            session.query_drop("set @x = 2").unwrap();
            if use_it {
                drop(session.query_iter("select 1").unwrap());
            }
            assert!(comes_home(&manager, &mut session));
            assert_eq!(value(&mut session, "select @x").as_deref(), Some("1"));
        }
    }
    let manager = manager().with_reset(ResetBy::Statement("do 1; select * from no_such_table".into()));
    let mut session = connect(&manager);
    session.query_drop("do 1").unwrap();
    assert!(manager.rollback(&mut session).unwrap_err().to_string().contains("no_such_table"));
}

#[test]
fn a_commit_keeps_what_was_begun_and_leaves_the_session_as_clean() {
    with_table("home_committed");
    for (rows, reset) in (1..).zip(resets()) {
        let manager = manager().with_reset(reset.clone());
        let mut session = connect(&manager);
        manager.commit(&mut session).unwrap();
        session.query_drop("start transaction").unwrap();
        session.query_drop("set @x = 1").unwrap();
        // Not seen to its end.
        drop(session.query_iter("insert into home_committed values (1)").unwrap());
        manager.commit(&mut session).unwrap();
        assert!(!manager.has_broken(&mut session));
        assert_eq!(value(&mut admin(), "select count(*) from home_committed"), Some(rows.to_string()));
        let left = value(&mut session, "select @x");
        assert_eq!(left.is_none(), reset == ResetBy::Connection);
    }
}

#[test]
fn a_commit_on_a_connection_that_broke_off_commits_nothing() {
    with_table("home_late");
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire).read_timeout(Some(Duration::from_millis(200))));
    let mut session = connect(&manager);
    session.query_drop("start transaction").unwrap();
    wire.freeze();
    Conn::query_drop(&mut session, "insert into home_late values (1)").unwrap_err();
    wire.thaw();
    manager.commit(&mut session).unwrap_err();
    let id = session.connection_id();
    manager.close(session).unwrap();
    is_gone(id);
    assert_eq!(value(&mut admin(), "select count(*) from home_late").as_deref(), Some("0"));
}

#[test]
fn a_transaction_that_is_dropped_is_rolled_back_and_one_that_is_committed_is_there() {
    with_table("home_transaction");
    let manager = manager();
    let mut session = connect(&manager);
    let options = TxOpts::default()
        .set_isolation_level(Some(IsolationLevel::Serializable))
        .set_access_mode(Some(AccessMode::ReadWrite))
        .set_with_consistent_snapshot(true);
    let mut transaction = session.start_transaction(options).unwrap();
    transaction.exec_drop("insert into home_transaction values (?)", (1,)).unwrap();
    assert_eq!(transaction.affected_rows(), 1);
    drop(transaction);
    let mut transaction = session.start_transaction(options).unwrap();
    transaction.exec_batch("insert into home_transaction values (?)", [(2,), (3,)]).unwrap();
    transaction.commit().unwrap();
    let mut transaction = session.start_transaction(TxOpts::default()).unwrap();
    transaction.query_drop("insert into home_transaction values (4)").unwrap();
    transaction.rollback().unwrap();
    let read_only = TxOpts::default().set_access_mode(Some(AccessMode::ReadOnly));
    session
        .start_transaction(read_only)
        .unwrap()
        .query_drop("insert into home_transaction values (5)")
        .unwrap_err();
    assert_eq!(
        value(&mut admin(), "select group_concat(v order by v) from home_transaction").as_deref(),
        Some("2,3")
    );
}
