//! What a checkout and a return cost in round trips, counted on the wire.

use cenote::{Commit, Manager, PooledConnection};
use cenote_mysql::{
    MysqlManager, Pool, Session,
    mysql::{AccessMode, Conn, IsolationLevel, Row, TxOpts, prelude::Queryable},
};
use std::{mem, time::Duration};

use crate::kit::*;

/// A session that has been home once: what a reset does to it is known.
fn known(manager: &MysqlManager) -> Session {
    let mut session = connect(manager);
    session.query_drop("do 1").unwrap();
    assert!(comes_home(manager, &mut session));
    session
}

/// How many round trips the return takes after such a use, with each way to reset.
fn returns(use_it: impl Fn(&mut Session)) -> [u64; 4] {
    resets().map(|reset| {
        let wire = wire();
        let manager = MysqlManager::new(opts_on(&wire)).with_reset(reset);
        let mut session = known(&manager);
        use_it(&mut session);
        let (is_kept, trips) = wire.count(|| comes_home(&manager, &mut session));
        assert!(is_kept);
        trips
    })
}

#[test]
fn a_connection_that_was_not_used_comes_home_without_a_word() {
    assert_eq!(returns(|_| {}), [0, 0, 0, 0]);
    assert_eq!(returns(|session| assert!(session.connection_id() > 0)), [0, 0, 0, 0]);
}

#[test]
fn what_was_seen_to_its_end_costs_one_trip() {
    let seen = [1, 1, 1, 0];
    assert_eq!(returns(|session| session.query_drop("do 1").unwrap()), seen);
    assert_eq!(returns(|session| drop(session.query::<i64, _>("select 1 union select 2").unwrap())), seen);
    assert_eq!(
        returns(|session| assert!(
            session.query_first::<i64, _>("select 1 union select 2").unwrap().is_some()
        )),
        seen
    );
    assert_eq!(returns(|session| drop(session.query_opt::<i64, _>("select 1").unwrap())), seen);
    assert_eq!(returns(|session| drop(session.query_map("select 1", |n: i64| n + 1).unwrap())), seen);
    assert_eq!(
        returns(|session| assert!(session.query_first_opt::<i64, _>("select 1").unwrap().is_some())),
        seen
    );
    assert_eq!(returns(|session| session.query_drop("no sql").unwrap_err().to_string().clear()), seen);
    assert_eq!(returns(|session| session.exec_drop("do ?", (1,)).unwrap()), seen);
    assert_eq!(returns(|session| drop(session.exec::<i64, _, _>("select ?", (1,)).unwrap())), seen);
    assert_eq!(returns(|session| drop(session.exec_first::<Row, _, _>("select ?", (1,)).unwrap())), seen);
    assert_eq!(returns(|session| drop(session.exec_opt::<i64, _, _>("select ?", (1,)).unwrap())), seen);
    assert_eq!(
        returns(|session| assert!(session.exec_first_opt::<i64, _, _>("select ?", (1,)).unwrap().is_some())),
        seen
    );
    assert_eq!(returns(|session| session.ping().unwrap()), seen);
    assert_eq!(returns(|session| session.query_drop("start transaction").unwrap()), seen);
    assert_eq!(
        returns(|session| {
            let mut transaction = session.start_transaction(TxOpts::default()).unwrap();
            transaction.query_drop("do 1").unwrap();
            transaction.exec_drop("do ?", (1,)).unwrap();
            transaction.query_first::<i64, _>("select 1").unwrap();
            transaction.commit().unwrap();
        }),
        seen
    );
    assert_eq!(returns(|session| mem::forget(session.start_transaction(TxOpts::default()).unwrap())), seen);
}

/// What a reset does to the character set is seen once for a connection.
#[test]
fn the_first_reset_of_a_connection_costs_one_trip_more() {
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire));
    let mut session = connect(&manager);
    for trips in [2, 1, 1] {
        session.query_drop("do 1").unwrap();
        assert_eq!(wire.count(|| assert!(comes_home(&manager, &mut session))).1, trips);
    }
}

