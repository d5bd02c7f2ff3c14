//! When a connection is still good.

use std::time::Duration;

use cenote::{Fault, Manager, MayHang, PrePing, Queue};
use cenote_diesel::{
    DieselManager, Pool, Poolable, PooledConnection, Session,
    diesel::{
        Connection, PgConnection, QueryResult, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
        dsl::sql, sql_types::Integer,
    },
};

use cenote_servers::{Server, start_postgres};

use crate::kit::*;

const LONG: Duration = Duration::MAX;

fn a_connection_that_works_is_valid_in_and_out_of_a_transaction<D: Database>() {
    let home = D::fresh();
    let manager = DieselManager::<D::Connection>::new(&*home.url);
    let mut session = manager.connect(LONG).unwrap();
    manager.is_valid(&mut session, LONG).unwrap();
    session.batch_execute("BEGIN").unwrap();
    manager.is_valid(&mut session, LONG).unwrap();
    manager.rollback(&mut session).unwrap();
    manager.is_valid(&mut session, LONG).unwrap();
    assert!(!manager.has_broken(&mut session));
}

on_every_database!(a_connection_that_works_is_valid_in_and_out_of_a_transaction);

#[test]
fn only_sqlite_is_bounded_so_only_its_pool_needs_no_thread() {
    assert_eq!(SqliteConnection::MAY_HANG, MayHang::NOTHING);
    assert_eq!(PgConnection::MAY_HANG, MayHang::ANYWHERE);
    #[cfg(feature = "mysql")]
    assert_eq!(<Mysql as Database>::Connection::MAY_HANG, MayHang::ANYWHERE);
}

#[test]
fn a_locked_file_is_valid_and_nobody_waits_to_hear_it() {
    let home = Sqlite::fresh();
    run::<SqliteConnection>(&home.url, "PRAGMA journal_mode = delete");
    let manager = DieselManager::<SqliteConnection>::new(&*home.url);
    let mut session = manager.connect(LONG).unwrap();
    // The lock is never released while the check runs: if it waited, it would wait for ever.
    session.batch_execute("PRAGMA busy_timeout = 2147483647").unwrap();
    let mut other = manager.connect(LONG).unwrap();
    other.batch_execute("BEGIN EXCLUSIVE").unwrap();
    manager.is_valid(&mut session, LONG).unwrap();
    assert_eq!(sql::<Integer>("PRAGMA busy_timeout").get_result(&mut session), Ok(i32::MAX));
}

#[test]
fn a_file_overwritten_under_its_connection_is_lost() {
    let home = Sqlite::fresh();
    run::<SqliteConnection>(&home.url, "PRAGMA journal_mode = delete");
    let manager = DieselManager::<SqliteConnection>::new(&*home.url);
    let mut session = manager.connect(LONG).unwrap();
    manager.is_valid(&mut session, LONG).unwrap();
    std::fs::write(&home.url, "a letter to a friend, and no database at all".repeat(1000)).unwrap();
    let error = manager.is_valid(&mut session, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
}

/// The server goes away and comes back while its connections are idle: the check finds the first of them lost, and all of
/// its age are replaced.
fn a_restart_is_noticed<C: Poolable>(server: &Server) {
    let pool = Pool::<C>::builder(DieselManager::new(server.url()))
        .strategy(Queue::new().size(3).max_overflow(0))
        .pre_ping(PrePing::Always)
        .build_connected(3)
        .unwrap();
    server.kill();
    server.start();
    pool.get().unwrap().batch_execute("SELECT 1").unwrap();
    let status = pool.status();
    assert_eq!((status.generation, status.totals.opened), (1, 4));
    let all: Vec<_> = (0..3).map(|_| pool.get().unwrap()).collect();
    assert_eq!(pool.status().generation, 1);
    drop(all);
}

/// A server that stands still: who asks has an answer by its deadline, and a connection is dropped without waiting.
fn nobody_waits_for_a_frozen_server_beyond_the_deadline<C: Poolable>(server: &Server) {
    let pool = Pool::<C>::builder(DieselManager::new(server.url()))
        .pre_ping(PrePing::Always)
        .build_connected(1)
        .unwrap();
    server.freeze();
    assert!(pool.get_timeout(Duration::from_millis(100)).unwrap_err().is_timeout());
    pool.close();
    server.thaw();
}

#[test]
fn postgres_restarts_and_freezes() {
    let server = start_postgres().unwrap();
    a_restart_is_noticed::<PgConnection>(&server);
    nobody_waits_for_a_frozen_server_beyond_the_deadline::<PgConnection>(&server);
}

#[cfg(feature = "mysql")]
#[test]
fn mysql_restarts_and_freezes() {
    let server = cenote_servers::start_mysql().unwrap();
    a_restart_is_noticed::<<Mysql as Database>::Connection>(&server);
    nobody_waits_for_a_frozen_server_beyond_the_deadline::<<Mysql as Database>::Connection>(&server);
}

fn a_connection_that_the_server_ended_is_lost<D: Database>(suicide: &str) {
    let home = D::fresh();
    let manager = DieselManager::<D::Connection>::new(&*home.url);
    let mut session = manager.connect(LONG).unwrap();
    session.batch_execute(suicide).unwrap_err();
    let error = manager.is_valid(&mut session, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
}

#[test]
fn a_connection_that_postgres_ended_is_lost() {
    a_connection_that_the_server_ended_is_lost::<Postgres>("SELECT pg_terminate_backend(pg_backend_pid())");
}

#[cfg(feature = "mysql")]
#[test]
fn a_connection_that_mysql_ended_is_lost() {
    a_connection_that_the_server_ended_is_lost::<Mysql>("KILL CONNECTION_ID()");
}

type Use<D> = fn(&mut Session<<D as Database>::Connection>) -> QueryResult<()>;

/// However its user sees that a connection has ended, the next one has another, though no check is made.
fn what_its_user_saw_end_is_lent_to_nobody<D: Database>(
    number: fn(&mut Session<D::Connection>) -> QueryResult<i32>,
    kill: fn(i32) -> String,
) where
    Session<D::Connection>: Connection,
{
    let home = D::fresh();
    let uses: [Use<D>; 3] = [
        |conn| conn.batch_execute("SELECT 1"),
        |conn| D::add(conn, "a note").map(drop),
        |conn| conn.transaction(|_| Ok(())),
    ];
    for see in uses {
        let pool = one::<D>(&home);
        let mut conn = pool.get().unwrap();
        let lent = PooledConnection::id(&conn);
        let number = number(&mut conn).unwrap();
        run::<D::Connection>(&home.url, &kill(number));
        // PostgreSQL ends it when it comes to that.
        while see(&mut conn).is_ok() {}
        drop(conn);
        let mut conn = pool.get().unwrap();
        assert_ne!(PooledConnection::id(&conn), lent);
        see(&mut conn).unwrap();
    }
}

#[test]
fn what_a_user_of_postgres_saw_end_is_lent_to_nobody() {
    what_its_user_saw_end_is_lent_to_nobody::<Postgres>(
        |conn| sql::<Integer>("SELECT pg_backend_pid()").get_result(conn),
        |number| format!("SELECT pg_terminate_backend({number})"),
    );
}

#[cfg(feature = "mysql")]
#[test]
fn what_a_user_of_mysql_saw_end_is_lent_to_nobody() {
    what_its_user_saw_end_is_lent_to_nobody::<Mysql>(
        |conn| sql::<Integer>("SELECT CAST(CONNECTION_ID() AS INT)").get_result(conn),
        |number| format!("KILL {number}"),
    );
}
