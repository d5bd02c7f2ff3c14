//! Pools for async code, each loop blocked on as a whole: what is measured is the pool, not the way into its runtime.

use crate::contender::{Contender, User};
use std::future::ready;
use std::ops::DerefMut;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// A pool whose get is awaited.
pub(crate) trait LendsLater<C>: Send + Sync {
    type Lent<'p>: DerefMut<Target = C>
    where
        Self: 'p;

    fn lend(&self) -> impl Future<Output = Self::Lent<'_>>;

    /// Whether a get that is given this time is served; none of a pool that cannot be told.
    fn lends_within(&self, _: Duration) -> impl Future<Output = Option<bool>> {
        ready(None)
    }
}

/// Such a pool, used by threads that block.
pub(crate) struct Awaited<P>(pub(crate) P);

/// One worker, for timers and for what a pool spawns; users run in their own threads.
pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(1).enable_time().build().expect("a thread can be spawned")
});

impl<C, P: LendsLater<C>> Contender<C> for Awaited<P> {
    fn cycle(&self, times: u64) {
        RUNTIME.block_on(async {
            for _ in 0..times {
                drop(self.0.lend().await);
            }
        });
    }

    fn serve(&self, user: &mut dyn User<C>) {
        RUNTIME.block_on(async {
            while user.wants_one() {
                let mut lent = self.0.lend().await;
                user.has(&mut lent);
                drop(lent);
                user.gave_back();
            }
        });
    }
    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut()) {
        RUNTIME.block_on(async {
            let mut held = Vec::with_capacity(count);
            for _ in 0..count {
                held.push(self.0.lend().await);
            }
            meanwhile();
        });
    }

    fn time_outs(&self, timeout: Duration, times: usize) -> Option<Vec<Duration>> {
        RUNTIME.block_on(async {
            let mut time_outs = Vec::with_capacity(times);
            for _ in 0..times {
                let start = Instant::now();
                let served = self.0.lends_within(timeout).await?;
                time_outs.push(start.elapsed());
                assert!(!served, "nothing was free");
            }
            Some(time_outs)
        })
    }
}
