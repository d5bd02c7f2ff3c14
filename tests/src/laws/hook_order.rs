//! When hooks and observers are called, with what, and with what not.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeConnection, FakeManager};
use crate::kit::hooked::{Act, hooked};
use crate::kit::panics::unwinds;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::{Ability, Promise};
use cenote::{Event, Pool, PooledConnection, RecordInfo};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Several hooks of one kind, and several observers, are called in the order in which they were given.
pub fn hooks_are_called_in_the_order_given<S: Promise>(fake: &Fake) {
    let calls = Calls::default();
    let mut builder = pools::narrow::<_, S>(fake);
    for number in 1..=2 {
        builder = hooked(builder, |moment| calls.noting(format!("{moment} {number}")));
    }
    let pool = built(builder.build());
    let conn = pool.get().unwrap();
    assert_eq!(
        calls.read(),
        "first_connect 1, first_connect 2, connect 1, connect 2, checkout 1, checkout 2"
    );
    drop(conn);
    let kept = S::has(Ability::Keeps).is_ok();
    assert_eq!(calls.read(), if kept { "reset 1, reset 2, checkin 1, checkin 2" } else { "" });
    for number in 1..=2 {
        let note = calls.noting(format!("observer {number}"));
        pool.observer(move |event: &Event| {
            if matches!(event, Event::Checkout(_)) {
                note();
            }
        });
    }
    let conn = pool.get().unwrap();
    let connects = if kept { "" } else { "connect 1, connect 2, " };
    assert_eq!(calls.read(), format!("{connects}checkout 1, checkout 2, observer 1, observer 2"));
    drop(conn);
}

/// In every hook, and while an observer is told of anything, another thread can ask the pool: no lock is held.
pub fn no_lock_is_held_during_a_hook<S: Promise>(fake: &Fake) {
    let hooks = ["first_connect", "connect", "checkout", "reset", "checkin"];
    let ends = ["invalidate", "close", "detach", "close_detached"];
    for (moment, is_hook) in hooks
        .map(|hook| (hook, true))
        .into_iter()
        .chain(hooks.into_iter().chain(ends).map(|event| (event, false)))
    {
        let asked = Asked::<S>::default();
        let builder = hooked(pools::narrow::<_, S>(fake), |called| asked.asking(is_hook && called == moment));
        let asks = asked.asking(!is_hook);
        let observer = move |event: &Event| {
            if event.name() == moment {
                asks();
            }
        };
        let pool = built(builder.observer(observer).build());
        *asked.pool.lock() = Some(pool.clone());
        drop(pool.get().unwrap());
        PooledConnection::invalidate(pool.get().unwrap());
        drop(PooledConnection::detach(pool.get().unwrap()));
        let is_return = is_hook && matches!(moment, "reset" | "checkin");
        let called = S::has(Ability::Keeps).is_ok() || !is_return;
        assert_eq!(asked.left.load(Ordering::SeqCst), usize::from(!called), "{moment}, a hook: {is_hook}");
        *asked.pool.lock() = None;
    }
}

/// No hook for returns sees a connection that does not go back: one that was given up, is outdated, is detached, or
/// whose user panicked; and none is called a return whose cleaning failed.
pub fn no_hook_sees_a_connection_that_is_gone<S: Promise>(fake: &Fake) {
    let calls = Calls::default();
    let returns = ["reset", "checkin"];
    let builder = hooked(pools::narrow::<_, S>(fake), |moment| {
        let (note, is_return) = (calls.noting(moment.to_owned()), returns.contains(&moment));
        Box::new(move || {
            if is_return {
                note();
            }
        })
    });
    let pool = built(builder.build());
    PooledConnection::invalidate(pool.get().unwrap());
    unwinds(pool.get().unwrap());
    drop(PooledConnection::detach(pool.get().unwrap()));
    let conn = pool.get().unwrap();
    pool.invalidate();
    drop(conn);
    assert_eq!(calls.read(), "");
    if S::has(Ability::Keeps).is_ok() {
        fake.on(Call::Rollback).times(1).fails();
        drop(pool.get().unwrap());
        assert_eq!(calls.read(), "reset");
    }
    let conn = pool.get().unwrap();
    pool.close();
    drop(conn);
    assert_eq!(calls.read(), "");
}

