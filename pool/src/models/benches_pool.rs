//! A pool over benches, one a thread.

use super::bounds::join;
use super::model_pool::Patience::DoesNotWait;
use super::model_pool::{Got, ModelPool, Value};
use crate::benches::Benches;
use crate::id::PoolId;
use crate::store::{Seat, Store};
use crate::thread;
use std::sync::Arc;

pub(super) type BenchesPool = ModelPool<Benches<Value>>;

/// Benches that keep so many values, and have none yet.
pub(super) fn benches(kept: usize) -> Arc<BenchesPool> {
    let id = PoolId::next();
    ModelPool::new(id, Benches::new(id, kept))
}

impl BenchesPool {
    /// What a thread does at its end.
    pub(super) fn depart(&self) {
        self.store
            .depart(thread::number())
            .into_iter()
            .for_each(|(seat, value)| self.end_unkept(seat, *value));
    }

    /// Two new threads, one while the other has its bench: an empty bench that was noted twice would be both's.
    pub(super) fn assert_no_bench_is_had_twice(self: &Arc<Self>) {
        let [first, second] = [(); 2].map(|()| join(self.spawn(|pool| pool.check_out(DoesNotWait))));
        assert_ne!(seat(&first), seat(&second));
        self.fail(first);
        self.fail(second);
    }
}

fn seat(got: &Got) -> Seat {
    match got {
        Got::Value(seat, _) | Got::Place(seat) => *seat,
        found => panic!("a new thread has a bench: {found:?}"),
    }
}
