//! What a server that says nothing, or a network that swallows everything, can hold up: nobody.

use std::{mem, sync::mpsc, thread, time::Duration};

use cenote::{Fault, Manager, MayHang, PooledConnection, Queue};
use cenote_postgres::{Pool, PostgresManager, Session};
use cenote_servers::wire::Wire;

use crate::kit::*;

/// Short, because nobody comes back before it is over.
const SHORT: Duration = Duration::from_millis(100);

/// Managers over a wire: one whose driver shows its stream, and one whose driver does not.
fn both(wire: &Wire) -> [PostgresManager; 2] {
    [through(wire), through(wire).with_watcher(false)]
}

/// Leaves the driver waiting for rows.
fn ask_for_rows(session: &mut Session) {
    let rows = session.query_raw("select generate_series(1, 1000000)", &[] as &[&str]).unwrap();
    drop(rows);
}

/// Runs what must not wait for a wire that stays frozen until it is over: if it waited, it would for ever.
fn while_frozen<T>(wire: &Wire, work: impl FnOnce() -> T) -> T {
    wire.freeze();
    let done = work();
    wire.thaw();
    done
}

#[test]
fn to_give_up_a_connection_to_a_hung_server_holds_up_nobody() {
    let wire = wire();
    for manager in both(&wire) {
        let pool = Pool::new(manager);
        let mut conn = pool.get().unwrap();
        ask_for_rows(&mut conn);
        while_frozen(&wire, || PooledConnection::invalidate(conn));
        assert!(is_in_step(&mut pool.get().unwrap()));
        pool.close_and_wait(LONG).unwrap();
    }
}

#[test]
fn to_close_a_watched_connection_to_a_hung_server_does_not_even_block_a_worker() {
    let wire = wire();
    let manager = through(&wire);
    let mut session = connect(&manager);
    ask_for_rows(&mut session);
    // An error says that the driver did not say goodbye.
    let _ = while_frozen(&wire, || manager.close(session));
}

#[test]
fn a_connect_to_a_server_that_says_nothing_ends_with_the_callers_deadline() {
    let wire = wire();
    for manager in both(&wire) {
        let pool = Pool::new(manager);
        let error = while_frozen(&wire, || pool.get_timeout(SHORT).unwrap_err());
        assert!(error.is_timeout(), "{error}");
        // What came too late for one is good for the next.
        assert!(is_in_step(&mut pool.get().unwrap()));
    }
}

#[test]
fn a_watched_connect_to_a_server_that_says_nothing_ends_by_itself() {
    let wire = wire();
    let manager = through(&wire);
    let error = while_frozen(&wire, || manager.connect(SHORT).unwrap_err());
    assert!(error.to_string().contains("the start of the session was not over in time"), "{error}");
    assert_ne!(manager.classify(&error), Fault::Refused);
}

#[test]
fn a_host_that_says_nothing_leaves_time_for_the_next() {
    let wire = wire();
    let server = cenote_servers::postgres().address();
    let mut config = config("127.0.0.1", wire.address().port());
    config.host(&server.ip().to_string()).port(server.port());
    let manager = PostgresManager::new(config);
    let mut session = while_frozen(&wire, || manager.connect(Duration::from_secs(2)).unwrap());
    assert!(is_in_step(&mut session));
    assert!(session.is_certainly_idle());
}

#[test]
fn a_check_takes_no_longer_than_it_may_and_says_nothing_about_other_connections() {
    let wire = wire();
    for manager in both(&wire) {
        let mut session = connect(&manager);
        let error = while_frozen(&wire, || manager.is_valid(&mut session, SHORT).unwrap_err());
        assert_eq!(manager.classify(&error), Fault::Other, "{error}");
        // The answer that nobody waited for is nobody else's.
        assert!(is_in_step(&mut session));
    }
}

#[test]
fn a_return_to_a_hung_server_is_bounded_where_the_pool_is_told_to() {
    let wire = wire();
    for manager in both(&wire) {
        let strategy = Queue::new().size(1).max_overflow(0);
        let pool = Pool::builder(manager).strategy(strategy).reset_timeout(SHORT).build().unwrap();
        let mut conn = pool.get().unwrap();
        conn.batch_execute("begin").unwrap();
        while_frozen(&wire, || drop(conn));
        let mut conn = pool.get().unwrap();
        assert!(is_in_step(&mut conn));
    }
}

#[test]
fn a_return_is_bounded_too_where_something_forgotten_blocks_the_driver_for_ever() {
    for manager in [manager(), manager().with_watcher(false)] {
        let strategy = Queue::new().size(1).max_overflow(1);
        let pool = Pool::builder(manager).strategy(strategy).reset_timeout(SHORT).build().unwrap();
        let mut conn = pool.get().unwrap();
        let rows = conn.query_raw("select generate_series(1, 1000000)", &[] as &[&str]).unwrap();
        mem::forget(rows);
        drop(conn);
        assert!(is_in_step(&mut pool.get().unwrap()));
    }
}

#[test]
fn a_server_that_stands_still_is_noticed_within_the_deadline_and_used_again_when_it_goes_on() {
    let server = cenote_servers::start_postgres().unwrap();
    let pool = Pool::new(PostgresManager::url(server.url()).unwrap());
    let mut conn = pool.get().unwrap();
    conn.batch_execute("begin").unwrap();
    server.freeze();
    let (tell, told) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| tell.send(pool.get_timeout(SHORT).unwrap_err().is_timeout()).unwrap());
        assert!(told.recv().unwrap());
        PooledConnection::invalidate(conn);
    });
    server.thaw();
    assert!(is_in_step(&mut pool.get().unwrap()));
}

#[test]
fn what_the_driver_cannot_bound_is_said() {
    let expected = MayHang { connect: true, close: true, ..MayHang::NOTHING };
    assert_eq!(manager().may_hang(), expected);
}
