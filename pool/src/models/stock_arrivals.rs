//! Models of workers that bring what they made to the stock: each caller has one, and none is lost.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{DoesNotWait, ForEver, UntilDeadline};
use super::stock_pool::{StockPool, stock};
use crate::store::{By, Expected, Seat, Store, Ticket};
use crate::waiter::Waiter;
use std::sync::Arc;

/// A stock with one value out, and a place whose value a worker makes for a sponsor.
struct Scene {
    pool: Arc<StockPool>,
    out: Got,
    seat: Seat,
    sponsor: Arc<Waiter<super::model_pool::Value>>,
    ticket: Ticket,
}

fn scene() -> Scene {
    let pool = stock(1, 2, 1);
    let out = pool.check_out(DoesNotWait);
    let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("one more is allowed") };
    let sponsor = Arc::new(Waiter::new());
    let Expected::Waiting(ticket) = pool.store.expect(&sponsor, true) else { panic!("nothing is idle") };
    Scene { pool, out, seat, sponsor, ticket }
}

#[test]
fn one_that_waits_for_its_connect_has_it_or_what_comes_home_first() {
    let sights = ["a third caller waited"];
    model("a worker arrives, another value comes home, a third caller waits", 2, &sights, || {
        let Scene { pool, out, seat, sponsor, ticket } = scene();
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn_at(seat, move |pool| pool.arrive(seat, &brought, ticket));
        let other = pool.spawn_at(0, |pool| {
            pool.check_in(out);
            pool.check_in(pool.check_out(ForEver));
        });
        let got = pool.wait(&sponsor, ticket, ForEver);
        assert!(matches!(got, Got::Value(..)), "{got:?}");
        if pool.tally().waiting > 0 {
            seen("a third caller waited");
        }
        pool.check_in(got);
        join(worker);
        join(other);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn a_worker_that_arrives_meets_the_one_that_leaves_and_what_comes_home() {
    let sights = ["the sponsor left", "the sponsor had one"];
    model("a worker arrives, its sponsor leaves, another value comes home", 4, &sights, || {
        let Scene { pool, out, seat, sponsor, ticket } = scene();
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn_at(seat, move |pool| pool.arrive(seat, &brought, ticket));
        let returner = pool.spawn_at(0, |pool| {
            pool.check_in(out);
        });
        let got = pool.wait(&sponsor, ticket, UntilDeadline);
        seen(if matches!(got, Got::TooLate) { "the sponsor left" } else { "the sponsor had one" });
        pool.check_in(got);
        join(worker);
        join(returner);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn what_a_worker_brings_for_one_that_left_goes_to_the_one_that_waits() {
    let sights = ["a caller waited", "the sponsor left", "the sponsor had it"];
    model("a worker arrives, its sponsor leaves, a third caller waits", 3, &sights, || {
        let pool = stock(1, 1, 0);
        let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("a place is free") };
        let sponsor = Arc::new(Waiter::new());
        let Expected::Waiting(ticket) = pool.store.expect(&sponsor, true) else { panic!("nothing is idle") };
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn_at(0, move |pool| pool.arrive(seat, &brought, ticket));
        let third = pool.spawn_at(0, |pool| {
            let got = pool.check_out(ForEver);
            assert!(matches!(got, Got::Value(..)), "{got:?}");
            pool.check_in(got);
        });
        let got = pool.wait(&sponsor, ticket, UntilDeadline);
        seen(if matches!(got, Got::TooLate) { "the sponsor left" } else { "the sponsor had it" });
        pool.check_in(got);
        join(worker);
        join(third);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn the_place_of_a_worker_that_fails_goes_to_the_one_that_waits() {
    let sights = ["the place went on", "the third caller had what came home"];
    model("a worker fails, its sponsor leaves, a third caller waits", 3, &sights, || {
        let Scene { pool, out, seat, sponsor, ticket } = scene();
        let worker = pool.spawn_at(seat, move |pool| pool.store.vacate(seat, By::Pool, None));
        let third = pool.spawn_at(0, |pool| {
            let got = pool.check_out(ForEver);
            match got {
                Got::Place(_) => seen("the place went on"),
                _ => seen("the third caller had what came home"),
            }
            pool.fail(got);
        });
        pool.check_in(out);
        let got = pool.wait(&sponsor, ticket, UntilDeadline);
        assert!(!matches!(got, Got::Place(_)), "it has one already");
        pool.check_in(got);
        join(worker);
        join(third);
        assert!(pool.idle_at_rest() <= 1);
        assert_eq!(pool.store.attention(), 0);
    });
}
