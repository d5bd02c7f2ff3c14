//! Models of recovery: a place that is recovered while its value comes home is freed once.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{DoesNotWait, ForEver};
use super::stock_pool::stock;
use crate::store::Numbered;

#[test]
fn a_recovery_that_meets_a_return_frees_one_place() {
    let sights =
        ["it was given up", "it was home", "the waiter had what came home", "the waiter had a place"];
    model("one is given up while it comes home and another waits", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let Got::Value(seat, value) = pool.check_out(DoesNotWait) else { panic!("one is idle") };
        let number = value.number();
        let returner = pool.spawn_at(0, move |pool| {
            pool.check_in(Got::Value(seat, value));
        });
        let recoverer = pool.spawn_at(0, move |pool| {
            let given_up = pool.store.give_up(number, || true);
            seen(if given_up { "it was given up" } else { "it was home" });
        });
        let got = pool.check_out(ForEver);
        seen(match got {
            Got::Value(..) => "the waiter had what came home",
            _ => "the waiter had a place",
        });
        pool.check_in(got);
        join(returner);
        join(recoverer);
        assert!(pool.idle_at_rest() <= 1);
        assert_eq!((pool.store.attention(), pool.tally().given_up), (0, 0));
    });
}

#[test]
fn what_was_given_up_is_lent_to_nobody_who_waits() {
    model("one comes home that was given up, two want it", 3, &["a caller waited"], || {
        let pool = stock(1, 1, 1);
        let Got::Value(seat, value) = pool.check_out(DoesNotWait) else { panic!("one is idle") };
        let number = value.number();
        assert!(pool.store.give_up(number, || true));
        let caller = pool.spawn_at(0, move |pool| {
            let got = pool.check_out(ForEver);
            assert!(!matches!(&got, Got::Value(_, value) if value.number() == number), "{got:?}");
            pool.check_in(got);
        });
        let returner = pool.spawn_at(0, move |pool| {
            assert!(!pool.check_in(Got::Value(seat, value)), "it has no place");
        });
        pool.check_in(pool.check_out(ForEver));
        join(caller);
        join(returner);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!((pool.store.attention(), pool.tally().given_up), (0, 0));
    });
}
