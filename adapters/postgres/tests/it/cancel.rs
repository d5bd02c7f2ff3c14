//! That a query which somebody wanted cancelled is the only one that is.

use std::{sync::mpsc, thread};

use cenote::{CloseReason, Manager, PooledConnection, Queue};
use cenote_postgres::{
    Pool, PostgresManager,
    postgres::{Client, NoTls, error::SqlState},
};

use crate::kit::*;

fn one(manager: PostgresManager) -> Pool {
    Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build().unwrap()
}

/// Waits until the server works for a session.
fn until_active(bystander: &mut Client, pid: i32) {
    while state(bystander, pid).as_deref() != Some("active") {}
}

#[test]
fn a_query_is_cancelled_and_the_connection_goes_home_after_one_question() {
    let wire = wire();
    let manager = through(&wire);
    let mut session = connect(&manager);
    let (pid, token) = (pid(&mut session), session.cancel_token());
    let error = thread::scope(|scope| {
        let running = scope.spawn(|| session.batch_execute("select pg_sleep(3600)").unwrap_err());
        until_active(&mut bystander(), pid);
        token.cancel_query().unwrap();
        running.join().unwrap()
    });
    assert_eq!(error.code(), Some(&SqlState::QUERY_CANCELED));
    let (home, trips) = wire.count(|| manager.rollback(&mut session));
    home.unwrap();
    assert_eq!(trips, 1);
    assert!(!manager.has_broken(&mut session));
    assert!(is_in_step(&mut session));
}

#[test]
fn a_request_that_comes_too_late_for_its_query_cancels_no_other() {
    let pool = one(manager());
    for _ in 0..300 {
        let mut conn = pool.get().unwrap();
        let token = conn.cancel_token();
        let (begin, begun) = mpsc::channel();
        thread::scope(|scope| {
            let cancelling = scope.spawn(move || {
                begun.recv().unwrap();
                token.cancel_query().unwrap();
            });
            begin.send(()).unwrap();
            let _ = conn.batch_execute("select 1");
            drop(conn);
            // The next user comes at once, while the request may be under way.
            let mut conn = pool.get().unwrap();
            for _ in 0..3 {
                conn.batch_execute("select pg_sleep(0.0001)").expect("nobody wanted this one cancelled");
            }
            drop(conn);
            cancelling.join().unwrap();
        });
    }
}

#[test]
fn a_token_does_nothing_once_its_connection_went_home() {
    let pool = one(manager());
    let conn = pool.get().unwrap();
    let (lent, token) = (PooledConnection::id(&conn), conn.cancel_token());
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert_eq!(PooledConnection::id(&conn), lent);
    let pid = pid(&mut conn);
    thread::scope(|scope| {
        let running = scope.spawn(|| conn.batch_execute("select pg_sleep(0.3)"));
        until_active(&mut bystander(), pid);
        token.cancel_query().unwrap();
        running.join().unwrap().unwrap();
    });
}

#[test]
fn a_connection_is_closed_when_nobody_knows_whether_the_request_was_passed_on() {
    let wire = wire();
    let pool = one(through(&wire));
    let conn = pool.get().unwrap();
    let token = conn.cancel_token();
    wire.freeze();
    token.cancel_query().unwrap();
    wire.thaw();
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 1);
    assert!(is_in_step(&mut pool.get().unwrap()));
}

#[test]
fn a_request_that_was_turned_away_on_its_way_harms_nobody() {
    let wire = wire();
    let pool = one(through(&wire));
    let mut conn = pool.get().unwrap();
    let token = conn.cancel_token();
    wire.refuse(true);
    // Whether the end of its connection is an error depends on what arrives first.
    let _ = token.cancel_query();
    wire.refuse(false);
    assert!(is_in_step(&mut conn));
    drop(conn);
    assert!(is_in_step(&mut pool.get().unwrap()));
}

#[test]
fn where_the_driver_hides_the_stream_a_cancelled_connection_is_closed() {
    let pool = one(manager().with_watcher(false));
    let conn = pool.get().unwrap();
    conn.cancel_token().cancel_query().unwrap();
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 1);
}

#[test]
fn a_pool_that_resets_nothing_closes_what_was_cancelled() {
    let pool = Pool::builder(manager()).reset_on_return(cenote::Reset::Nothing).build().unwrap();
    let conn = pool.get().unwrap();
    conn.cancel_token().cancel_query().unwrap();
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 1);
}

#[test]
fn a_token_that_was_not_used_costs_nothing() {
    let wire = wire();
    let manager = through(&wire);
    let mut session = connect(&manager);
    let _token = session.cancel_token();
    session.batch_execute("select 1").unwrap();
    let (home, trips) = wire.count(|| manager.rollback(&mut session));
    home.unwrap();
    assert_eq!(trips, 0);
    assert!(!manager.has_broken(&mut session));
}

#[test]
fn a_commit_on_return_is_done_or_reported_while_a_request_is_under_way() {
    bystander().batch_execute("create table if not exists cancelled_commits (v int)").unwrap();
    let pool = Pool::builder(manager().with_watcher(false)).commit_on_return().build().unwrap();
    let mut conn = pool.get().unwrap();
    let pid = pid(&mut conn);
    conn.batch_execute("begin").unwrap();
    conn.execute("insert into cancelled_commits values ($1)", &[&pid]).unwrap();
    // In an idle session a signal does nothing.
    conn.cancel_token().cancel_query().unwrap();
    drop(conn);
    let row = bystander().query_one("select count(*) from cancelled_commits where v = $1", &[&pid]).unwrap();
    let is_committed = row.get::<_, i64>(0) == 1;
    // Both, if the signal comes after the commit and cancels the question behind it.
    let is_reported = pool.status().totals.closed_because(CloseReason::ResetFailed) == 1;
    assert!(is_committed || is_reported);
}

#[test]
fn the_drivers_own_token_fails_where_its_stream_is_seen_without_tls() {
    let session = connect(&manager());
    Client::cancel_token(&session).cancel_query(NoTls).unwrap_err();
}
