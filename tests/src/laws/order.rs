//! Which idle connection a queue lends next.

use crate::backend::Backend;
use crate::kit::meeting::Meeting;
use crate::kit::pools::{self, built};
use cenote::{Manager, Pool, Queue, Strategy};
use std::thread;

/// The last to come home is the first to go out.
pub fn lifo_lends_the_last_returned<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, three().lifo()).build());
    returned_in_order(backend, &pool, |sessions| sessions.reverse());
}

/// The first to come home is the first to go out.
pub fn fifo_lends_the_longest_idle<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, three().fifo()).build());
    returned_in_order(backend, &pool, |_| {});
}

/// With one checkout at a time, Lifo uses one connection and Fifo all of them in turn.
pub fn lifo_uses_few_and_fifo_uses_all<B: Backend>(backend: &B) {
    let lifo = built(pools::with(backend, three().lifo()).build());
    let fifo = built(pools::with(backend, three().fifo()).build());
    drop([(); 3].map(|()| (lifo.get().unwrap(), fifo.get().unwrap())));
    let distinct = |mut sessions: Vec<u64>| {
        sessions.sort_unstable();
        sessions.dedup();
        sessions.len()
    };
    assert_eq!(distinct((0..9).map(|_| backend.session(&mut lifo.get().unwrap())).collect()), 1);
    let turns: Vec<u64> = (0..9).map(|_| backend.session(&mut fifo.get().unwrap())).collect();
    assert_eq!((&turns[..3], &turns[3..6]), (&turns[3..6], &turns[6..]));
    assert_eq!(distinct(turns), 3);
}

/// With no more threads than connections, once all have held one at the same time, each thread sees one connection.
pub fn affine_gives_each_thread_its_own_connection<B: Backend>(backend: &B) {
    const THREADS: usize = 4;
    let pool = built(pools::with(backend, Queue::new().size(THREADS).max_overflow(0)).build());
    let together = Meeting::of(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut conn = pool.get().unwrap();
                let own = backend.session(&mut conn);
                together.wait();
                drop(conn);
                together.wait();
                for cycle in 0..10_000 {
                    let lent = backend.session(&mut pool.get().unwrap());
                    assert_eq!(lent, own, "another thread's connection in cycle {cycle}");
                }
            });
        }
    });
    assert_eq!(pool.status().totals.opened, THREADS as u64);
}

/// A thread that comes for the first time is lent an idle connection: nothing is opened for it.
pub fn affine_lends_a_newcomer_what_is_idle<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, three()).build());
    let session = backend.session(&mut pool.get().unwrap());
    let lent =
        thread::scope(|scope| scope.spawn(|| backend.session(&mut pool.get().unwrap())).join().unwrap());
    assert_eq!((lent, pool.status().totals.opened), (session, 1));
}

fn three() -> Queue {
    Queue::new().size(3).max_overflow(0)
}

/// Returns three in the order in which they were taken, and takes them again in the order that `expect` makes of it.
fn returned_in_order<B: Backend, S: Strategy>(
    backend: &B,
    pool: &Pool<B::Manager, S>,
    expect: impl FnOnce(&mut Vec<u64>),
) where
    B::Manager: Manager,
{
    let take = || {
        let mut conns = [(); 3].map(|()| pool.get().unwrap());
        let sessions: Vec<u64> = conns.iter_mut().map(|conn| backend.session(conn)).collect();
        for conn in conns {
            drop(conn);
        }
        sessions
    };
    let mut expected = take();
    expect(&mut expected);
    assert_eq!(take(), expected);
    assert_eq!(pool.status().totals.opened, 3);
}
