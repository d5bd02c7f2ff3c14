//! What `Static` and `Null` alone promise: one connection for all, and none for anybody.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use cenote::{CloseReason, Null, Static};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// All threads use one connection, never two at the same time.
pub fn static_callers_take_turns<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Static::new()).build());
    let taken = AtomicBool::new(false);
    let turns = || {
        let turn = || {
            let mut conn = pool.get().unwrap();
            assert!(!taken.swap(true, Ordering::SeqCst), "two at the same time");
            let session = backend.session(&mut conn);
            taken.store(false, Ordering::SeqCst);
            session
        };
        (0..100).map(|_| turn()).collect::<BTreeSet<u64>>()
    };
    let sessions = thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(turns));
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<BTreeSet<u64>>()
    });
    assert_eq!((sessions.len(), pool.status().totals.opened), (1, 1));
}

/// Each checkout opens, each return closes.
pub fn null_opens_and_closes_each_time<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Null::new()).build());
    let mut sessions = BTreeSet::new();
    for round in 1..=5 {
        sessions.insert(backend.session(&mut pool.get().unwrap()));
        let status = pool.status();
        assert_eq!((status.open, status.idle, status.kept, status.limit), (0, 0, 0, None));
        assert_eq!(
            (status.totals.opened, status.totals.closed_because(CloseReason::Surplus)),
            (round, round)
        );
    }
    assert_eq!(sessions.len(), 5);
}

/// It costs the driver a connect and a close, and nothing between.
pub fn null_costs_the_driver_a_connect_and_a_close(fake: &Fake) {
    let pool = built(pools::with(fake, Null::new()).build());
    for round in 1..=2 {
        drop(pool.get().unwrap());
        fake.wait_until_closed(round);
    }
    wait_until("both are counted as closed", || pool.status().closing == 0);
    assert_eq!(fake.sequence(), "connect, close, connect, close");
}
