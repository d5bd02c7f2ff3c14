//! What a pool of PostgreSQL connections promises its users.

use std::{
    cell::RefCell,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::Duration,
};

use cenote::{
    Assertion, CloseReason, Detached, Null, OwnedConnection, PooledConnection, PrePing, Queue,
    SingletonThread, Static, Strategy,
};
use cenote_postgres::{
    Pool, PostgresManager,
    postgres::{Client, Config, NoTls, error::SqlState},
};

use crate::kit::*;

/// A pool of at most one connection, whose server calls it so.
fn named(name: &str) -> Pool {
    let mut config: Config = url().parse().unwrap();
    config.application_name(name);
    let builder = Pool::builder(PostgresManager::new(config));
    builder.strategy(Queue::new().size(1).max_overflow(0)).pre_ping(PrePing::Always).build().unwrap()
}

fn sessions_of(bystander: &mut Client, name: &str) -> i64 {
    let counted = "select count(*) from pg_stat_activity where application_name = $1";
    bystander.query_one(counted, &[&name]).unwrap().get(0)
}

#[test]
fn a_transaction_left_open_reaches_no_other_user_with_any_strategy() {
    fn law<S: Strategy>(strategy: S) {
        let pool: Pool<S> = Pool::builder(manager()).strategy(strategy).build().unwrap();
        let mut conn = pool.get().unwrap();
        conn.batch_execute("begin; create table pg_temp.left_open (v int)").unwrap();
        drop(conn);
        let mut conn = pool.get().unwrap();
        assert!(conn.is_certainly_idle());
        let row = conn.query_one("select to_regclass('pg_temp.left_open') is null", &[]).unwrap();
        assert!(row.get::<_, bool>(0));
    }
    law(Queue::new());
    law(SingletonThread::new());
    law(Null::new());
    law(Static::new());
    law(Assertion::new());
}

#[test]
fn what_a_panicking_user_began_is_undone() {
    bystander().batch_execute("create table if not exists panics (v int)").unwrap();
    let pool = named("panics");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut conn = pool.get().unwrap();
        let mut transaction = conn.transaction().unwrap();
        transaction.batch_execute("lock table panics; insert into panics values (1)").unwrap();
        mem::forget(transaction);
        panic!("the user made a mistake");
    }));
    assert!(panicked.is_err());
    // It would wait for ever for the lock of a transaction that is still open.
    let mut conn = pool.get().unwrap();
    conn.batch_execute("begin; lock table panics; commit").unwrap();
    assert_eq!(conn.query_one("select count(*) from panics", &[]).unwrap().get::<_, i64>(0), 0);
}

#[test]
fn a_panic_in_the_middle_of_a_query_leaves_the_next_user_nothing() {
    let manager = manager().with_notice_callback(|notice| assert_ne!(notice.message(), "panic"));
    let pool = Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build().unwrap();
    let mut conn = pool.get().unwrap();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        conn.batch_execute("begin; do $$ begin raise notice 'panic'; end $$; select 1")
    }));
    assert!(panicked.is_err());
    // The panic is over when the connection comes home, so the pool does not know of it.
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert!(is_in_step(&mut conn));
    assert!(conn.is_certainly_idle());
}

#[test]
fn a_commit_on_return_commits_whatever_was_begun_and_asks_only_then() {
    bystander().batch_execute("create table if not exists commits (v int); truncate commits").unwrap();
    let wire = wire();
    let pool = Pool::builder(through(&wire)).commit_on_return().build().unwrap();
    let mut conn = pool.get().unwrap();
    conn.batch_execute("begin; insert into commits values (1)").unwrap();
    let ((), trips) = wire.count(|| drop(conn));
    assert_eq!(trips, 1);
    let mut conn = pool.get().unwrap();
    conn.batch_execute("insert into commits values (2)").unwrap();
    let ((), trips) = wire.count(|| drop(conn));
    assert_eq!(trips, 0);
    let mut conn = pool.get().unwrap();
    conn.batch_execute("begin; insert into commits values (3)").unwrap();
    conn.batch_execute("select 1/0").unwrap_err();
    drop(conn);
    let row = bystander().query_one("select count(*), sum(v) from commits", &[]).unwrap();
    assert_eq!((row.get(0), row.get(1)), (2_i64, 3_i64));
}

thread_local! {
    /// What a thread lets go of at its very end.
    static KEPT: RefCell<Option<OwnedConnection<PostgresManager, Queue>>> = const { RefCell::new(None) };
}

