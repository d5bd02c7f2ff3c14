//! Models of the claim: of callers that meet one has it, and when all are home nobody has it.

use super::bounds::{join, model, seen};
use super::model_pool::Patience::{DoesNotWait, ForEver, UntilDeadline};
use super::model_pool::{Got, ModelPool, Value};
use crate::id::PoolId;
use crate::store::{By, Expected, Seat, Store, Ticket};
use crate::strategy::{Assertion, Shares};
use crate::waiter::Waiter;
use std::sync::Arc;

type AssertionPool = ModelPool<<Assertion as Shares>::Store<Value>>;

fn empty() -> Arc<AssertionPool> {
    let id = PoolId::next();
    ModelPool::new(id, Assertion::new().store(id))
}

/// With the value idle.
fn full() -> Arc<AssertionPool> {
    let pool = empty();
    pool.check_in(pool.check_out(DoesNotWait));
    pool
}

impl AssertionPool {
    /// When all are home, the next one has it.
    fn assert_free(&self) {
        let got = self.check_out(DoesNotWait);
        assert!(matches!(got, Got::Value(..) | Got::Place(_)), "{got:?}");
        self.fail(got);
        assert_eq!(self.idle_at_rest(), 0);
    }

    /// Uses what it got; meanwhile, nobody else can have it, and nobody is made to wait.
    fn assert_alone_with(&self, got: Got) {
        if matches!(got, Got::Value(..) | Got::Place(_)) {
            assert!(matches!(self.check_out(ForEver), Got::Refused), "two at a time");
        }
        self.check_in(got);
    }
}

#[test]
fn of_two_that_meet_exactly_one_has_it() {
    model("two callers, one value", 6, &["the first had it", "the second had it"], || {
        let pool = full();
        let second = pool.spawn(|pool| pool.check_out(ForEver));
        let first = pool.check_out(ForEver);
        let second = join(second);
        seen(match (&first, &second) {
            (Got::Value(..), Got::Refused) => "the first had it",
            (Got::Refused, Got::Value(..)) => "the second had it",
            both => panic!("{both:?}"),
        });
        pool.check_in(first);
        pool.check_in(second);
        pool.assert_free();
    });
}

#[test]
fn of_three_that_meet_exactly_one_has_it() {
    model("three callers, one value", 3, &[], || {
        let pool = full();
        let others = [(); 2].map(|()| pool.spawn(|pool| pool.check_out(ForEver)));
        let mine = pool.check_out(ForEver);
        let [second, third] = others.map(join);
        let all = [mine, second, third];
        assert_eq!(all.iter().filter(|got| matches!(got, Got::Value(..))).count(), 1, "{all:?}");
        for got in all {
            pool.check_in(got);
        }
        pool.assert_free();
    });
}

#[test]
fn one_that_comes_home_gives_the_claim_to_the_next() {
    model("one comes home while another asks", 4, &["it was refused", "it was next"], || {
        let pool = full();
        let mine = pool.check_out(DoesNotWait);
        let next = pool.spawn_at(0, |pool| {
            let got = pool.check_out(ForEver);
            seen(if matches!(got, Got::Refused) { "it was refused" } else { "it was next" });
            pool.assert_alone_with(got);
        });
        pool.check_in(mine);
        join(next);
        pool.assert_free();
    });
}

/// A place whose value a worker makes, for one that may leave.
struct Scene {
    pool: Arc<AssertionPool>,
    seat: Seat,
    sponsor: Arc<Waiter<Value>>,
    ticket: Ticket,
}

fn scene() -> Scene {
    let pool = empty();
    let Got::Place(seat) = pool.check_out(DoesNotWait) else { panic!("the place is free") };
    let sponsor = Arc::new(Waiter::new());
    let Expected::Waiting(ticket) = pool.store.expect(&sponsor, true) else { panic!("nothing is idle") };
    Scene { pool, seat, sponsor, ticket }
}

#[test]
fn a_worker_that_fails_after_its_sponsor_left_takes_nobodys_claim() {
    let sights = ["it was refused", "a caller waited", "it had the place"];
    model("a worker fails, its sponsor leaves, another comes", 3, &sights, || {
        let Scene { pool, seat, sponsor, ticket } = scene();
        let worker = pool.spawn(move |pool| pool.store.vacate(seat, By::Pool, None));
        let next = pool.spawn(|pool| {
            let got = pool.check_out(ForEver);
            seen(if matches!(got, Got::Refused) { "it was refused" } else { "it had the place" });
            pool.assert_alone_with(got);
        });
        assert!(matches!(pool.wait(&sponsor, ticket, UntilDeadline), Got::TooLate));
        join(worker);
        join(next);
        pool.assert_free();
    });
}

#[test]
fn a_worker_that_arrives_after_its_sponsor_left_takes_nobodys_claim() {
    let sights = ["it was refused", "a caller waited", "it was next"];
    model("a worker arrives, its sponsor leaves, another comes", 3, &sights, || {
        let Scene { pool, seat, sponsor, ticket } = scene();
        let brought = Arc::clone(&sponsor);
        let worker = pool.spawn(move |pool| pool.arrive(seat, &brought, ticket));
        let next = pool.spawn(|pool| {
            let got = pool.check_out(ForEver);
            seen(if matches!(got, Got::Refused) { "it was refused" } else { "it was next" });
            pool.assert_alone_with(got);
        });
        pool.check_in(pool.wait(&sponsor, ticket, UntilDeadline));
        join(worker);
        join(next);
        pool.assert_free();
    });
}

#[test]
fn a_close_leaves_nobody_with_the_claim() {
    model("a close meets a caller", 4, &["it was lent", "it was closed"], || {
        let pool = full();
        let closer = pool.spawn(|pool| pool.close());
        let got = pool.check_out(ForEver);
        seen(if matches!(got, Got::Closed) { "it was closed" } else { "it was lent" });
        pool.check_in(got);
        join(closer);
        assert!(matches!(pool.check_out(ForEver), Got::Closed));
        assert_eq!(pool.idle_at_rest(), 0);
    });
}
