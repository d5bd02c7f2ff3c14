//! The end of a pool: waiters are sent away, what is idle goes at once, what is out when it comes home.

use super::waiting::until_waiting;
use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::kit::punctual::{DEADLINE, punctually};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::Promise;
use cenote::{CloseReason, Error, Event, Pool, Queue};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A closed pool gives nothing, by any way of asking, and says why.
pub fn a_closed_pool_gives_nothing<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    drop(pool.get().unwrap());
    assert!(!pool.is_closed());
    pool.clone().close();
    pool.close();
    assert!(pool.is_closed());
    assert!(matches!(pool.get(), Err(Error::Closed)));
    assert!(matches!(pool.get_timeout(Duration::ZERO), Err(Error::Closed)));
    assert!(matches!(pool.try_get(), Err(Error::Closed)));
    assert!(matches!(pool.get_owned(), Err(Error::Closed)));
    assert_eq!(pool.status().open, 0);
}

/// Nor does it ask the driver for anything.
pub fn a_closed_pool_asks_the_driver_nothing<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    pool.close();
    assert!(pool.get().is_err() && pool.try_get().is_err() && pool.get_owned().is_err());
    assert_eq!((fake.sequence().as_str(), pool.status().totals.opened), ("", 0));
}

/// Whoever waits is told at once.
pub fn closing_sends_waiters_away_at_once<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let only = pool.get().unwrap();
    thread::scope(|scope| {
        let waiters = [(); 3].map(|()| scope.spawn(|| matches!(pool.get(), Err(Error::Closed))));
        until_waiting(&pool, 3);
        pool.close();
        assert_eq!(waiters.map(|waiter| waiter.join().unwrap()), [true; 3]);
    });
    drop(only);
    assert_eq!((pool.status().waiting, pool.status().open), (0, 0));
}

/// What is idle is closed at once.
pub fn closing_closes_what_is_idle<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    drop(pool.get().unwrap());
    pool.close();
    let status = pool.status();
    assert_eq!((status.open, status.idle, status.totals.closed_because(CloseReason::PoolClosed)), (0, 0, 1));
    wait_until("its close is over", || pool.status().closing == 0);
}

/// What is out can be used on, and is closed at its return.
pub fn closing_closes_what_is_out_at_its_return<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    pool.close();
    assert_eq!(backend.session(&mut conn), session);
    assert_eq!((pool.status().in_use, pool.status().totals.closed()), (1, 0));
    drop(conn);
    assert_eq!((pool.status().in_use, pool.status().open, pool.status().totals.closed()), (0, 0, 1));
}

/// `close_and_wait` returns when the last connection is home and closed.
pub fn close_and_wait_waits_for_the_last<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    let conn = pool.get().unwrap();
    thread::scope(|scope| {
        let closer = scope.spawn(|| {
            pool.close_and_wait(WATCHDOG).unwrap();
            let status = pool.status();
            assert_eq!((status.in_use, status.open, status.closing), (0, 0, 0));
        });
        wait_until("the pool is closed", || pool.is_closed());
        assert!(!closer.is_finished());
        drop(conn);
        closer.join().unwrap();
    });
}

/// With nothing out it returns at once, also the second time.
pub fn close_and_wait_with_nothing_out_returns_at_once<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    drop(pool.get().unwrap());
    pool.close_and_wait(WATCHDOG).unwrap();
    pool.close_and_wait(Duration::ZERO).unwrap();
}

/// If somebody does not give back in time, it says who.
pub fn close_and_wait_names_who_is_still_out<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let (conn, line) = (pool.get().unwrap(), line!());
    let still_out = punctually("closing", DEADLINE, || pool.close_and_wait(DEADLINE)).unwrap_err();
    let [holder] = still_out.holders() else { panic!("one holder: {still_out}") };
    assert_eq!((holder.call_site().file(), holder.call_site().line()), (file!(), line));
    assert_eq!(still_out.status().in_use, 1);
    assert!(still_out.to_string().contains(&format!("close.rs:{line}")), "{still_out}");
    drop(conn);
    pool.close_and_wait(WATCHDOG).unwrap();
}

