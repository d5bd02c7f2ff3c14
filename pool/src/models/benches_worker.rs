//! Models of workers that make what a bench is to hold, while its thread leaves, comes back, or ends.

use super::benches_pool::{BenchesPool, benches};
use super::bounds::{join, model, seen};
use super::model_pool::Patience::{DoesNotWait, ForEver, UntilDeadline};
use super::model_pool::{Got, Value};
use crate::store::{By, Expected, Seat, Store, Ticket};
use crate::waiter::Waiter;
use std::sync::Arc;

/// A thread waits for the value of its bench.
struct Scene {
    pool: Arc<BenchesPool>,
    seat: Seat,
    sponsor: Arc<Waiter<Value>>,
    ticket: Ticket,
}

fn scene() -> Scene {
    let pool = benches(1);
    let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("a bench is empty") };
    let sponsor = Arc::new(Waiter::new());
    let Expected::Waiting(ticket) = pool.store.expect(&sponsor, true) else { panic!("nothing is idle") };
    Scene { pool, seat, sponsor, ticket }
}

#[test]
fn a_thread_that_comes_back_has_what_a_worker_brings_to_its_bench() {
    let sights = ["a caller waited", "its sponsor had it", "the thread came back"];
    model("a worker arrives, its thread leaves and comes back", 4, &sights, || {
        let Scene { pool, seat, sponsor, ticket } = scene();
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn(move |pool| pool.arrive(seat, &brought, ticket));
        let mut got = pool.wait(&sponsor, ticket, UntilDeadline);
        if matches!(got, Got::TooLate) {
            seen("the thread came back");
            got = pool.check_out(ForEver);
        } else {
            seen("its sponsor had it");
        }
        assert!(matches!(got, Got::Value(..)), "{got:?}");
        pool.check_in(got);
        join(worker);
        assert_eq!(pool.idle_at_rest(), 1);
    });
}

#[test]
fn a_thread_that_comes_back_has_the_place_of_a_worker_that_fails() {
    let sights = ["a caller waited", "it had the place", "it left again"];
    model("a worker fails, its thread leaves, comes back, and leaves", 4, &sights, || {
        let Scene { pool, seat, sponsor, ticket } = scene();
        let worker = pool.spawn(move |pool| pool.store.vacate(seat, By::Pool, None));
        assert!(matches!(pool.wait(&sponsor, ticket, UntilDeadline), Got::TooLate));
        let got = pool.check_out(UntilDeadline);
        seen(if matches!(got, Got::Place(_)) { "it had the place" } else { "it left again" });
        pool.check_in(got);
        let got = pool.check_out(ForEver);
        assert!(matches!(got, Got::Value(..) | Got::Place(_)), "{got:?}");
        pool.check_in(got);
        join(worker);
        assert_eq!(pool.idle_at_rest(), 1);
    });
}

#[test]
fn what_a_worker_brings_for_a_thread_that_ended_goes_and_leaves_one_empty_bench() {
    let sights = ["its sponsor had it", "it left before it ended"];
    model("a worker arrives, its thread leaves and ends", 4, &sights, || {
        let Scene { pool, seat, sponsor, ticket } = scene();
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn(move |pool| pool.arrive(seat, &brought, ticket));
        let got = pool.wait(&sponsor, ticket, UntilDeadline);
        let left = matches!(got, Got::TooLate);
        seen(if left { "it left before it ended" } else { "its sponsor had it" });
        pool.check_in(got);
        pool.depart();
        join(worker);
        assert_eq!(pool.idle_at_rest(), 0);
        pool.assert_no_bench_is_had_twice();
    });
}

#[test]
fn what_a_worker_brings_beyond_what_is_kept_goes() {
    model("one kept; a worker arrives for one that left, another thread opens", 4, &[], || {
        let Scene { pool, seat, sponsor, ticket } = scene();
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn(move |pool| pool.arrive(seat, &brought, ticket));
        let other = pool.spawn(|pool| pool.filled(pool.check_out(DoesNotWait)));
        pool.check_in(pool.wait(&sponsor, ticket, UntilDeadline));
        join(worker);
        let theirs = join(other);
        let tally = pool.tally();
        assert!(tally.places <= 1 || tally.idle == 0, "one is idle, and one beyond what is kept is out");
        pool.check_in(theirs);
        assert!(pool.idle_at_rest() <= 1);
    });
}
