//! When a connection is still good, how its death is noticed, and what a close waits for.

use std::time::Duration;

use cenote::{Fault, Manager, MayHang};
use cenote_mysql::{
    MysqlManager,
    mysql::{Error, prelude::Queryable},
};

use crate::kit::*;

#[test]
fn a_good_connection_is_valid_and_stays_as_it_is() {
    let manager = manager();
    let mut session = connect(&manager);
    session.query_drop("set @x = 1").unwrap();
    for within in [LONG, Duration::from_secs(60), Duration::from_secs(u64::MAX)] {
        manager.is_valid(&mut session, within).unwrap();
        assert_eq!(value(&mut session, "select @x").as_deref(), Some("1"));
    }
}

#[test]
fn the_bound_of_a_check_is_not_that_of_the_next_statement() {
    for (configured, is_patient) in [(None, true), (Some(Duration::from_millis(500)), false)] {
        let manager = MysqlManager::new(opts().read_timeout(configured));
        let mut session = connect(&manager);
        manager.is_valid(&mut session, Duration::from_millis(400)).unwrap();
        let slept = session.query_drop("do sleep(0.7)");
        assert_eq!(slept.is_ok(), is_patient, "{slept:?}");
    }
}

#[test]
fn a_connection_that_was_killed_while_idle_is_lost() {
    let manager = manager();
    let mut session = connect(&manager);
    assert!(!manager.has_broken(&mut session));
    kill(session.connection_id());
    eventually(|| manager.has_broken(&mut session));
    let error = manager.is_valid(&mut session, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
    assert!(error.to_string().contains("idle"), "{error}");
}

#[test]
fn a_connection_that_was_killed_while_out_is_lost_and_does_not_come_home() {
    for reset in resets() {
        let manager = manager().with_reset(reset);
        let mut session = connect(&manager);
        session.query_drop("do 1").unwrap();
        kill(session.connection_id());
        let error = session.query_drop("do 1").unwrap_err();
        assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
        assert!(!comes_home(&manager, &mut session));
    }
}

#[test]
fn a_connection_that_was_idle_for_longer_than_the_server_allows_is_lost() {
    let manager = manager();
    let mut session = connect(&manager);
    session.query_drop("set session wait_timeout = 1").unwrap();
    eventually(|| manager.has_broken(&mut session));
    let error = manager.is_valid(&mut session, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
}

#[test]
fn a_connection_whose_network_was_cut_is_lost() {
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire));
    let mut session = connect(&manager);
    wire.cut();
    eventually(|| manager.has_broken(&mut session));
    let error = manager.is_valid(&mut session, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
}

/// The server was stopped as by a debugger, or its machine is gone: nothing shows on the socket.
#[test]
fn a_server_that_does_not_answer_is_not_waited_for_longer_than_asked() {
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire));
    let mut session = connect(&manager);
    wire.freeze();
    assert!(!manager.has_broken(&mut session));
    // It never answers: a check that heeded no bound would never be back.
    let error = manager.is_valid(&mut session, Duration::from_millis(20)).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
    assert!(manager.has_broken(&mut session));
}

#[test]
fn a_close_waits_for_nobody() {
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire));
    let mut session = connect(&manager);
    for number in 0..30 {
        session.exec_drop(format!("do {number}"), ()).unwrap();
    }
    wire.freeze();
    // The server never hears the good-bye: a close that waited for anything would never be back.
    manager.close(session).unwrap();
    assert_eq!(manager.may_hang(), MayHang { connect: true, is_valid: true, ..MayHang::NOTHING });
}

#[test]
fn a_close_is_heard_by_the_server() {
    let manager = manager();
    let session = connect(&manager);
    let id = session.connection_id();
    manager.close(session).unwrap();
    is_gone(id);
}

#[test]
fn an_interrupted_statement_says_nothing_about_its_connection() {
    let manager = manager();
    let mut session = connect(&manager);
    let error = session.query_drop("signal sqlstate '70100' set mysql_errno = 1317").unwrap_err();
    assert!(matches!(&error, Error::MySqlError(error) if error.code == 1317), "{error}");
    assert_eq!(manager.classify(&error), Fault::Other);
    assert!(comes_home(&manager, &mut session));
}
