//! Registries: a pool for each key, made once, by whoever asks first.

use crate::backend::Backend;
use crate::kit::meeting::Meeting;
use crate::kit::panics::{scripted, scripted_panic};
use crate::kit::pools::{self, built};
use crate::promise::Promise;
use cenote::doctest::Numbers;
use cenote::{Error, InvalidArgument, Pool, Registry};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

type Pools<B, S> = Registry<String, <B as Backend>::Manager, S>;

/// A registry of pools of this backend under these keys; `make` has the last word on each.
fn registry<B: Backend, S: Promise>(
    backend: &B,
    mut make: impl FnMut(&str, Pool<B::Manager, S>) -> Result<Pool<B::Manager, S>, InvalidArgument>
    + Send
    + 'static,
    keys: &[&str],
) -> Pools<B, S> {
    let ready: Vec<_> = keys
        .iter()
        .map(|key| ((*key).to_owned(), built(pools::narrow::<B, S>(backend).name(*key).build())))
        .collect();
    let make = parking_lot::Mutex::new(move |key: &str| {
        let found = ready.iter().find(|(known, _)| known == key).map(|(_, pool)| pool.recreate());
        make(key, found.expect("the law knows its keys"))
    });
    Registry::new(move |key: &String| Ok((make.lock())(key)?))
}

/// Asked for again, by anybody, a key gives the same pool; another key another.
pub fn a_key_has_one_pool<B: Backend, S: Promise>(backend: &B) {
    let pools = registry::<B, S>(backend, |_, pool| Ok(pool), &["one", "other"]);
    assert!(pools.is_empty());
    let session = backend.session(&mut pools.get("one").unwrap());
    assert_eq!((pools.len(), pools.pool("one").unwrap().status().totals.opened), (1, 1));
    assert_ne!(backend.session(&mut pools.get("other").unwrap()), session);
    let mut names: Vec<_> = pools.pools().iter().map(|pool| pool.name().to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, ["one", "other"]);
}

/// Of many that ask at once, one makes the pool.
pub fn a_pool_is_made_once_for_many_who_ask<B: Backend, S: Promise>(backend: &B) {
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let counts = move |_: &str, pool| {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(pool)
    };
    let (pools, meeting) = (registry::<B, S>(backend, counts, &["one"]), Meeting::of(4));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                meeting.wait();
                pools.pool("one").unwrap();
            });
        }
    });
    assert_eq!((made.load(Ordering::SeqCst), pools.len()), (1, 1));
}

/// One that cannot be made leaves nothing, and is tried again; so does a panic.
pub fn a_pool_that_cannot_be_made_is_tried_again<B: Backend, S: Promise>(backend: &B) {
    let mut tries = 0;
    let fails_first = move |_: &str, pool: Pool<B::Manager, S>| {
        tries += 1;
        match tries {
            1 => Err(Pool::builder(Numbers).name("").build().unwrap_err()),
            2 => scripted_panic("make"),
            _ => Ok(pool),
        }
    };
    let pools = registry::<B, S>(backend, fails_first, &["one"]);
    assert!(matches!(pools.pool("one"), Err(Error::Argument(_))));
    assert!(pools.is_empty());
    assert!(scripted(|| pools.get("one").is_ok()).is_err());
    assert!(pools.get("one").is_ok());
    assert_eq!(pools.len(), 1);
}

/// What is forgotten is closed, and made anew when it is asked for.
pub fn a_forgotten_pool_is_closed<B: Backend, S: Promise>(backend: &B) {
    let pools = registry::<B, S>(backend, |_, pool| Ok(pool), &["one", "other"]);
    let (one, other) = (pools.pool("one").unwrap(), pools.pool("other").unwrap());
    assert!(pools.dispose("one") && !pools.dispose("one"));
    assert!(one.is_closed() && !other.is_closed());
    assert!(!pools.pool("one").unwrap().is_closed());
    pools.clear();
    assert!(other.is_closed() && pools.is_empty());
}
