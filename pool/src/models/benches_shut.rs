//! Models of benches that are shut: everybody wakes, and every value is given back once.

use super::benches_pool::benches;
use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{DoesNotWait, ForEver};
use crate::store::{By, Store, Ticket};

#[test]
fn benches_that_are_shut_give_every_value_back_once() {
    let sights = ["the return was refused", "the close took it"];
    model("a close meets a return", 4, &sights, || {
        let pool = benches(1);
        let mine = pool.filled(pool.check_out(DoesNotWait));
        let closer = pool.spawn(|pool| pool.close());
        seen(if pool.check_in(mine) { "the close took it" } else { "the return was refused" });
        pool.check_in(pool.check_out(DoesNotWait));
        join(closer);
        assert_eq!(pool.idle_at_rest(), 0);
    });
}

#[test]
fn benches_that_are_shut_let_no_place_out_again() {
    model(
        "a close, and a worker that fails, meet its thread that came back",
        4,
        &["a caller waited"],
        || {
            let pool = benches(1);
            let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("a bench is empty") };
            pool.store.leave(Ticket::from(seat));
            let closer = pool.spawn(move |pool| {
                pool.close();
                pool.store.vacate(seat, By::Pool, None);
            });
            assert!(matches!(pool.check_out(ForEver), Got::Closed));
            join(closer);
            assert_eq!(pool.idle_at_rest(), 0);
        },
    );
}

#[test]
fn benches_that_are_shut_wake_the_thread_that_came_back() {
    let sights = ["a caller waited", "it was told", "it had the place"];
    model("a close meets a worker that fails, and its thread that came back", 3, &sights, || {
        let pool = benches(1);
        let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("a bench is empty") };
        pool.store.leave(Ticket::from(seat));
        let closer = pool.spawn(|pool| pool.close());
        let worker = pool.spawn(move |pool| pool.store.vacate(seat, By::Pool, None));
        let got = pool.check_out(ForEver);
        seen(if matches!(got, Got::Closed) { "it was told" } else { "it had the place" });
        pool.check_in(got);
        join(closer);
        join(worker);
        assert_eq!(pool.idle_at_rest(), 0);
    });
}
