//! Whoever waits goes on when the event comes, not when its deadline does.

use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::meeting::Meeting;
use crate::kit::panics::panics_at;
use crate::kit::pools::{self, built};
use crate::kit::stopwatch::Stopwatch;
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::Promise;
use cenote::{Error, MayHang, Pool, PooledConnection};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The deadline of those who wait here: an event that was missed is not made up for by it.
const FAR: Duration = WATCHDOG.saturating_mul(3);

/// Those who wait for the first connect of a pool go on when it is done.
pub fn those_who_wait_for_the_first_connect_go_on_when_it_is_done<S: Promise>(fake: &Fake) {
    const THREADS: usize = 5;
    let (entered, leave) = (Arc::new(Meeting::of(2)), Arc::new(Meeting::of(2)));
    let (arrive, go) = (Arc::clone(&entered), Arc::clone(&leave));
    let builder = pools::wide::<_, S>(fake, THREADS).timeout(FAR).on_first_connect(move |_, _| {
        arrive.wait();
        go.wait();
        Ok(())
    });
    let pool = built(builder.build());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| drop(pool.get().unwrap()));
        }
        entered.wait();
        wait_until("the others have connected", || fake.count(Call::Connect) == THREADS);
        leave.wait();
        wait_until("all had their connections", || pool.status().totals.checkouts == THREADS as u64);
    });
}

/// A caller hears of its failed connect when it has failed, and as such.
pub fn a_failed_connect_is_told_when_it_has_failed<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).timeout(FAR).build());
    fake.on(Call::Connect).times(1).fails();
    thread::scope(|scope| {
        let caller = scope.spawn(|| pool.get().map(drop));
        wait_until("the caller has its error", || caller.is_finished());
        let error = caller.join().unwrap().unwrap_err();
        assert!(matches!(error, Error::Connect { .. }), "{error}");
    });
}

/// When a caller hears that its connect has failed, its place is free already.
pub fn a_failed_connect_has_freed_its_place_when_it_is_told<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    fake.on(Call::Connect).fails();
    // Were it the other way round, a caller would have to be quick to see it.
    for _ in 0..500 {
        assert!(pool.get().is_err());
        let status = pool.status();
        assert_eq!((status.open, status.connecting), (0, 0));
    }
}

/// A caller that leaves before a worker began with its connect does not connect itself: it might hang.
pub fn a_caller_without_time_never_connects_itself<S: Promise>(fake: &Fake) {
    let pool = built(Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(S::narrow()).build());
    for _ in 0..100 {
        if let Ok(conn) = pool.get_timeout(Duration::ZERO) {
            PooledConnection::invalidate(conn);
        }
    }
    let worker = format!("cenote:{}", pool.name());
    let strangers = fake.threads(Call::Connect).into_iter().filter(|thread| *thread != worker);
    assert_eq!(strangers.collect::<Vec<_>>(), Vec::<String>::new());
}

/// A caller hears of the panic in its connect when it has happened.
pub fn a_panicked_connect_is_told_when_it_has_panicked<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).timeout(FAR).build());
    fake.on(Call::Connect).times(1).panics();
    thread::scope(|scope| {
        let caller = scope.spawn(|| panics_at(Call::Connect, || pool.get().map(drop)));
        wait_until("the caller has its panic", || caller.is_finished());
        caller.join().unwrap();
    });
}

/// Whoever waits for the end of a pool goes on when its last connection is home.
pub fn whoever_waits_for_the_end_goes_on_when_it_comes<S: Promise>(fake: &Fake) {
    // Nobody can see that the other one waits already: it may come too late for the event, but not each time.
    for _ in 0..10 {
        let pool = built(pools::narrow::<_, S>(fake).build());
        let last = pool.get().unwrap();
        thread::scope(|scope| {
            let waiter = scope.spawn(|| pool.close_and_wait(FAR));
            wait_until("the pool is closed", || pool.is_closed());
            thread::yield_now();
            drop(last);
            wait_until("the wait is over", || waiter.is_finished());
            waiter.join().unwrap().unwrap();
        });
    }
}

/// A worker that rests begins the next job when it comes, not when its rest is over.
pub fn a_worker_that_rests_begins_when_there_is_work<S: Promise>(fake: &Fake) {
    const JOBS: u32 = 8;
    let pool = built(pools::narrow::<_, S>(fake).build());
    let worked = Stopwatch::start();
    for _ in 0..JOBS {
        PooledConnection::invalidate(pool.get().unwrap());
        wait_until("it is closed", || pool.status().closing == 0);
    }
    // A worker rests for a second: those that sleep through it need more than a second for each job.
    assert!(worked.elapsed() < Duration::from_secs(1) * JOBS / 2, "{:?}", worked.elapsed());
}
