//! Everything at once, in many threads: in the end every place is free, and every connection accounted for.

use crate::backend::Backend;
use crate::kit::panics::unwinds;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::{Detached, Error, Pool, PooledConnection, Queue, Strategy};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

const STEPS: u64 = 150;

/// On every strategy.
pub fn everything_at_once_loses_nothing<B: Backend, S: Promise>(backend: &B) {
    storm(backend, S::wide(3));
}

/// On queues of every order, with overflow and without.
pub fn everything_at_once_loses_nothing_in_any_order<B: Backend>(backend: &B) {
    let queue = |size, overflow| Queue::new().size(size).max_overflow(overflow);
    storm(backend, queue(2, 2));
    storm(backend, queue(0, 3));
    storm(backend, queue(1, 0).lifo());
    storm(backend, queue(2, 1).lifo());
    storm(backend, queue(1, 0).fifo());
    storm(backend, queue(2, 1).fifo());
    storm(backend, Queue::new().size(1).unlimited_overflow());
}

fn storm<B: Backend, S: Strategy>(backend: &B, strategy: S) {
    let words = format!("{strategy:?}");
    let pool = built(pools::with(backend, strategy).build());
    let taken = AtomicU64::new(0);
    thread::scope(|scope| {
        let threads = [0, 1, 2, 3, 4, 5].map(|thread| {
            let (pool, taken) = (&pool, &taken);
            let acts = move |step| act(backend, pool, taken, scramble(thread * STEPS + step));
            scope.spawn(move || (0..STEPS).for_each(acts))
        });
        // Joined by hand: the scope would not wait for what a thread does at its end.
        for thread in threads {
            thread.join().unwrap();
        }
    });
    let under_way = || {
        let status = pool.status();
        status.in_use + status.connecting + status.closing + status.detached
    };
    wait_until(&format!("everything is over, on {words}"), || under_way() == 0);
    let status = pool.status();
    assert_eq!((status.waiting, status.open), (0, status.idle), "{words}");
    assert!(status.idle <= status.kept, "{words}: {} idle of {}", status.idle, status.kept);
    let accounted_for = status.totals.closed() + status.open as u64 + taken.into_inner();
    assert_eq!(status.totals.opened, accounted_for, "{words}");
    let all = status.limit.unwrap_or(1);
    drop((0..all).map(|_| pool.get_timeout(Duration::MAX).unwrap()).collect::<Vec<_>>());
}

/// One of the things that a thread can do to a pool.
fn act<B: Backend, S: Strategy>(backend: &B, pool: &Pool<B::Manager, S>, taken: &AtomicU64, dice: u64) {
    let patience = Duration::from_micros(dice >> 8 & 0xff);
    let conn = match dice % 4 {
        0 => pool.try_get(),
        1 => pool.get_timeout(patience).map(Some),
        2 => pool.get_owned().map(Some),
        _ => pool.get().map(Some),
    };
    let mut conn = match conn {
        Ok(Some(conn)) => conn,
        Ok(None) | Err(Error::Timeout { .. } | Error::AlreadyCheckedOut { .. }) => return,
        // A driver that bounds its connect may be the first to find that the time is over.
        Err(error) if error.driver_error().is_some() && dice % 4 == 1 => return,
        Err(error) => panic!("{error}"),
    };
    backend.session(&mut conn);
    match dice >> 16 & 0xf {
        0 => PooledConnection::invalidate(conn),
        1 => drop(PooledConnection::detach(conn)),
        2 => {
            let bare = Detached::into_inner(PooledConnection::detach(conn));
            backend.taken(&bare);
            taken.fetch_add(1, Ordering::Relaxed);
        }
        3 => unwinds(conn),
        4 => pool.invalidate(),
        5 => thread::yield_now(),
        _ => {}
    }
}

/// The same dice in every run.
fn scramble(number: u64) -> u64 {
    let number = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    number ^ (number >> 32)
}
