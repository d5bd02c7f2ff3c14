//! What `SingletonThread` alone promises: a connection for each thread.

use crate::backend::Backend;
use crate::kit::meeting::Meeting;
use crate::kit::panics::unwinds;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use cenote::{CloseReason, Error, Pool, SingletonThread};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, Scope};
use std::time::Duration;

/// A thread gets the connection that it had last, and never another's.
pub fn a_thread_gets_its_own_connection_again<B: Backend>(backend: &B) {
    let pool = pool(backend, 4);
    let together = Meeting::of(4);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let own = backend.session(&mut pool.get().unwrap());
                together.wait();
                for _ in 0..1_000 {
                    assert_eq!(backend.session(&mut pool.get().unwrap()), own);
                }
                together.wait();
            });
        }
    });
    assert_eq!(pool.status().totals.opened, 4);
}

/// A second checkout in the same thread is refused at once, and names the first.
pub fn a_nested_checkout_is_refused_at_once<B: Backend>(backend: &B) {
    let pool = pool(backend, 4);
    let (mut conn, line) = (pool.get().unwrap(), line!());
    refused_at(pool.get(), line);
    refused_at(pool.get_timeout(Duration::MAX), line);
    refused_at(pool.try_get(), line);
    refused_at(pool.get_owned(), line);
    let session = backend.session(&mut conn);
    drop(conn);
    assert_eq!(backend.session(&mut pool.get().unwrap()), session);
    assert_eq!(pool.status().totals.opened, 1);
}

/// With more threads than the size, an idle connection of another thread goes, and never one in use.
pub fn over_the_size_an_idle_connection_of_another_thread_goes<B: Backend>(backend: &B) {
    let pool = pool(backend, 2);
    thread::scope(|scope| {
        let (idle, busy, third) = [(); 3].map(|()| Thread::start(scope, &pool, backend)).into();
        let first_of_idle = idle.take();
        idle.give_back();
        let of_busy = busy.take();
        assert_eq!((pool.status().open, pool.status().totals.closed()), (2, 0));
        third.take();
        assert_eq!(
            (pool.status().open, pool.status().totals.closed_because(CloseReason::ThreadGone)),
            (2, 1)
        );
        third.give_back();
        busy.give_back();
        assert_eq!(busy.take(), of_busy);
        busy.give_back();
        assert_ne!(idle.take(), first_of_idle);
        idle.give_back();
    });
}

/// As many threads as come can have one at the same time; more than the size are not kept.
pub fn all_threads_can_have_one_at_the_same_time<B: Backend>(backend: &B) {
    let pool = pool(backend, 2);
    thread::scope(|scope| {
        let threads = [(); 6].map(|()| Thread::start(scope, &pool, backend));
        let mut sessions = threads.each_ref().map(Thread::take);
        assert_eq!((pool.status().in_use, pool.status().limit), (6, None));
        for thread in &threads {
            thread.give_back();
        }
        assert_eq!((pool.status().in_use, pool.status().open), (0, 2));
        sessions.sort_unstable();
        assert!(sessions.windows(2).all(|pair| pair[0] < pair[1]));
    });
}

/// A thread that ends closes its own connection.
pub fn a_thread_that_ends_closes_its_own<B: Backend>(backend: &B) {
    let pool = pool(backend, 4);
    drop(pool.get().unwrap());
    for ended in 1..=5 {
        thread::scope(|scope| scope.spawn(|| drop(pool.get().unwrap())).join().unwrap());
        wait_until("the thread is gone", || pool.status().open == 1);
        assert_eq!(pool.status().totals.closed_because(CloseReason::ThreadGone), ended);
    }
    assert_eq!(pool.status().totals.opened, 6);
}

/// A thread whose connection is in use when it ends closes it when it comes home.
pub fn a_thread_that_panics_leaves_nothing<B: Backend>(backend: &B) {
    let pool = pool(backend, 4);
    let ends = || {
        unwinds(pool.get().unwrap());
        drop(pool.get().unwrap());
    };
    thread::scope(|scope| scope.spawn(ends).join().unwrap());
    wait_until("the thread is gone", || pool.status().open == 0);
    let totals = pool.status().totals;
    assert_eq!((totals.closed_because(CloseReason::Panicked), totals.closed()), (1, 2));
}

fn pool<B: Backend>(backend: &B, size: usize) -> Pool<B::Manager, SingletonThread> {
    built(pools::with(backend, SingletonThread::new().size(size)).build())
}

/// Checks that the checkout was refused because of the one on that line of this file.
fn refused_at<T, E: std::error::Error>(result: Result<T, Error<E>>, line: u32) {
    let Err(error) = result else { panic!("a second checkout succeeded") };
    let Error::AlreadyCheckedOut { at, .. } = &error else { panic!("{error}") };
    assert_eq!((at.file(), at.line()), (file!(), line));
    assert!(error.to_string().contains(&format!("singleton_thread.rs:{line}")), "{error}");
}

/// A thread that lives through the law and does as it is told.
struct Thread {
    orders: Sender<bool>,
    answers: Receiver<u64>,
}

impl Thread {
    fn start<'scope, B: Backend>(
        scope: &'scope Scope<'scope, '_>,
        pool: &'scope Pool<B::Manager, SingletonThread>,
        backend: &'scope B,
    ) -> Self {
        let (orders, received) = channel::<bool>();
        let (answer, answers) = channel();
        scope.spawn(move || {
            let mut held = None;
            for take in received {
                held = take.then(|| pool.get().unwrap());
                answer.send(held.as_mut().map_or(0, |conn| backend.session(conn))).unwrap();
            }
            drop(held);
        });
        Self { orders, answers }
    }

    fn take(&self) -> u64 {
        self.orders.send(true).unwrap();
        self.answers.recv().unwrap()
    }

    fn give_back(&self) {
        self.orders.send(false).unwrap();
        self.answers.recv().unwrap();
    }
}
