//! That everything which can hold behind PgBouncer in transaction mode does.

use cenote::{Manager, Queue};
use cenote_postgres::{Pool, PostgresManager, postgres::types::Type};
use cenote_servers::{Server, wire::Wire};

use crate::{kit::*, leftovers::STEPS};

/// One PostgreSQL and a PgBouncer before it.
fn servers() -> (Server, Server) {
    let behind = cenote_servers::start_postgres().unwrap();
    let front = cenote_servers::start_pgbouncer(behind.address()).unwrap();
    (behind, front)
}

/// What a session behind PgBouncer can be asked: with one round trip.
fn answer(pool: &Pool) -> i32 {
    pool.get().unwrap().query_typed_one("select $1", &[(&42, Type::INT4)]).unwrap().get(0)
}

#[test]
fn whatever_a_user_does_behind_a_pooler_no_transaction_stays_open_and_nobody_reads_anothers_result() {
    let (behind, front) = servers();
    let manager = PostgresManager::url(front.url()).unwrap();
    let pool = Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build().unwrap();
    let mut bystander = PostgresManager::url(behind.url()).unwrap().connect(LONG).unwrap();
    bystander.batch_execute(crate::leftovers::SETUP).unwrap();
    let open =
        "select count(*) from pg_stat_activity where state like 'idle in%' and pid <> pg_backend_pid()";
    for step in STEPS.iter().filter(|step| !step.confuses_a_pooler) {
        (step.take)(&mut pool.get().unwrap());
        assert_eq!(answer(&pool), 42, "{}", step.name);
        let row = bystander.query_one(open, &[]).unwrap();
        assert_eq!(row.get::<_, i64>(0), 0, "{}", step.name);
    }
}

#[test]
fn behind_a_pooler_a_cycle_costs_the_round_trips_of_its_queries() {
    let (_behind, front) = servers();
    let wire = Wire::to(front.address());
    let url = format!("postgres://postgres@{}/postgres", wire.address());
    let pool = Pool::new(PostgresManager::url(&url).unwrap());
    assert_eq!(answer(&pool), 42);
    let (_, trips) = wire.count(|| answer(&pool));
    assert_eq!(trips, 1);
    let (_, trips) = wire.count(|| pool.get().unwrap().batch_execute("begin").unwrap());
    assert_eq!(trips, 2);
}

#[test]
fn behind_a_pooler_a_check_and_a_cancel_work() {
    let (_behind, front) = servers();
    let manager = PostgresManager::url(front.url()).unwrap();
    let mut session = connect(&manager);
    manager.is_valid(&mut session, LONG).unwrap();
    session.cancel_token().cancel_query().unwrap();
    manager.rollback(&mut session).unwrap();
    assert!(!manager.has_broken(&mut session));
    session.query_typed_one("select 1", &[]).unwrap();
}
