//! Building a pool: what it opens at once, and what it refuses.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::kit::workers;
use crate::promise::Promise;
use cenote::{Builder, Error, InvalidArgument, MayHang, Pool, Queue, SingletonThread, Strategy};
use std::time::Duration;

/// `build_connected` opens as many as it is told, ready to be lent.
pub fn build_connected_opens_what_it_is_told<B: Backend>(backend: &B) {
    let builder = || pools::with(backend, Queue::new().size(3).max_overflow(0));
    for count in 0..=3 {
        let pool = builder().build_connected(count).unwrap();
        let status = pool.status();
        assert_eq!((status.idle, status.open, status.totals.opened), (count, count, count as u64));
        drop([(); 3].map(|()| pool.get().unwrap()));
        assert_eq!(pool.status().totals.opened, 3);
    }
}

/// One is possible wherever connections are kept, and the thread that built gets it.
pub fn build_connected_gives_its_thread_a_connection<B: Backend, S: Promise>(backend: &B) {
    let pool = pools::narrow::<B, S>(backend).build_connected(1).unwrap();
    assert_eq!((pool.status().idle, pool.status().totals.opened), (1, 1));
    drop(pool.get().unwrap());
    assert_eq!(pool.status().totals.opened, 1);
}

/// A server that refuses is found when the pool is built, by the driver's own error.
pub fn build_connected_fails_fast<B: Backend, S: Promise>(backend: &B) {
    let error = Pool::builder(backend.refused()).strategy(S::narrow()).build_connected(1).unwrap_err();
    assert!(matches!(error, Error::Connect { .. }) && error.driver_error().is_some(), "{error}");
}

/// What was opened before the refusal is closed.
pub fn a_failed_build_leaves_nothing_open(fake: &Fake) {
    let gate = fake.on(Call::Connect).times(2).blocks();
    gate.release();
    fake.on(Call::Connect).times(1).fails();
    let builder = pools::with(fake, Queue::new().size(3).max_overflow(0));
    assert!(builder.build_connected(3).is_err_and(|error| error.driver_error().is_some()));
    fake.wait_until_closed(2);
    assert_eq!((fake.open(), fake.count(Call::Connect)), (0, 3));
}

/// More than are kept cannot be opened.
pub fn build_connected_refuses_more_than_are_kept<B: Backend, S: Promise>(backend: &B) {
    let error = pools::narrow::<B, S>(backend).build_connected(2).unwrap_err();
    assert!(matches!(error, Error::Argument(_)), "{error}");
    assert!(pools::narrow::<B, S>(backend).build_connected(0).is_ok());
}

/// Every argument that makes no sense is refused when the pool is built, by its name.
pub fn arguments_that_make_no_sense_are_refused(fake: &Fake) {
    fn queue(fake: &Fake, size: usize, overflow: usize) -> Option<InvalidArgument> {
        problem(pools::with(fake, Queue::new().size(size).max_overflow(overflow)))
    }
    let plain = || pools::with(fake, Queue::new());
    let refused = [
        ("size", queue(fake, 0, 0)),
        ("size", queue(fake, usize::MAX, 0)),
        ("size", queue(fake, <Queue>::LARGEST + 1, 0)),
        ("max_overflow", queue(fake, 1, usize::MAX)),
        ("size", problem(pools::with(fake, Queue::new().size(usize::MAX).unlimited_overflow().lifo()))),
        ("size", problem(pools::with(fake, SingletonThread::new().size(0)))),
        ("recycle", problem(plain().recycle(Duration::ZERO))),
        ("name", problem(plain().name(""))),
    ];
    for (argument, problem) in refused {
        let Some(problem) = problem else { panic!("{argument} is accepted") };
        assert_eq!(problem.argument(), argument);
        let words = problem.to_string();
        assert!(words.starts_with(argument) && words.len() > argument.len() + 10, "{words}");
    }
    let accepted = [queue(fake, 0, 1), queue(fake, 1, 0), queue(fake, <Queue>::LARGEST, 0)];
    assert!(accepted.iter().all(Option::is_none), "{accepted:?}");
    assert_eq!(fake.sequence(), "");
}

/// What is not said is as the manual says.
pub fn the_defaults_are_as_promised(fake: &Fake) {
    let pool = Pool::new(fake.manager());
    let status = pool.status();
    assert_eq!((status.kept, status.limit, pool.timeout()), (5, Some(15), Duration::from_secs(30)));
    let pool = built(Pool::builder(fake.manager()).strategy(SingletonThread::new()).build());
    assert_eq!((pool.status().kept, pool.status().limit), (5, None));
}

/// A pool has the name that it was given, else one of its own.
pub fn a_pool_has_a_name<B: Backend, S: Promise>(backend: &B) {
    let builder = || Pool::builder(backend.manager()).strategy(S::narrow());
    assert_eq!(built(builder().name("orders").build()).name(), "orders");
    let (one, other) = (built(builder().build()), built(builder().build()));
    assert!(!one.name().is_empty());
    assert_ne!(one.name(), other.name());
}

/// Worker threads carry their pool's name, cut to what the system keeps.
pub fn worker_threads_carry_the_pools_name<S: Promise>(fake: &Fake) {
    for (name, expected) in [
        ("crew", "cenote:crew"),
        ("a rather long name", "cenote:a rather"),
        ("\u{e4}\u{f6}\u{fc}\u{e4}\u{f6}\u{fc}", "cenote:\u{e4}\u{f6}\u{fc}\u{e4}"),
    ] {
        fake.forget();
        let builder = Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(S::narrow()).name(name);
        let pool = built(builder.build());
        drop(pool.get().unwrap());
        pool.close_and_wait(Duration::MAX).unwrap();
        for thread in fake.threads(Call::Connect).into_iter().chain(fake.threads(Call::Close)) {
            assert!(thread.starts_with(expected), "{thread}");
        }
        workers::wait_until_gone(&pool);
    }
}

fn problem<S: Strategy>(builder: Builder<crate::fake::FakeManager, S>) -> Option<InvalidArgument> {
    builder.build().err()
}
