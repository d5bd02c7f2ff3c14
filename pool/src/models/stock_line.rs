//! Models of the stock's line: no waiter sleeps for ever, and one that leaves takes nothing with it.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{ForEver, UntilDeadline};
use super::stock_pool::{stock, stock_in_order};
use crate::order::Fifo;

#[test]
fn one_value_is_had_by_one_at_a_time_and_no_waiter_sleeps_for_ever() {
    model("three callers, one value", 3, &[], || {
        let pool = stock(1, 1, 1);
        let callers = [(); 2].map(|()| pool.spawn_at(0, |pool| pool.check_in(pool.check_out(ForEver))));
        pool.check_in(pool.check_out(ForEver));
        for caller in callers {
            join(caller);
        }
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn a_list_without_slots_wakes_its_waiters_too() {
    model("three callers, one value in a list", 3, &["a caller waited"], || {
        let pool = stock_in_order::<Fifo>(1, 1, 1);
        let callers = [(); 2].map(|()| pool.spawn(|pool| pool.check_in(pool.check_out(ForEver))));
        pool.check_in(pool.check_out(ForEver));
        for caller in callers {
            join(caller);
        }
        assert_eq!(pool.idle_at_rest(), 1);
    });
}

#[test]
fn a_place_that_is_given_up_goes_to_the_one_that_waits() {
    model("one closes the only value, another waits", 5, &["the place was handed on"], || {
        let pool = stock(1, 1, 1);
        let closer = pool.spawn_at(0, |pool| pool.fail(pool.check_out(ForEver)));
        let got = pool.check_out(ForEver);
        if matches!(got, Got::Place(_)) {
            seen("the place was handed on");
        }
        pool.check_in(got);
        join(closer);
        assert!(pool.idle_at_rest() <= 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn one_that_leaves_hands_on_the_value_that_came_at_the_last_moment() {
    let sights = ["the deadline passed", "the leaver had it"];
    model("one leaves at its deadline, two others want the value", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let leaver = pool.spawn_at(0, |pool| {
            let got = pool.check_out(UntilDeadline);
            seen(if matches!(got, Got::TooLate) { "the deadline passed" } else { "the leaver had it" });
            pool.check_in(got);
        });
        let other = pool.spawn_at(0, |pool| pool.check_in(pool.check_out(ForEver)));
        pool.check_in(pool.check_out(ForEver));
        join(leaver);
        join(other);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn one_that_leaves_hands_on_the_place_that_it_cannot_fill() {
    let sights = ["the deadline passed", "a place came, and failed"];
    model("a value goes while one leaves and another waits", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let closer = pool.spawn_at(0, |pool| pool.fail(pool.check_out(ForEver)));
        let leaver = pool.spawn_at(0, |pool| {
            let got = pool.check_out(UntilDeadline);
            match got {
                Got::TooLate => seen("the deadline passed"),
                Got::Place(_) => seen("a place came, and failed"),
                _ => {}
            }
            pool.fail(got);
        });
        pool.check_in(pool.check_out(ForEver));
        join(closer);
        join(leaver);
        assert!(pool.idle_at_rest() <= 1);
        assert_eq!(pool.store.attention(), 0);
    });
}
