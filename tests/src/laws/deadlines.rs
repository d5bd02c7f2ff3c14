//! A checkout is over by its deadline, and not before.

use crate::backend::Backend;
use crate::kit::pools::{self, built};
use crate::kit::punctual::{DEADLINE, punctually};
use crate::promise::Promise;
use cenote::Pool;
use std::thread;
use std::time::Duration;

/// Waiting ends not before the deadline, and soon after it.
pub fn a_timeout_comes_not_before_its_time_and_soon_after<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let _only = pool.get().unwrap();
    let result = punctually("waiting", DEADLINE, || pool.get_timeout(DEADLINE));
    assert!(result.is_err_and(|error| error.is_timeout()));
    assert_eq!((pool.status().totals.timeouts, pool.status().waiting), (1, 0));
}

/// A `get` without a deadline of its own has the pool's.
pub fn the_pools_timeout_is_the_default<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).timeout(DEADLINE).build());
    assert_eq!(pool.timeout(), DEADLINE);
    let _only = pool.get().unwrap();
    assert!(punctually("get", DEADLINE, || pool.get()).is_err_and(|error| error.is_timeout()));
    assert!(punctually("get_owned", DEADLINE, || pool.get_owned()).is_err_and(|error| error.is_timeout()));
}

/// With no time at all, what is idle is still lent, and what is not there is refused at once.
pub fn a_deadline_of_zero_works<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    drop(pool.get().unwrap());
    let only = pool.get_timeout(Duration::ZERO).unwrap();
    let refused = punctually("no time", Duration::ZERO, || pool.get_timeout(Duration::ZERO));
    assert!(refused.is_err_and(|error| error.is_timeout()));
    drop(only);
    assert!(pool.get_timeout(Duration::ZERO).is_ok());
}

/// Idle connections are lent without any time, on every strategy that keeps them.
pub fn an_idle_connection_needs_no_time<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    drop(pool.get().unwrap());
    assert!(pool.get_timeout(Duration::ZERO).is_ok());
}

/// The longest of all deadlines does not overflow, whether it waits or not.
pub fn a_deadline_without_end_works<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).timeout(Duration::MAX).build());
    let only = pool.get().unwrap();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| pool.get_timeout(Duration::MAX).is_ok());
        super::waiting::until_waiting(&pool, 1);
        drop(only);
        assert!(waiter.join().unwrap());
    });
}

/// The longest of all timeouts can be given to any pool.
pub fn a_timeout_without_end_opens_connections<B: Backend, S: Promise>(backend: &B) {
    let pool: Pool<_, S> = built(pools::narrow::<B, S>(backend).timeout(Duration::MAX).build());
    assert!(pool.get().is_ok());
    assert!(pool.get_timeout(Duration::MAX).is_ok());
}
