//! What each call costs in round trips, counted on the wire.

use cenote::{Manager, PrePing};
use cenote_postgres::{
    Pool, PostgresManager,
    postgres::{NoTls, types::Type},
};

use crate::{
    kit::*,
    leftovers::{SETUP, STEPS},
};

#[test]
fn a_return_costs_nothing_when_all_is_known_to_be_well_and_else_one_round_trip() {
    bystander().batch_execute(&format!("begin; select pg_advisory_xact_lock(5); {SETUP}; commit")).unwrap();
    let wire = wire();
    let manager = through(&wire);
    for step in STEPS {
        let Some(trips_home) = step.trips_home else { continue };
        let mut session = connect(&manager);
        (step.take)(&mut session);
        wire.settle();
        let (_, trips) = wire.count(|| manager.rollback(&mut session));
        assert_eq!(trips, trips_home, "{}", step.name);
        let (_, trips) = wire.count(|| manager.rollback(&mut session));
        assert_eq!(trips, 0, "{}, the second time", step.name);
    }
}

#[test]
fn a_cycle_costs_its_queries_and_nothing_else() {
    let wire = wire();
    let pool = Pool::new(through(&wire));
    let cycle = || {
        let mut conn = pool.get().unwrap();
        conn.query_typed_one("select $1", &[(&42, Type::INT4)]).unwrap().get::<_, i32>(0)
    };
    cycle();
    let (answers, trips) = wire.count(|| (0..100).map(|_| cycle()).sum::<i32>());
    assert_eq!((answers, trips), (4200, 100));
}

#[test]
fn without_the_watcher_a_return_costs_one_round_trip() {
    let wire = wire();
    let manager = through(&wire).with_watcher(false);
    let mut session = connect(&manager);
    for _ in 0..3 {
        let (home, trips) = wire.count(|| manager.rollback(&mut session));
        home.unwrap();
        assert_eq!(trips, 1);
    }
}

#[test]
fn a_check_costs_one_round_trip_and_a_checkout_that_is_always_checked_too() {
    let wire = wire();
    let manager = through(&wire);
    let mut session = connect(&manager);
    let (answer, trips) = wire.count(|| manager.is_valid(&mut session, LONG));
    answer.unwrap();
    assert_eq!(trips, 1);
    let pool = Pool::builder(manager).pre_ping(PrePing::Always).build().unwrap();
    drop(pool.get().unwrap());
    let (_, trips) = wire.count(|| drop(pool.get().unwrap()));
    assert_eq!(trips, 1);
}

#[test]
fn a_connect_costs_what_the_driver_alone_needs() {
    let wire = wire();
    let config = config("127.0.0.1", wire.address().port());
    let (_alone, alone) = wire.count(|| config.connect(NoTls).unwrap());
    let (_session, trips) = wire.count(|| connect(&PostgresManager::new(config)));
    assert_eq!(trips, alone);
}