/// The hook for resets sees what the user left, the hook for returns what the driver made of it.
pub fn a_return_is_shown_before_and_after_it_is_cleaned<S: Promise>(fake: &Fake) {
    let calls = Calls::default();
    let seen = |when: &'static str| {
        let calls = calls.clone();
        move |conn: &mut FakeConnection, _: &mut RecordInfo| {
            calls.note(format!("{when}: {}", if conn.in_transaction() { "open" } else { "clean" }));
        }
    };
    let sees = seen("reset");
    let on_reset = move |conn: &mut FakeConnection, record: &mut RecordInfo| {
        sees(conn, record);
        Ok(())
    };
    let builder = pools::narrow::<_, S>(fake).on_reset(on_reset).on_checkin(seen("checkin"));
    let pool = built(builder.build());
    let mut conn = pool.get().unwrap();
    conn.begin();
    drop(conn);
    assert_eq!(calls.read(), "reset: open, checkin: clean");
    let mut conn = pool.get().unwrap();
    conn.begin();
    conn.commit();
    drop(conn);
    assert_eq!(calls.read(), "reset: clean, checkin: clean");
}

/// Whatever becomes of the connections, what an observer counts is what the totals say.
pub fn events_agree_with_the_totals<B: Backend, S: Promise>(backend: &B) {
    let told = Arc::new(Mutex::new(BTreeMap::new()));
    let counts = Arc::clone(&told);
    let observer = move |event: &Event| *counts.lock().entry(event.name()).or_insert(0) += 1;
    let pool = built(pools::narrow::<B, S>(backend).observer(observer).build());
    for _ in 0..3 {
        drop(pool.get().unwrap());
        PooledConnection::invalidate(pool.get().unwrap());
        drop(PooledConnection::detach(pool.get().unwrap()));
        unwinds(pool.get().unwrap());
        pool.invalidate();
        drop(pool.get().unwrap());
        pool.dispose();
    }
    pool.close();
    let (told, totals) = (told.lock().clone(), pool.status().totals);
    let of = |name| told.get(name).copied().unwrap_or(0_u64);
    assert_eq!((of("first_connect"), of("connect"), of("checkout")), (1, totals.opened, totals.checkouts));
    assert_eq!((of("close"), of("close_detached")), (totals.closed() - 3, 3));
    assert_eq!((of("detach"), of("checkin") + of("detach")), (3, totals.checkouts));
}

/// What was called so far, in order.
#[derive(Debug, Clone, Default)]
struct Calls(Arc<Mutex<Vec<String>>>);

/// Asks the pool for everything, once, from a thread of its own.
struct Asked<S: Promise> {
    pool: Arc<Mutex<Option<Pool<FakeManager, S>>>>,
    left: Arc<AtomicUsize>,
}

impl Calls {
    fn note(&self, call: String) {
        self.0.lock().push(call);
    }

    fn noting(&self, call: String) -> Act {
        let calls = self.clone();
        Box::new(move || calls.note(call.clone()))
    }

    fn read(&self) -> String {
        std::mem::take(&mut *self.0.lock()).join(", ")
    }
}

impl<S: Promise> Asked<S> {
    fn asking(&self, asks: bool) -> Act {
        let (pool, left) = (Arc::clone(&self.pool), Arc::clone(&self.left));
        Box::new(move || {
            if !asks || left.swap(0, Ordering::SeqCst) == 0 {
                return;
            }
            let pool = pool.lock().clone().expect("it is built");
            let other = move || {
                drop((pool.status(), pool.holders()));
                pool.observer(|_: &Event| {});
                pool.invalidate();
                pool.dispose();
            };
            let other = thread::Builder::new().spawn(other).expect("a thread can be had");
            wait_until("everything is answered", || other.is_finished());
        })
    }
}

impl<S: Promise> Default for Asked<S> {
    fn default() -> Self {
        Self { pool: Arc::default(), left: Arc::new(AtomicUsize::new(1)) }
    }
}
