//! Threads that end: what they do last, what they leave behind, and what others do with it.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::kit::at_end::at_end;
use crate::kit::pools::{self, built};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::kit::workers;
use crate::promise::{Ability, Promise};
use cenote::{Manager, Pool, PooledConnection, Queue};
use parking_lot::Mutex;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

/// A thread-local's destructor may check out, whether it runs before or after the pool has heard that the thread ends,
/// and whether or not the thread used the pool before.
pub fn a_thread_may_check_out_while_it_ends<B: Backend, S: Promise>(backend: &B) {
    let orders: [(bool, bool); 3] = [(false, false), (true, false), (false, true)];
    for (before, after) in orders {
        let pool = built(pools::narrow::<B, S>(backend).build());
        let outcome = Arc::new(Mutex::new(None));
        let (pool_at_end, told) = (pool.clone(), Arc::clone(&outcome));
        in_a_thread(|| {
            if before {
                drop(pool.get().unwrap());
            }
            at_end(move || {
                let taken = pool_at_end.get().map(drop).map_err(|error| error.to_string());
                *told.lock() = Some((taken, pool_at_end.status().in_use));
            });
            if after {
                drop(pool.get().unwrap());
            }
        });
        assert_eq!(outcome.lock().take(), Some((Ok(()), 0)), "before: {before}, after: {after}");
        only_what_others_may_have_is_left::<_, S>(&pool);
    }
}

/// What a thread still has out when it ends comes home then, whether before or after the pool has heard of the end;
/// nothing is kept for that thread.
pub fn what_a_thread_has_out_at_its_end_comes_home<B: Backend, S: Promise>(backend: &B) {
    for before in [false, true] {
        let pool = built(pools::narrow::<B, S>(backend).build());
        in_a_thread(|| {
            if before {
                drop(pool.get().unwrap());
            }
            let out = Rc::new(RefCell::new(None));
            let at_last = Rc::clone(&out);
            at_end(move || drop(at_last.take()));
            *out.borrow_mut() = Some(pool.get_owned().unwrap());
        });
        only_what_others_may_have_is_left::<_, S>(&pool);
    }
}

/// A connection may come home after the thread that took it has ended, from another thread.
pub fn a_connection_outlives_the_thread_that_took_it(fake: &Fake) {
    let pool = built(pools::narrow::<_, Queue>(fake).build());
    let (give, taken) = channel();
    in_a_thread(|| give.send(pool.get_owned().unwrap()).unwrap());
    let conn = taken.recv().unwrap();
    let holders = pool.holders();
    let [holder] = holders.as_slice() else { panic!("one holder: {holders:?}") };
    assert!(!holder.is_this_thread() && holder.thread().contains("ended"), "{holder}");
    drop(conn);
    assert_eq!((pool.status().idle, pool.holders().len()), (1, 0));
}

/// However many short threads came and went: the counts are as they were, and each connection is accounted for.
pub fn many_short_threads_leave_nothing_behind<B: Backend, S: Promise>(backend: &B) {
    const ROUNDS: usize = 100;
    let pool = built(pools::wide::<B, S>(backend, 3).build());
    let together = if S::has(Ability::Several).is_ok() { 4 } else { 1 };
    for round in 0..ROUNDS {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..together)
                .map(|number| {
                    let (pool, gives_up) = (&pool, (round + number) % 5 == 0);
                    scope.spawn(move || {
                        let conn = pool.get().unwrap();
                        if gives_up { PooledConnection::invalidate(conn) } else { drop(conn) }
                    })
                })
                .collect();
            threads.into_iter().for_each(|thread| thread.join().unwrap());
        });
    }
    only_what_others_may_have_is_left::<_, S>(&pool);
    let totals = pool.status().totals;
    assert_eq!(totals.checkouts, (ROUNDS * together) as u64);
    pool.close_and_wait(WATCHDOG).unwrap();
    let totals = pool.status().totals;
    assert_eq!((totals.closed(), totals.checkouts), (totals.opened, (ROUNDS * together) as u64));
    workers::wait_until_gone(&pool);
}

/// Joined by hand: the scope would not wait for what a thread does at its end.
fn in_a_thread(act: impl FnOnce() + Send) {
    thread::scope(|scope| scope.spawn(act).join().unwrap());
}

fn only_what_others_may_have_is_left<M: Manager, S: Promise>(pool: &Pool<M, S>) {
    let under_way = || {
        let status = pool.status();
        status.in_use + status.connecting + status.closing + status.waiting
    };
    wait_until("nothing is under way", || under_way() == 0);
    if S::has(Ability::Passes).is_err() {
        wait_until("nothing is kept for threads that ended", || pool.status().open == 0);
    }
    let status = pool.status();
    assert!(status.open == status.idle && status.idle <= status.kept, "{status}");
    assert!(pool.holders().is_empty(), "{:?}", pool.holders());
}
