//! What a pool of MySQL connections promises its users.

use std::{
    error::Error as _,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use cenote::{
    Assertion, CloseReason, Detached, Null, PooledConnection, PrePing, Queue, SingletonThread, Static,
    Strategy,
};
use cenote_mysql::{
    MysqlManager, Pool, ResetBy,
    mysql::{self, Conn, Opts, OptsBuilder, prelude::Queryable},
};

use crate::kit::*;

fn of<S: Strategy>(manager: MysqlManager, strategy: S) -> Pool<S> {
    Pool::builder(manager).strategy(strategy).build().unwrap()
}

fn one() -> Queue {
    Queue::new().size(1).max_overflow(0)
}

#[test]
fn a_transaction_left_open_reaches_no_other_user_with_any_strategy() {
    fn law<S: Strategy>(strategy: S) {
        let pool = of(manager(), strategy);
        pool.get().unwrap().query_drop("start transaction; insert into pool_open values (1)").unwrap();
        assert_eq!(value(&mut *pool.get().unwrap(), "select count(*) from pool_open").as_deref(), Some("0"));
    }
    with_table("pool_open");
    law(Queue::new());
    law(SingletonThread::new());
    law(Null::new());
    law(Static::new());
    law(Assertion::new());
}

#[test]
fn what_a_panicking_user_began_is_undone_and_holds_up_nobody() {
    let pool = Pool::new(manager());
    with_table("pool_panic");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut conn = pool.get().unwrap();
        conn.query_drop("start transaction").unwrap();
        conn.query_drop("insert into pool_panic values (1)").unwrap();
        panic!("the user made a mistake");
    }));
    assert!(panicked.is_err());
    let mut conn = pool.get().unwrap();
    conn.query_drop("lock tables pool_panic write").unwrap();
    assert_eq!(value(&mut *conn, "select count(*) from pool_panic").as_deref(), Some("0"));
}

#[test]
fn the_server_never_sees_more_connections_than_the_limit() {
    admin().query_drop("create database if not exists pool_limit").unwrap();
    let pool =
        of(MysqlManager::new(opts().db_name(Some("pool_limit"))), Queue::new().size(3).max_overflow(0));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let users = [(); 8].map(|()| {
            scope.spawn(|| {
                for _ in 0..50 {
                    pool.get().unwrap().query_drop("do 1").unwrap();
                }
            })
        });
        let watcher = scope.spawn(|| {
            let mut admin = admin();
            let query = "select count(*) from information_schema.processlist where db = 'pool_limit'";
            let mut most = 0;
            while !is_over.load(Ordering::Relaxed) {
                most = most.max(admin.query_first::<u64, _>(query).unwrap().unwrap());
            }
            most
        });
        users.into_iter().for_each(|user| user.join().unwrap());
        is_over.store(true, Ordering::Relaxed);
        let most = watcher.join().unwrap();
        assert!((1..=3).contains(&most), "{most}");
    });
    assert_eq!(pool.status().totals.opened, 3);
    pool.close_and_wait(Duration::MAX).unwrap();
    let query = "select count(*) from information_schema.processlist where db = 'pool_limit'";
    let mut admin = admin();
    eventually(|| value(&mut admin, query).as_deref() == Some("0"));
}

#[test]
fn a_connection_killed_while_idle_is_replaced_within_the_next_checkout() {
    let pool: Pool = Pool::builder(manager()).strategy(one()).pre_ping(PrePing::Always).build().unwrap();
    let killed = pool.get().unwrap().connection_id();
    kill(killed);
    let generation = pool.status().generation;
    let mut conn = pool.get().unwrap();
    assert_eq!(conn.query_first("select 42").unwrap(), Some(42));
    assert_ne!(conn.connection_id(), killed);
    assert_eq!(pool.status().generation, generation + 1);
}

#[test]
fn a_connection_killed_while_out_fails_its_user_and_no_other() {
    let pool = of(manager(), one());
    let mut conn = pool.get().unwrap();
    conn.query_drop("do 1").unwrap();
    kill(conn.connection_id());
    conn.query_drop("do 1").unwrap_err();
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(CloseReason::ResetFailed), 1);
    assert_eq!(pool.get().unwrap().query_first("select 42").unwrap(), Some(42));
}

#[test]
fn a_connection_killed_while_out_and_not_used_any_more_does_not_come_home() {
    for reset in resets() {
        let pool = of(manager().with_reset(reset), one());
        let mut conn = pool.get().unwrap();
        conn.query_drop("do 1").unwrap();
        kill(conn.connection_id());
        // The end of the connection is on its way to this process.
        eventually(|| cenote::Manager::has_broken(pool.manager(), &mut conn));
        drop(conn);
        assert_eq!(pool.get().unwrap().query_first("select 42").unwrap(), Some(42));
        assert_eq!(pool.status().totals.opened, 2);
    }
}