/// The pool closes with its last clone, and not before.
pub fn dropping_the_last_clone_closes<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    drop(pool.get().unwrap());
    let clone = pool.clone();
    drop(pool);
    assert_eq!((clone.is_closed(), fake.count(Call::Close)), (false, 0));
    drop(clone);
    fake.wait_until_closed(1);
}

/// An owned handle works on when its pool is gone, and is closed quietly when it is dropped.
pub fn an_owned_handle_outlives_its_pool<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get_owned().unwrap();
    let session = backend.session(&mut conn);
    drop(pool);
    assert_eq!(backend.session(&mut conn), session);
    drop(conn);
}

/// When its last clone and its last handle are gone, nothing of a pool is left, whichever of them went last.
pub fn nothing_of_a_pool_is_left_when_all_have_let_go<B: Backend, S: Promise>(backend: &B) {
    for handle_is_last in [false, true] {
        let told = Arc::new(());
        let observer = Arc::clone(&told);
        let observer = move |_: &Event| drop(Arc::clone(&observer));
        let pool = built(pools::narrow::<B, S>(backend).observer(observer).build());
        drop(pool.get_owned().unwrap());
        let again = pool.get_owned().unwrap();
        if handle_is_last {
            drop(pool);
            drop(again);
        } else {
            drop(again);
            drop(pool);
        }
        wait_until("nothing of the pool is left", || Arc::strong_count(&told) == 1);
    }
}

/// The driver sees one close of it, and no rollback.
pub fn an_orphaned_handle_costs_the_driver_one_close<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let conn = pool.get_owned().unwrap();
    drop(pool);
    assert_eq!(fake.closed(), 0);
    fake.forget();
    drop(conn);
    fake.wait_until_closed(1);
    assert_eq!(fake.sequence(), "close");
}

/// An orphaned handle whose owner panics is closed as quietly.
pub fn an_orphaned_handle_may_be_dropped_by_a_panic<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let conn = pool.get_owned().unwrap();
    drop(pool);
    crate::kit::panics::unwinds(conn);
    fake.wait_until_closed(1);
    assert_eq!(fake.count(Call::Close), 1);
}

/// A connect that is under way when the pool closes gives a connection to nobody, and it is closed.
pub fn a_connect_under_way_is_closed<S: Promise>(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = built(pools::narrow::<_, S>(fake).build());
    thread::scope(|scope| {
        let caller = scope.spawn(|| matches!(pool.get(), Err(Error::Closed)));
        gate.wait_for_arrivals(1);
        pool.close();
        gate.release();
        assert!(caller.join().unwrap());
    });
    fake.wait_until_closed(1);
    wait_until("its place is free", || {
        let status = pool.status();
        status.open + status.connecting == 0
    });
    assert_eq!((fake.count(Call::Connect), fake.count(Call::Close)), (1, 1));
}

/// Closing twice, from many threads, while others get and return: each connection is closed once.
pub fn closing_in_the_middle_of_everything_loses_nothing<B: Backend, S: Promise>(backend: &B) {
    for _ in 0..20 {
        let pool = built(pools::wide::<B, S>(backend, 2).build());
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        match pool.get() {
                            Ok(mut conn) => drop(backend.session(&mut conn)),
                            Err(Error::Closed) => break,
                            Err(Error::AlreadyCheckedOut { .. }) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                });
            }
            wait_until("they are at it", || pool.status().totals.checkouts > 20);
            scope.spawn(|| pool.close());
            pool.close_and_wait(WATCHDOG).unwrap();
        });
        let status = pool.status();
        assert_eq!((status.open, status.totals.closed()), (0, status.totals.opened));
    }
}

/// Many pools come and go: each closes what it opened.
pub fn a_pool_leaves_nothing_behind(fake: &Fake) {
    for _ in 0..50 {
        let pool: Pool<_, Queue> = built(pools::with(fake, Queue::new().size(2).max_overflow(2)).build());
        drop([(); 4].map(|()| pool.get().unwrap()));
    }
    fake.wait_until_closed(200);
    assert_eq!((fake.open(), fake.count(Call::Close)), (0, 200));
}
