//! Models of the stock: loom runs every interleaving of a few threads, within printed bounds.
//!
//! Time does not pass in a model: a deadline is a step (`give_up`) that may happen anywhere. loom reports a thread
//! that sleeps for ever as a deadlock, so that a lost wake-up fails every model in which somebody waits.

use crate::id::PoolId;
use crate::order::Affine;
use crate::stock::Stock;
use crate::store::{By, Entered, Expected, Seat, Store};
use crate::time::Deadline;
use crate::waiter::{Grant, Waiter};
use loom::sync::Arc;
use loom::thread;
use std::panic::Location;
use std::sync::Arc as StdArc;
use std::time::Duration;

type Values = Stock<u32, Affine>;

/// How often a model may take the processor away from a thread that could go on.
const PREEMPTIONS: usize = 3;

fn model(name: &str, run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(PREEMPTIONS);
    builder.check(run);
    #[expect(clippy::print_stdout, reason = "the bounds of a model belong to its result")]
    {
        println!("{name}: every interleaving with up to {PREEMPTIONS} preemptions");
    }
}

/// A stock that keeps so many of at most so many values, with this many idle in it.
fn stock(kept: usize, limit: usize, idle: u32) -> Arc<Values> {
    let pool = PoolId::next();
    // loom's threads share one memory of seats: all of them try the first slot first.
    crate::thread::remember_seat(pool, 0);
    let stock = Values::new(pool, kept, Some(limit));
    // All slots are made here, before there are threads: loom does not see the cell that makes them.
    let seats: Vec<_> = (0..kept)
        .map(|_| match stock.enter(Location::caller(), None) {
            Entered::Vacant(seat, None) => seat,
            found => panic!("a place was expected: {found:?}"),
        })
        .collect();
    for (seat, number) in seats.into_iter().zip(0..) {
        if number < idle {
            assert_eq!(stock.put(seat, Box::new(number)), None);
        } else {
            stock.vacate(seat, By::Holder, None);
        }
    }
    Arc::new(stock)
}

enum Got {
    Value(Seat, Box<u32>),
    Place(Seat),
    Nothing,
}

/// A checkout as the pool does it, which waits without end.
fn check_out(stock: &Values) -> Got {
    if let Some((seat, value)) = stock.take(Location::caller()) {
        return Got::Value(seat, value);
    }
    let waiter = StdArc::new(Waiter::new());
    match stock.enter(Location::caller(), Some(&waiter)) {
        Entered::Idle(seat, value) => Got::Value(seat, value),
        Entered::Vacant(seat, _) => Got::Place(seat),
        Entered::Waiting(_) => match waiter.wait(Deadline::after(Duration::MAX)) {
            Some(Grant::Value(seat, value)) => Got::Value(seat, value),
            Some(Grant::Place(seat)) => Got::Place(seat),
            Some(Grant::Word) | None => Got::Nothing,
        },
        Entered::Shut => Got::Nothing,
        found => panic!("one that waits finds something: {found:?}"),
    }
}

/// A checkout whose deadline passes as soon as it has to wait.
fn check_out_or_leave(stock: &Values) -> Got {
    let waiter = StdArc::new(Waiter::new());
    match stock.enter(Location::caller(), Some(&waiter)) {
        Entered::Idle(seat, value) => Got::Value(seat, value),
        Entered::Vacant(seat, _) => Got::Place(seat),
        Entered::Waiting(ticket) => match waiter.give_up() {
            Some(Grant::Value(seat, value)) => Got::Value(seat, value),
            Some(Grant::Place(seat)) => Got::Place(seat),
            Some(Grant::Word) | None => {
                stock.leave(ticket);
                Got::Nothing
            }
        },
        _ => Got::Nothing,
    }
}

/// Uses what it got, and returns it. A place is filled with the value 9.
fn check_in(stock: &Values, got: Got) {
    let unkept = match got {
        Got::Value(seat, value) => stock.put(seat, value).map(|value| (seat, value)),
        Got::Place(seat) => stock.put(seat, Box::new(9)).map(|value| (seat, value)),
        Got::Nothing => None,
    };
    if let Some((seat, _)) = unkept {
        stock.vacate(seat, By::Holder, None);
    }
}

/// Closes what it got instead.
fn break_it(stock: &Values, got: Got) {
    match got {
        Got::Value(seat, _) | Got::Place(seat) => stock.vacate(seat, By::Holder, None),
        Got::Nothing => {}
    }
}

/// Afterwards nothing is lost: no place too many or too few, every value idle, attention at rest.
fn assert_at_rest(stock: &Values, places: usize, idle: usize) {
    let tally = stock.tally();
    assert_eq!((tally.places, tally.idle, tally.waiting), (places, idle, 0));
    assert_eq!(stock.attention(), 0, "somebody left without lowering it");
}

#[test]
fn one_value_is_had_by_one_at_a_time_and_no_waiter_sleeps_for_ever() {
    model("three threads, one value", || {
        let stock = stock(1, 1, 1);
        let owners = Arc::new(loom::sync::atomic::AtomicUsize::new(0));
        let threads: Vec<_> = (0..2).map(|_| (stock.clone(), owners.clone())).collect();
        let work = |stock: &Values, owners: &loom::sync::atomic::AtomicUsize| {
            let got = check_out(stock);
            assert_eq!(owners.fetch_add(1, loom::sync::atomic::Ordering::AcqRel), 0, "two owners");
            owners.fetch_sub(1, loom::sync::atomic::Ordering::AcqRel);
            check_in(stock, got);
        };
        let threads: Vec<_> =
            threads.into_iter().map(|(stock, owners)| thread::spawn(move || work(&stock, &owners))).collect();
        work(&stock, &owners);
        threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
        assert_at_rest(&stock, 1, 1);
    });
}

