//! Hooks: each is called at its moment, with the connection, in the order in which they were given.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::kit::hooked::{Act, hooked};
use crate::kit::panics::{scripted, scripted_panic};
use crate::kit::pools::{self, built};
use crate::promise::{Ability, Promise};
use cenote::{Builder, CloseReason, Event, Hook, Manager, Pool, PooledConnection};
use parking_lot::Mutex;
use std::sync::Arc;

/// What hooks said, one word each.
#[derive(Clone, Default)]
struct Words(Arc<Mutex<Vec<String>>>);

impl Words {
    fn say(&self, word: impl Into<String>) {
        self.0.lock().push(word.into());
    }

    fn read(&self) -> String {
        std::mem::take(&mut *self.0.lock()).join(" ")
    }
}

/// A hook at every moment.
fn listening<M: Manager, S: Promise>(builder: Builder<M, S>, words: &Words) -> Builder<M, S> {
    let said = |word: &'static str| -> Act {
        let words = words.clone();
        Box::new(move || words.say(word))
    };
    let (soft, detach, close_detached) = (said("soft_invalidate"), said("detach"), said("close_detached"));
    let (because, why) = (words.clone(), words.clone());
    hooked(builder, said)
        .on_invalidate(move |_, _, reason| because.say(format!("invalidate({reason:?})")))
        .on_soft_invalidate(move |_, _| soft())
        .on_detach(move |_, _| detach())
        .on_close(move |_, reason| why.say(format!("close({reason:?})")))
        .on_close_detached(move |_| close_detached())
}

fn kept<S: Promise>() -> bool {
    S::has(Ability::Keeps).is_ok()
}

/// From the first checkout to the last close.
pub fn every_hook_is_called_at_its_moment<S: Promise>(fake: &Fake) {
    let words = Words::default();
    let pool = built(listening(pools::narrow::<_, S>(fake), &words).build());
    let conn = pool.get().unwrap();
    assert_eq!(words.read(), "first_connect connect checkout");
    drop(conn);
    let mut closed = 0;
    if kept::<S>() {
        assert_eq!(words.read(), "reset checkin");
        let mut conn = pool.get().unwrap();
        S::soft_invalidate(&mut conn);
        drop(conn);
        assert_eq!(words.read(), "checkout soft_invalidate reset checkin");
        let conn = pool.get().unwrap();
        closed += 1;
        fake.wait_until_closed(closed);
        let mut said: Vec<_> = words.read().split(' ').map(str::to_owned).collect();
        said.sort_unstable();
        assert_eq!(said, ["checkout", "close(SoftInvalidated)", "connect"]);
        drop(conn);
        assert_eq!(words.read(), "reset checkin");
    } else {
        closed += 1;
        fake.wait_until_closed(closed);
        assert_eq!(words.read(), "close(Surplus)");
    }
    let conn = pool.get().unwrap();
    words.read();
    PooledConnection::invalidate(conn);
    closed += 1;
    fake.wait_until_closed(closed);
    assert_eq!(words.read(), "invalidate(Invalidated) close(Invalidated)");
    let conn = pool.get().unwrap();
    words.read();
    let detached = PooledConnection::detach(conn);
    assert_eq!(words.read(), "detach");
    drop(detached);
    closed += 1;
    fake.wait_until_closed(closed);
    assert_eq!(words.read(), "close_detached");
}

/// Hooks that are given later are called after those that were there, or before them if they say so.
pub fn hooks_are_called_in_their_order<B: Backend, S: Promise>(backend: &B) {
    let words = Words::default();
    let say = |word: &'static str| {
        let words = words.clone();
        Hook::checkout(move |_, _| {
            words.say(word);
            Ok(())
        })
    };
    let pool = built(pools::narrow::<B, S>(backend).on(say("two")).on(say("one").first()).build());
    drop(pool.get().unwrap());
    assert_eq!(words.read(), "one two");
    pool.on(say("three"));
    pool.on(say("none").first());
    drop(pool.get().unwrap());
    assert_eq!(words.read(), "none one two three");
}

