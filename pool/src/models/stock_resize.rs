//! Models of a size that changes: those who wait have the new places, and exactly what is too much goes.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{DoesNotWait, ForEver};
use super::stock_pool::stock;

#[test]
fn a_larger_size_serves_the_one_that_waits() {
    let sights = ["the waiter had the new place", "the waiter had what came home"];
    model("one more place comes while one comes home and another waits", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let mine = pool.check_out(DoesNotWait);
        let resizer = pool.spawn_at(0, |pool| assert!(pool.store.resize(2, Some(2)).is_empty()));
        let other = pool.spawn_at(0, |pool| {
            let got = pool.check_out(ForEver);
            seen(match got {
                Got::Value(..) => "the waiter had what came home",
                _ => "the waiter had the new place",
            });
            pool.check_in(got);
        });
        pool.check_in(mine);
        join(resizer);
        join(other);
        assert!((1..=2).contains(&pool.idle_at_rest()));
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn a_smaller_size_closes_exactly_what_is_too_much() {
    let sights = ["one was idle", "none was idle"];
    model("two come home while one place goes", 4, &sights, || {
        let pool = stock(2, 2, 2);
        let (mine, others) = (pool.check_out(DoesNotWait), pool.check_out(DoesNotWait));
        let returner = pool.spawn_at(1, |pool| {
            pool.check_in(others);
        });
        let resizer = pool.spawn_at(0, |pool| {
            let surplus = pool.store.resize(1, Some(1));
            seen(if surplus.is_empty() { "none was idle" } else { "one was idle" });
            surplus.into_iter().for_each(|(seat, value)| pool.end_unkept(seat, *value));
        });
        pool.check_in(mine);
        join(returner);
        join(resizer);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn one_that_waits_is_served_when_enough_have_come_home() {
    model("two come home to a smaller size, and another waits", 3, &["a caller waited"], || {
        let pool = stock(2, 2, 2);
        let (mine, others) = (pool.check_out(DoesNotWait), pool.check_out(DoesNotWait));
        assert!(pool.store.resize(1, Some(1)).is_empty());
        let returner = pool.spawn_at(1, |pool| {
            pool.check_in(others);
        });
        let caller = pool.spawn_at(0, |pool| {
            pool.check_in(pool.check_out(ForEver));
        });
        pool.check_in(mine);
        join(returner);
        join(caller);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}
