//! Models of returns to the stock: what is kept is kept, exactly the surplus goes, and what is idle is found.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{DoesNotWait, ForEver, UntilDeadline};
use super::stock_pool::stock;
use loom::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

#[test]
fn what_comes_home_beyond_what_is_kept_goes_to_a_waiter_or_out() {
    let sights = ["a third waited", "one beyond what is kept"];
    model("one kept, one more, three callers", 2, &sights, || {
        let pool = stock(1, 2, 0);
        let callers = [(); 2].map(|()| pool.spawn_at(0, |pool| pool.check_in(pool.check_out(ForEver))));
        let got = pool.check_out(ForEver);
        let tally = pool.tally();
        if tally.waiting > 0 {
            seen("a third waited");
        }
        if tally.places > 1 {
            seen("one beyond what is kept");
        }
        pool.check_in(got);
        for caller in callers {
            join(caller);
        }
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn of_returns_that_meet_exactly_the_surplus_goes() {
    model("one kept, three come home", 4, &[], || {
        let pool = stock(1, 3, 1);
        let all = [(); 3].map(|()| pool.check_out(DoesNotWait));
        let [first, second, third] = all;
        let callers = [second, third].map(|got| pool.spawn_at(0, |pool| pool.check_in(got)));
        pool.check_in(first);
        for caller in callers {
            join(caller);
        }
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn a_return_that_meets_one_more_place_is_kept_or_seen_as_surplus() {
    let sights = ["the idle one was found", "one beyond what is kept"];
    model("one comes home while another takes a place", 5, &sights, || {
        let pool = stock(1, 2, 1);
        let mine = pool.check_out(DoesNotWait);
        let caller = pool.spawn_at(0, |pool| {
            let got = pool.check_out(DoesNotWait);
            seen(match got {
                Got::Value(..) => "the idle one was found",
                _ => "one beyond what is kept",
            });
            pool.check_in(got);
        });
        pool.check_in(mine);
        join(caller);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn one_that_does_not_wait_finds_the_value_that_another_is_counting() {
    let sights = ["the one beyond went", "mine went"];
    model("one is counted while its thread wants it again", 5, &sights, || {
        let pool = stock(1, 2, 1);
        let mine = pool.check_out(DoesNotWait);
        let beyond = pool.check_out(DoesNotWait);
        let returner = pool.spawn_at(0, |pool| {
            if pool.check_in(beyond) {
                seen("mine went");
            } else {
                seen("the one beyond went");
            }
        });
        pool.check_in(mine);
        let got = pool.check_out(DoesNotWait);
        assert!(matches!(got, Got::Value(..) | Got::Place(_)), "{got:?}");
        pool.check_in(got);
        join(returner);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

#[test]
fn one_that_does_not_wait_finds_what_came_home_before() {
    let sights = ["it was home", "the leaver had it", "the leaver left"];
    model("one comes home, one leaves, one does not wait", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let got = pool.check_out(DoesNotWait);
        let home = Arc::new(AtomicBool::new(false));
        let is_home = Arc::clone(&home);
        let returner = pool.spawn_at(0, move |pool| {
            pool.check_in(got);
            home.store(true, Ordering::Release);
        });
        let had = Arc::new(AtomicBool::new(false));
        let has = Arc::clone(&had);
        let leaver = pool.spawn_at(0, move |pool| {
            let got = pool.check_out(UntilDeadline);
            let is_value = matches!(got, Got::Value(..));
            seen(if is_value { "the leaver had it" } else { "the leaver left" });
            has.store(is_value, Ordering::Relaxed);
            pool.check_in(got);
        });
        let was_home = is_home.load(Ordering::Acquire);
        let got = pool.check_out(DoesNotWait);
        let found = matches!(got, Got::Value(..));
        if was_home {
            seen("it was home");
        }
        pool.check_in(got);
        join(returner);
        join(leaver);
        assert!(found || !was_home || had.load(Ordering::Relaxed), "it was home, and nobody had it");
        assert_eq!(pool.idle_at_rest(), 1);
    });
}

#[test]
fn the_word_beside_a_slot_tells_what_became_of_its_value() {
    model("one comes home, another takes it and keeps it", 4, &["the other had it"], || {
        let pool = stock(1, 1, 1);
        let mine = pool.check_out(DoesNotWait);
        let returner = pool.spawn_at(0, |pool| {
            pool.check_in(mine);
        });
        let got = pool.check_out(DoesNotWait);
        join(returner);
        let out = matches!(got, Got::Value(..));
        if out {
            seen("the other had it");
        }
        assert_eq!(pool.tally().idle, usize::from(!out));
        pool.check_in(got);
        assert_eq!(pool.idle_at_rest(), 1);
    });
}

#[test]
fn a_flush_meets_a_return_and_one_that_waits() {
    let sights = ["the waiter had what came home", "the waiter had the place of what went"];
    model("all idle ones go while one comes home and another waits", 3, &sights, || {
        let pool = stock(1, 1, 1);
        let got = pool.check_out(DoesNotWait);
        let returner = pool.spawn_at(0, |pool| {
            pool.check_in(got);
        });
        let flusher = pool.spawn_at(0, |pool| pool.drain());
        let got = pool.check_out(ForEver);
        match got {
            Got::Value(..) => seen("the waiter had what came home"),
            _ => seen("the waiter had the place of what went"),
        }
        pool.check_in(got);
        join(returner);
        join(flusher);
        assert!(pool.idle_at_rest() <= 1);
        assert_eq!(pool.store.attention(), 0);
    });
}
