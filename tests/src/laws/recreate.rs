//! Recreation: a pool made again is the same, except that it begins anew.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::diary::Diary;
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{Assertion, Error, Hook, PrePing, Queue, Reset};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Neither disposing nor recreating calls the driver's connect, before a use or after.
pub fn recreating_and_disposing_open_nothing<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    pool.dispose();
    let again = pool.recreate();
    assert_eq!(fake.count(Call::Connect), 0);
    drop(again.get().unwrap());
    again.dispose();
    drop(again.recreate());
    assert_eq!(fake.count(Call::Connect), 1);
}

/// Strategy, name, timeout and what is done on a return.
pub fn a_recreated_pool_has_the_same_settings<B: Backend, S: Promise>(backend: &B) {
    let builder = pools::wide::<B, S>(backend, 3).reset_on_return(Reset::Nothing).holders(false);
    let pool =
        built(S::pre_ping(S::recycle(builder, None), PrePing::Never).timeout(Duration::from_secs(7)).build());
    let again = pool.recreate().recreate();
    assert_eq!((again.name(), again.timeout()), (pool.name(), Duration::from_secs(7)));
    assert_eq!((again.status().kept, again.status().limit), (pool.status().kept, pool.status().limit));
    let mut conn = again.get().unwrap();
    backend.begin(&mut conn);
    assert!(again.holders().is_empty());
    drop(conn);
    if S::has(Ability::Keeps).is_ok() {
        assert!(backend.in_transaction(&mut again.get().unwrap()));
    }
}

/// A commit on return travels too.
pub fn a_recreated_pool_commits_as_the_first_did<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).commit_on_return().build()).recreate();
    let mut conn = pool.get().unwrap();
    backend.begin(&mut conn);
    backend.insert(&mut conn);
    drop(conn);
    assert_eq!(backend.committed(), 1);
}

/// Hooks and observers travel, those added later too; the first connect is once for each pool.
pub fn hooks_travel_with_a_recreation<B: Backend, S: Promise>(backend: &B) {
    let (diary, connects) = (Diary::default(), Arc::new(AtomicUsize::new(0)));
    let counts = Arc::clone(&connects);
    let pool = built(pools::narrow::<B, S>(backend).observer(diary.clone()).build());
    pool.on(Hook::connect(move |_, _| {
        counts.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }));
    drop(pool.get().unwrap());
    diary.read();
    let again = pool.recreate();
    let conn = again.get().unwrap();
    assert_eq!(diary.read(), "first_connect connect checkout");
    assert_eq!(connects.load(Ordering::Relaxed), 2);
    drop(conn);
    drop(pool);
    assert!(again.get().is_ok(), "the first pool's end is not this one's");
}

/// What was resized is recreated in its new size.
pub fn a_recreated_queue_has_its_present_size<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(1).max_overflow(0).fifo()).build());
    pool.resize(4).unwrap();
    pool.resize_overflow(2).unwrap();
    let status = pool.recreate().status();
    assert_eq!((status.kept, status.limit), (4, Some(6)));
}

/// An assertion that was to keep backtraces still does.
pub fn a_recreated_assertion_keeps_its_backtraces<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Assertion::new().backtrace()).build()).recreate();
    let _first = pool.get().unwrap();
    let Err(Error::AlreadyCheckedOut { backtrace, .. }) = pool.get() else { panic!("it is out") };
    assert!(backtrace.is_some());
}