/// What a connect hook hangs on a connection every later hook sees, and its user; the next connection begins anew.
pub fn hooks_see_what_is_hung_on_the_connection<B: Backend, S: Promise>(backend: &B) {
    let builder = pools::narrow::<B, S>(backend).on_connect(|_, record| {
        let id = record.id();
        assert!(record.info_mut().insert(id).is_none(), "it begins without any");
        Ok(())
    });
    let pool = built(
        builder
            .on_checkout(|_, record| {
                assert_eq!(record.info().get(), Some(&record.id()));
                Ok(())
            })
            .build(),
    );
    for _ in 0..3 {
        let conn = pool.get().unwrap();
        let id = PooledConnection::id(&conn);
        assert_eq!(PooledConnection::info(&conn).get(), Some(&id));
        PooledConnection::invalidate(conn);
        drop(pool.get().unwrap());
    }
    let detached = PooledConnection::detach(pool.get().unwrap());
    assert_eq!(cenote::Detached::info(&detached).get(), Some(&cenote::Detached::id(&detached)));
    assert!(pool.get().is_ok());
}

/// What a reset hook cannot clean is not lent again.
pub fn a_reset_hook_that_fails_closes_the_connection<B: Backend, S: Promise>(backend: &B) {
    let error = Mutex::new(Some(backend.error()));
    let builder = pools::narrow::<B, S>(backend);
    let pool = built(builder.on_reset(move |_, _| error.lock().take().map_or(Ok(()), Err)).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(CloseReason::ResetFailed), 1);
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
    assert_eq!((pool.status().idle, pool.status().totals.opened), (1, 2));
}

/// A hook that refuses a new connection is one thing, and one that panics another.
pub fn a_new_connection_says_why_it_is_closed<B: Backend, S: Promise>(backend: &B) {
    let error = Mutex::new(Some(backend.error()));
    let refuses =
        move |_: &mut _, _: &mut _| error.lock().take().map_or_else(|| scripted_panic("connect"), Err);
    let pool = built(pools::narrow::<B, S>(backend).on_connect(refuses).build());
    assert!(pool.get().is_err());
    assert!(scripted(|| pool.get().is_ok()).is_err());
    let totals = pool.status().totals;
    let reasons = [CloseReason::HookFailed, CloseReason::Panicked];
    assert_eq!(reasons.map(|reason| totals.closed_because(reason)), [1, 1]);
}

/// An event says why a connection must not be used any more.
pub fn an_invalidation_says_why<B: Backend, S: Promise>(backend: &B) {
    let told = Arc::new(Mutex::new(None));
    let tell = Arc::clone(&told);
    let pool = built(pools::narrow::<B, S>(backend).build());
    pool.observer(move |event: &Event| {
        if let Event::Invalidate { reason, .. } = event {
            *tell.lock() = Some(*reason);
        }
    });
    PooledConnection::invalidate(pool.get().unwrap());
    assert_eq!(told.lock().take(), Some(CloseReason::Invalidated));
    let _ = scripted(|| {
        let _conn = pool.get().unwrap();
        scripted_panic("its user")
    })
    .map(|(): ()| ());
    assert_eq!(told.lock().take(), Some(CloseReason::Panicked));
}

/// What comes at the end of a connection is shielded: nothing stays taken, and nobody hears of it.
pub fn a_panic_in_a_hook_at_the_end_is_caught<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    pool.on(Hook::invalidate(|_, _, _| scripted_panic("invalidate")));
    pool.on(Hook::close(|_, _| scripted_panic("close")));
    pool.on(Hook::close_detached(|_| scripted_panic("close_detached")));
    PooledConnection::invalidate(pool.get().unwrap());
    drop(PooledConnection::detach(pool.get().unwrap()));
    fake.wait_until_closed(2);
    nothing_is_taken(&pool);
}

/// What comes while a connection is in use costs it, and is its user's to hear of.
pub fn a_panic_in_a_hook_of_its_user_costs_the_connection<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    pool.on(Hook::detach(|_, _| scripted_panic("detach")));
    assert!(scripted(|| drop(PooledConnection::detach(pool.get().unwrap()))).is_err());
    fake.wait_until_closed(1);
    nothing_is_taken(&pool);
    if kept::<S>() {
        pool.on(Hook::soft_invalidate(|_, _| scripted_panic("soft_invalidate")));
        assert!(scripted(|| S::soft_invalidate(&mut pool.get().unwrap())).is_err());
        fake.wait_until_closed(2);
        nothing_is_taken(&pool);
    }
    assert_eq!(pool.status().detached, 0);
}

fn nothing_is_taken<M: Manager, S: Promise>(pool: &Pool<M, S>) {
    let status = pool.status();
    assert_eq!((status.open, status.in_use, status.waiting), (0, 0, 0));
    assert!(pool.get().is_ok());
}
