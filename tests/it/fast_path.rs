//! What a healthy checkout and return do not do: allocate, and read a clock that no setting needs.

use allocation_counter::measure;
use cenote::testing::ManualClock;
use cenote::{
    Assertion, Builder, Keeps, OwnedConnection, Pool, PooledConnection, PrePing, Queue, SingletonThread,
    Static, Strategy,
};
use cenote_conformance::kit::nothing::Nothing;
use std::thread;
use std::time::Duration;

const CYCLES: u64 = 1_000;

/// Calls a generic function once for each strategy that keeps connections.
macro_rules! for_each_strategy_that_keeps {
    ($check:ident) => {
        $check("queue", Queue::new());
        $check("queue, lifo", Queue::new().lifo());
        $check("queue, fifo", Queue::new().fifo());
        $check("singleton-thread", SingletonThread::new());
        $check("static", Static::new());
        $check("assertion", Assertion::new());
    };
}

#[test]
fn a_lean_cycle_allocates_nothing() {
    fn check<S: Keeps>(name: &str, strategy: S) {
        allocates_nothing(name, &lean(strategy).build().unwrap());
    }
    for_each_strategy_that_keeps!(check);
}

#[test]
fn a_cycle_with_all_defaults_allocates_nothing() {
    fn check<S: Keeps>(name: &str, strategy: S) {
        allocates_nothing(name, &Pool::builder(Nothing).strategy(strategy).build().unwrap());
    }
    for_each_strategy_that_keeps!(check);
}

#[test]
fn a_pool_that_has_waited_once_allocates_nothing_afterwards() {
    fn check<S: Strategy>(name: &str, strategy: S) {
        let pool = Pool::builder(Nothing).strategy(strategy).build().unwrap();
        let only = pool.get().unwrap();
        thread::scope(|scope| {
            let waiter = scope.spawn(|| drop(pool.get().unwrap()));
            while pool.status().waiting == 0 {
                thread::yield_now();
            }
            drop(only);
            waiter.join().unwrap();
        });
        assert!(pool.get_timeout(Duration::ZERO).is_ok());
        allocates_nothing(name, &pool);
    }
    check("queue", Queue::new().size(1).max_overflow(0));
    check("queue, lifo", Queue::new().size(1).max_overflow(0).lifo());
    check("static", Static::new());
}

#[test]
fn a_pool_that_had_overflow_once_allocates_nothing_afterwards() {
    let pool = Pool::builder(Nothing).strategy(Queue::new().size(2).max_overflow(3)).build().unwrap();
    drop([(); 5].map(|()| pool.get().unwrap()));
    allocates_nothing("queue", &pool);
}

/// The counter counts: else the laws above would hold for anything.
#[test]
fn an_allocation_would_be_seen() {
    assert_eq!(measure(|| drop(Box::new(1))).count_total, 1);
    let null = Pool::builder(Nothing).strategy(cenote::Null::new()).build().unwrap();
    assert!(measure(|| drop(null.get().unwrap())).count_total > 0);
}

/// A handle is four words whatever the driver's connection is, and a strategy adds nothing to it.
#[test]
fn a_handle_is_small() {
    const WORDS: usize = 4 * size_of::<usize>();
    assert_eq!(size_of::<PooledConnection<'_, Nothing>>(), WORDS);
    assert_eq!(size_of::<OwnedConnection<Nothing>>(), WORDS);
    assert_eq!(size_of::<PooledConnection<'_, Nothing, SingletonThread>>(), WORDS);
    assert_eq!(size_of::<PooledConnection<'_, Nothing, cenote::Null>>(), WORDS);
    assert_eq!(size_of::<PooledConnection<'_, Nothing, Assertion>>(), WORDS);
}

#[test]
fn a_lean_cycle_reads_no_clock() {
    fn check<S: Keeps>(name: &str, strategy: S) {
        assert_eq!(reads(lean(strategy)), 0, "{name}");
    }
    for_each_strategy_that_keeps!(check);
}

#[test]
fn a_cycle_with_all_defaults_reads_the_clock_at_checkout_and_at_return() {
    fn check<S: Keeps>(name: &str, strategy: S) {
        assert_eq!(reads(Pool::builder(Nothing).strategy(strategy)), 2 * CYCLES, "{name}");
    }
    for_each_strategy_that_keeps!(check);
}

#[test]
fn each_setting_reads_the_clock_as_often_as_it_needs() {
    fn check<S: Keeps>(name: &str, strategy: S) {
        let lean = || lean(strategy.clone());
        assert_eq!(reads(lean().holders(true)), CYCLES, "{name}: holders, at checkout");
        assert_eq!(reads(lean().recycle(Duration::from_secs(60))), CYCLES, "{name}: recycle, at checkout");
        let window = PrePing::IfIdleFor(Duration::from_secs(60));
        assert_eq!(reads(lean().pre_ping(window)), 2 * CYCLES, "{name}: pre_ping, at both");
    }
    for_each_strategy_that_keeps!(check);
}

fn lean<S: Keeps>(strategy: S) -> Builder<Nothing, S> {
    Pool::builder(Nothing).strategy(strategy).recycle(None).pre_ping(PrePing::Never).holders(false)
}

fn allocates_nothing<S: Strategy>(name: &str, pool: &Pool<Nothing, S>) {
    drop(pool.get().unwrap());
    drop(pool.get_owned().unwrap());
    let borrowed = measure(|| (0..CYCLES).for_each(|_| drop(pool.get().unwrap())));
    assert_eq!(borrowed.count_total, 0, "{name}, get");
    let tried = measure(|| (0..CYCLES).for_each(|_| drop(pool.try_get().unwrap())));
    assert_eq!(tried.count_total, 0, "{name}, try_get");
    let owned = measure(|| (0..CYCLES).for_each(|_| drop(pool.get_owned().unwrap())));
    assert_eq!(owned.count_total, 0, "{name}, get_owned");
}

/// How often so many cycles read the clock, the first checkout aside.
fn reads<S: Strategy>(builder: Builder<Nothing, S>) -> u64 {
    let clock = ManualClock::new();
    let pool = builder.clock(&clock).build().unwrap();
    drop(pool.get().unwrap());
    let before = clock.reads();
    (0..CYCLES).for_each(|_| drop(pool.get().unwrap()));
    clock.reads() - before
}