#[test]
fn a_place_that_is_given_up_goes_to_the_one_that_waits() {
    model("one breaks the only value, another waits", || {
        let stock = stock(1, 1, 1);
        let other = stock.clone();
        let breaker = thread::spawn(move || break_it(&other, check_out(&other)));
        let got = check_out(&stock);
        check_in(&stock, got);
        breaker.join().expect("no panic");
        let tally = stock.tally();
        assert!(tally.places <= 1 && tally.places == tally.idle && tally.waiting == 0);
        assert_eq!(stock.attention(), 0);
    });
}

#[test]
fn one_that_leaves_loses_neither_value_nor_wake_up() {
    model("one leaves at its deadline, two others want the value", || {
        let stock = stock(1, 1, 1);
        let (leaving, waiting) = (stock.clone(), stock.clone());
        let leaver = thread::spawn(move || check_in(&leaving, check_out_or_leave(&leaving)));
        let waiter = thread::spawn(move || check_in(&waiting, check_out(&waiting)));
        check_in(&stock, check_out(&stock));
        leaver.join().expect("no panic");
        waiter.join().expect("no panic");
        assert_at_rest(&stock, 1, 1);
    });
}

#[test]
fn one_that_leaves_passes_a_place_on() {
    model("a value breaks while one leaves and another waits", || {
        let stock = stock(1, 1, 1);
        let (breaking, leaving) = (stock.clone(), stock.clone());
        let breaker = thread::spawn(move || break_it(&breaking, check_out(&breaking)));
        let leaver = thread::spawn(move || break_it(&leaving, check_out_or_leave(&leaving)));
        check_in(&stock, check_out(&stock));
        breaker.join().expect("no panic");
        leaver.join().expect("no panic");
        let tally = stock.tally();
        assert!(tally.places <= 1 && tally.places == tally.idle && tally.waiting == 0);
        assert_eq!(stock.attention(), 0);
    });
}

#[test]
fn what_comes_home_beyond_what_is_kept_goes_to_a_waiter_or_out() {
    model("one kept, one surplus, three threads", || {
        let stock = stock(1, 2, 0);
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let stock = stock.clone();
                thread::spawn(move || check_in(&stock, check_out(&stock)))
            })
            .collect();
        check_in(&stock, check_out(&stock));
        threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
        assert_at_rest(&stock, 1, 1);
    });
}

#[test]
fn a_stock_that_is_shut_wakes_everybody_and_gives_every_value_back_once() {
    model("a shut meets a return and a waiter", || {
        let stock = stock(1, 1, 1);
        let ended = Arc::new(loom::sync::atomic::AtomicUsize::new(0));
        let end = |stock: &Values, ended: &loom::sync::atomic::AtomicUsize, seat: Seat| {
            ended.fetch_add(1, loom::sync::atomic::Ordering::Relaxed);
            stock.vacate(seat, By::Holder, None);
        };
        let visit = move |stock: &Values, ended: &loom::sync::atomic::AtomicUsize| {
            if let Got::Value(seat, value) = check_out(stock)
                && stock.put(seat, value).is_some()
            {
                end(stock, ended, seat);
            }
        };
        let (theirs, count) = (stock.clone(), ended.clone());
        let visitor = thread::spawn(move || visit(&theirs, &count));
        let (theirs, count) = (stock.clone(), ended.clone());
        let closer = thread::spawn(move || {
            for (seat, _) in theirs.shut() {
                end(&theirs, &count, seat);
            }
        });
        visit(&stock, &ended);
        visitor.join().expect("no panic");
        closer.join().expect("no panic");
        assert_eq!(ended.load(loom::sync::atomic::Ordering::Relaxed), 1);
        assert_eq!(stock.tally().places, 0);
    });
}

#[test]
fn one_that_waits_for_its_connect_has_it_or_what_comes_home_first() {
    model("a worker arrives, another connection comes home, a third caller waits", || {
        let stock = stock(1, 2, 1);
        let Got::Value(seat, value) = check_out(&stock) else { panic!("one is idle") };
        let Entered::Vacant(reserved, None) = stock.enter(Location::caller(), None) else {
            panic!("one more is allowed")
        };
        let sponsor = StdArc::new(Waiter::new());
        let Expected::Waiting(ticket) = stock.expect(&sponsor, true) else { panic!("nothing is idle") };
        let (theirs, brought) = (stock.clone(), StdArc::clone(&sponsor));
        let worker = thread::spawn(move || {
            if theirs.arrive(reserved, Box::new(9), &brought, ticket).is_some() {
                theirs.vacate(reserved, By::Pool, None);
            }
        });
        let theirs = stock.clone();
        let other = thread::spawn(move || {
            check_in(&theirs, Got::Value(seat, value));
            check_in(&theirs, check_out(&theirs));
        });
        match sponsor.wait(Deadline::after(Duration::MAX)) {
            Some(Grant::Value(seat, value)) => check_in(&stock, Got::Value(seat, value)),
            found => panic!("a value was expected: {found:?}"),
        }
        worker.join().expect("no panic");
        other.join().expect("no panic");
        let tally = stock.tally();
        assert!(
            tally.places == tally.idle && (1..=2).contains(&tally.places) && tally.waiting == 0,
            "{tally:?}"
        );
    });
}
