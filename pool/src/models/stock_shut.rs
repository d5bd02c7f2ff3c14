//! Models of a stock that is shut: everybody wakes, and every value is given back once.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{DoesNotWait, ForEver};
use super::stock_pool::stock;
use crate::store::{By, Expected, Store};
use crate::waiter::Waiter;
use std::sync::Arc;

#[test]
fn a_stock_that_is_shut_wakes_everybody_and_gives_every_value_back_once() {
    let sights = ["one was told", "one had it"];
    model("a close meets a return and one that waits", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let visitor = pool.spawn_at(0, |pool| {
            pool.check_in(pool.check_out(ForEver));
        });
        let closer = pool.spawn_at(0, |pool| pool.close());
        let got = pool.check_out(ForEver);
        seen(if matches!(got, Got::Closed) { "one was told" } else { "one had it" });
        pool.check_in(got);
        join(visitor);
        join(closer);
        assert_eq!(pool.idle_at_rest(), 0);
        assert_eq!(pool.store.attention(), 1, "it is raised for ever");
    });
}

#[test]
fn a_stock_that_is_shut_keeps_nothing_that_a_worker_brings() {
    let sights = ["the sponsor was told", "the sponsor had it"];
    model("a close meets a worker that arrives", 4, &sights, || {
        let pool = stock(1, 1, 0);
        let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("a place is free") };
        let sponsor = Arc::new(Waiter::new());
        let Expected::Waiting(ticket) = pool.store.expect(&sponsor, true) else { panic!("nothing is idle") };
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn_at(0, move |pool| pool.arrive(seat, &brought, ticket));
        let closer = pool.spawn_at(0, |pool| pool.close());
        let got = pool.wait(&sponsor, ticket, ForEver);
        seen(if matches!(got, Got::Closed) { "the sponsor was told" } else { "the sponsor had it" });
        pool.check_in(got);
        join(worker);
        join(closer);
        assert_eq!(pool.idle_at_rest(), 0);
    });
}

#[test]
fn a_stock_that_is_shut_lets_no_place_out_again() {
    model("a close, and a place that is given up, meet two that wait", 3, &["a caller waited"], || {
        let pool = stock(1, 1, 0);
        let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("a place is free") };
        let closer = pool.spawn_at(0, move |pool| {
            pool.close();
            pool.store.vacate(seat, By::Pool, None);
        });
        let other = pool.spawn_at(0, |pool| pool.check_out(ForEver));
        let got = pool.check_out(ForEver);
        assert!(matches!((got, join(other)), (Got::Closed, Got::Closed)));
        join(closer);
        assert_eq!(pool.idle_at_rest(), 0);
    });
}
