//! What each call costs in round trips, counted on the wire.

use cenote::Manager;

use crate::{
    kit::*,
    leftovers::{SETUP, STEPS},
};

#[test]
fn a_return_costs_nothing_when_all_is_known_to_be_well_and_else_waits_once() {
    bystander().batch_execute(&format!("begin; select pg_advisory_xact_lock(5); {SETUP}; commit")).unwrap();
    let wire = wire();
    let manager = through(&wire);
    for step in STEPS {
        let Some(trips_home) = step.trips_home else { continue };
        let mut session = connect(&manager);
        (step.take)(&mut session);
        let (_, trips) = wire.count(|| manager.rollback(&mut session));
        // Where an error was the last word, its end may be known already, or not yet; and what the driver sends without
        // waiting (the close of a statement) may pass the wire alone.
        let at_most = if trips_home == 0 { 0 } else { trips_home + 1 };
        assert!(trips <= at_most, "{}: {trips} instead of {trips_home}", step.name);
        let (_, trips) = wire.count(|| manager.rollback(&mut session));
        assert_eq!(trips, 0, "{}, the second time", step.name);
    }
}