#[test]
fn what_was_not_seen_costs_one_trip_more_where_it_cannot_be_asked_in_the_same() {
    let asked = [2, 1, 1, 1];
    assert_eq!(returns(|session| drop(session.query_iter("select 1").unwrap())), asked);
    assert_eq!(returns(|session| drop(session.exec_iter("select 1", ()).unwrap())), asked);
    assert_eq!(returns(|session| Conn::query_drop(session, "do 1").unwrap()), asked);
    assert_eq!(returns(|session| session.exec_batch("do ?", [(1,)]).unwrap_or_default()), asked);
}

#[test]
fn a_choice_of_another_database_costs_a_login_or_nothing_more() {
    let moved = [2, 1, 1, 1];
    assert_eq!(returns(|session| session.query_drop("use information_schema").unwrap()), moved);
    assert_eq!(returns(|session| session.select_db("information_schema").unwrap()), moved);
    assert_eq!(returns(|session| Conn::select_db(session, "information_schema").unwrap()), [3, 1, 1, 1]);
}

#[test]
fn a_statement_is_prepared_once_where_the_reset_does_not_close_it() {
    for (reset, trips) in resets().into_iter().zip([2, 1, 1, 1]) {
        let wire = wire();
        let manager = MysqlManager::new(opts_on(&wire)).with_reset(reset);
        let mut session = known(&manager);
        session.exec_drop("do ?", (1,)).unwrap();
        assert!(comes_home(&manager, &mut session));
        assert_eq!(wire.count(|| session.exec_drop("do ?", (1,)).unwrap()).1, trips);
    }
}

#[test]
fn a_commit_costs_one_trip_beside_a_reset() {
    for (reset, trips) in resets().into_iter().zip([2, 1, 2, 1]) {
        let wire = wire();
        let manager = MysqlManager::new(opts_on(&wire)).with_reset(reset);
        let mut session = known(&manager);
        session.query_drop("start transaction").unwrap();
        assert_eq!(wire.count(|| manager.commit(&mut session).unwrap()).1, trips);
        assert_eq!(wire.count(|| manager.commit(&mut session).unwrap()).1, 0);
    }
}

#[test]
fn a_check_costs_one_trip_and_the_one_of_a_dead_connection_none() {
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire));
    let mut session = connect(&manager);
    for within in [LONG, Duration::from_secs(60)] {
        assert_eq!(wire.count(|| manager.is_valid(&mut session, within).unwrap()).1, 1);
    }
    assert_eq!(wire.count(|| assert!(comes_home(&manager, &mut session))).1, 0);
    kill(session.connection_id());
    eventually(|| manager.has_broken(&mut session));
    assert_eq!(wire.count(|| manager.is_valid(&mut session, LONG).unwrap_err()).1, 0);
}

#[test]
fn a_transaction_begins_in_one_trip_whatever_its_options() {
    let wire = wire();
    let mut session = connect(&MysqlManager::new(opts_on(&wire)));
    let options = TxOpts::default()
        .set_isolation_level(Some(IsolationLevel::Serializable))
        .set_access_mode(Some(AccessMode::ReadOnly));
    assert_eq!(wire.count(|| mem::forget(session.start_transaction(options).unwrap())).1, 1);
}

/// The greeting is the server's; then come the login and the question for the longest packet.
#[test]
fn a_connect_costs_a_login_and_one_question() {
    let wire = wire();
    let manager = MysqlManager::new(opts_on(&wire));
    let (_session, login) = wire.count(|| connect(&manager));
    let knowing = MysqlManager::new(opts_on(&wire).max_allowed_packet(Some(1 << 24)));
    let (_session, bare) = wire.count(|| connect(&knowing));
    assert_eq!(login, bare + 1);
    assert!(bare <= 2, "{bare}");
}

#[test]
fn a_healthy_cycle_costs_one_trip_beside_its_statements() {
    let wire = wire();
    let pool = Pool::new(MysqlManager::new(opts_on(&wire)));
    let mut conn = pool.get().unwrap();
    conn.query_drop("do 1").unwrap();
    let lent = PooledConnection::id(&conn);
    drop(conn);
    let (_, trips) = wire.count(|| {
        for _ in 0..10 {
            let mut conn = pool.get().unwrap();
            assert_eq!(conn.query_first("select 42").unwrap(), Some(42));
            assert_eq!(PooledConnection::id(&conn), lent);
        }
    });
    assert_eq!(trips, 10 + 10);
}