#[test]
fn a_connection_kept_until_its_thread_ends_comes_home_as_any_other() {
    bystander().batch_execute("create table if not exists ends (v int); truncate ends").unwrap();
    for (commits, rows) in [(false, 0_i64), (true, 1)] {
        let builder = Pool::builder(manager()).strategy(Queue::new().size(1).max_overflow(0));
        let builder = if commits { builder.commit_on_return() } else { builder };
        let pool = builder.build().unwrap();
        let used = thread::scope(|scope| {
            let user = scope.spawn(|| {
                // Thread-locals end in the opposite order: the driver's runtime is gone when this one ends.
                KEPT.with_borrow(|kept| assert!(kept.is_none()));
                let mut conn = pool.get_owned().unwrap();
                let pid = pid(&mut conn);
                conn.batch_execute("begin; insert into ends values (1)").unwrap();
                KEPT.set(Some(conn));
                pid
            });
            user.join().unwrap()
        });
        let mut conn = pool.get().unwrap();
        assert_eq!(conn.query_one("select count(*) from ends", &[]).unwrap().get::<_, i64>(0), rows);
        assert_eq!(pid(&mut conn), used);
    }
}

#[test]
fn a_connection_that_the_administrator_ends_while_it_is_idle_is_replaced_unseen() {
    let (pool, mut bystander) = (named("ended idle"), bystander());
    let pid = pid(&mut pool.get().unwrap());
    bystander.execute("select pg_terminate_backend($1, 5000)", &[&pid]).unwrap();
    let mut conn = pool.get().unwrap();
    assert!(is_in_step(&mut conn));
    assert_eq!(pool.status().totals.opened, 2);
    assert_eq!(sessions_of(&mut bystander, "ended idle"), 1);
}

#[test]
fn a_connection_that_the_administrator_ends_while_it_is_out_does_not_come_home() {
    for begin in ["select 1", "begin"] {
        let (pool, mut bystander) = (named("ended out"), bystander());
        let mut conn = pool.get().unwrap();
        let pid = pid(&mut conn);
        conn.batch_execute(begin).unwrap();
        bystander.execute("select pg_terminate_backend($1, 5000)", &[&pid]).unwrap();
        let error = conn.batch_execute("select 1").unwrap_err();
        assert!(error.is_closed() || error.code() == Some(&SqlState::ADMIN_SHUTDOWN), "{error:?}");
        drop(conn);
        assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 1);
        assert!(is_in_step(&mut pool.get().unwrap()));
    }
}

#[test]
fn a_server_that_restarted_costs_its_users_nothing_but_what_they_had_out() {
    let server = cenote_servers::start_postgres().unwrap();
    let builder = Pool::builder(PostgresManager::url(server.url()).unwrap());
    let pool = builder.pre_ping(PrePing::Always).build().unwrap();
    let (one, mut out) = (pool.get().unwrap(), pool.get().unwrap());
    drop(one);
    let generation = pool.status().generation;
    server.stop();
    server.start();
    assert!(is_in_step(&mut pool.get().unwrap()));
    assert_eq!(pool.status().generation, generation + 1);
    out.batch_execute("select 1").unwrap_err();
    drop(out);
    assert!(is_in_step(&mut pool.get().unwrap()));
}

#[test]
fn a_wire_that_was_cut_costs_one_connection_and_no_transaction() {
    let wire = wire();
    let pool = Pool::builder(through(&wire)).pre_ping(PrePing::Always).build().unwrap();
    let mut conn = pool.get().unwrap();
    conn.batch_execute("begin").unwrap();
    wire.cut();
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert!(is_in_step(&mut conn));
    assert!(conn.is_certainly_idle());
}

#[test]
fn the_server_never_sees_more_than_the_pool_may_have() {
    let mut config: Config = url().parse().unwrap();
    config.application_name("limited");
    let builder = Pool::builder(PostgresManager::new(config));
    let pool = builder.strategy(Queue::new().size(2).max_overflow(1)).build().unwrap();
    let mut bystander = bystander();
    let most = thread::scope(|scope| {
        let users = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..50 {
                        pool.get().unwrap().batch_execute("select pg_sleep(0.001)").unwrap();
                    }
                })
            })
            .collect::<Vec<_>>();
        let mut most = 0;
        while !users.iter().all(|user| user.is_finished()) {
            most = most.max(sessions_of(&mut bystander, "limited"));
        }
        most
    });
    let status = pool.status();
    assert!((1..=3 + i64::try_from(status.closing).unwrap()).contains(&most), "{most} sessions, {status}");
}

#[test]
fn a_closed_pool_leaves_no_session_and_no_thread() {
    let (pool, mut bystander) = (named("closed"), bystander());
    assert!(is_in_step(&mut pool.get().unwrap()));
    pool.close_and_wait(Duration::MAX).unwrap();
    while sessions_of(&mut bystander, "closed") > 0 {}
    while pool.status().workers > 0 {}
}

#[test]
fn a_client_taken_out_of_the_pool_is_the_drivers_own() {
    let pool = Pool::new(manager());
    let session = Detached::into_inner(PooledConnection::detach(pool.get().unwrap()));
    drop(pool);
    let mut session = session;
    assert!(is_in_step(&mut session));
    *session = Client::connect(url(), NoTls).unwrap();
    assert!(!session.is_certainly_idle());
}
