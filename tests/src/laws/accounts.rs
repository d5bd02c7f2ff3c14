//! What a pool counts when its connections are gone.

use crate::backend::Backend;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::{CloseReason, Manager, Pool, Queue, Strategy};

/// Checkouts are counted of connections that are gone, however many were open at a time.
pub fn checkouts_of_many_that_are_gone_are_counted<B: Backend, S: Promise>(backend: &B) {
    count_many(&built(pools::wide::<B, S>(backend, 20).build()));
}

/// Likewise where most of them were surplus.
pub fn checkouts_of_many_surplus_connections_are_counted<B: Backend>(backend: &B) {
    count_many(&built(pools::with(backend, Queue::new().size(1).unlimited_overflow()).build()));
}

/// What comes home to a closed pool is closed for that reason.
pub fn what_comes_home_to_a_closed_pool_is_closed_because_of_that<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let conn = pool.get().unwrap();
    pool.close();
    drop(conn);
    wait_until("it is closed", || pool.status().totals.closed() == 1);
    assert_eq!(pool.status().totals.closed_because(CloseReason::PoolClosed), 1);
}

fn count_many<M: Manager, S: Strategy>(pool: &Pool<M, S>) {
    for rounds in 1..=3 {
        drop([(); 20].map(|()| pool.get().unwrap()));
        pool.dispose();
        assert_eq!(pool.status().totals.checkouts, 20 * rounds);
    }
}