#[test]
fn a_connection_killed_in_a_transaction_leaves_nothing_of_it() {
    let pool = of(manager(), one());
    let mut conn = pool.get().unwrap();
    with_table("pool_killed");
    conn.query_drop("start transaction").unwrap();
    conn.query_drop("insert into pool_killed values (1)").unwrap();
    kill(conn.connection_id());
    drop(conn);
    let mut conn = pool.get().unwrap();
    conn.query_drop("lock tables pool_killed write").unwrap();
    assert_eq!(value(&mut *conn, "select count(*) from pool_killed").as_deref(), Some("0"));
}

#[test]
fn a_server_that_was_restarted_is_used_again_by_the_next_checkout() {
    let server = cenote_servers::start_mysql().unwrap();
    let opts = OptsBuilder::from_opts(Opts::from_url(server.url()).unwrap()).prefer_socket(false);
    let pool: Pool = Pool::builder(MysqlManager::new(opts)).pre_ping(PrePing::Always).build().unwrap();
    let idle = [(); 3].map(|()| pool.get().unwrap());
    drop(idle);
    server.stop();
    let error = pool.get_timeout(Duration::from_secs(10)).unwrap_err();
    assert!(error.source().unwrap().downcast_ref::<mysql::Error>().is_some(), "{error}");
    server.start();
    assert_eq!(pool.get().unwrap().query_first("select 42").unwrap(), Some(42));
    assert_eq!(pool.status().generation, 1);
}

#[test]
fn a_frozen_server_holds_nobody_up_beyond_the_deadline() {
    let server = cenote_servers::start_mysql().unwrap();
    let opts = OptsBuilder::from_opts(Opts::from_url(server.url()).unwrap()).prefer_socket(false);
    let pool: Pool =
        Pool::builder(MysqlManager::new(opts)).strategy(one()).pre_ping(PrePing::Always).build().unwrap();
    drop(pool.get().unwrap());
    server.freeze();
    // It answers nobody: neither the check of the idle connection nor the connect of its successor.
    pool.get_timeout(Duration::from_millis(50)).unwrap_err();
    pool.get_timeout(Duration::from_millis(50)).unwrap_err();
    server.thaw();
    assert_eq!(pool.get().unwrap().query_first("select 42").unwrap(), Some(42));
}

#[test]
fn a_connect_error_carries_the_drivers_own() {
    let pool = Pool::new(MysqlManager::new(opts().db_name(Some("no_such_database"))));
    let error = pool.get().unwrap_err();
    let cause = error.source().unwrap().downcast_ref::<mysql::Error>().unwrap();
    assert!(matches!(cause, mysql::Error::MySqlError(error) if error.code == 1049), "{cause}");
}

#[test]
fn a_pool_that_commits_keeps_what_its_users_did() {
    with_table("pool_commits");
    let pool: Pool = Pool::builder(manager()).commit_on_return().build().unwrap();
    pool.get().unwrap().query_drop("start transaction; insert into pool_commits values (1)").unwrap();
    assert_eq!(value(&mut admin(), "select count(*) from pool_commits").as_deref(), Some("1"));
}

#[test]
fn a_pool_that_resets_nothing_keeps_no_connection_of_which_it_cannot_be_sure() {
    for (use_it, opened) in [
        (Box::new(|conn: &mut Conn| conn.query_drop("do 1").unwrap()) as Box<dyn Fn(&mut Conn)>, 2),
        (Box::new(|_| {}), 2),
    ] {
        let builder = Pool::builder(manager()).strategy(one()).reset_on_return(cenote::Reset::Nothing);
        let pool: Pool = builder.build().unwrap();
        use_it(&mut pool.get().unwrap());
        drop(pool.get().unwrap());
        assert_eq!(pool.status().totals.opened, opened);
    }
    let pool: Pool =
        Pool::builder(manager()).strategy(one()).reset_on_return(cenote::Reset::Nothing).build().unwrap();
    pool.get().unwrap().query_drop("set @x = 1").unwrap();
    assert_eq!(value(&mut *pool.get().unwrap(), "select @x").as_deref(), Some("1"));
}

#[test]
fn a_detached_connection_is_its_users_alone() {
    let pool = of(manager().with_reset(ResetBy::Rollback), one());
    let session = Detached::into_inner(PooledConnection::detach(pool.get().unwrap()));
    let mut conn: Conn = session.into_conn();
    pool.close();
    assert_eq!(conn.query_first("select 42").unwrap(), Some(42));
}
