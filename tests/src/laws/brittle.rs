//! Values of the user's that panic when somebody shows or drops them: errors, payloads of panics, what hangs on things.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{BrittleManager, Call, FakeManager};
use crate::kit::brittle::{Budget, PanicsAtItsEnd};
use crate::kit::defer::Defer;
use crate::kit::log::Log;
use crate::kit::names;
use crate::kit::panics::{explosive_panic, scripted, unwinds};
use crate::kit::pools::{self, built};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::{Ability, Promise};
use cenote::{Builder, Event, Manager, MayHang, Pool, PooledConnection, PrePing, Strategy};
use std::time::Duration;

/// An error whose words panic is shown to a log at most: the place is free, and the pool goes on.
pub fn an_error_whose_words_panic_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let (words, end) = (Budget::default(), Budget::default());
    let pool = built(brittle::<S>(fake, &words, &end).build());
    let log = Log::of(pool.name());
    for call in calls::<S>() {
        fake.on(call).times(1).fails();
        words.set(1);
        let panicked = scripted(|| fails_at(call, &pool)).is_err();
        assert_eq!((panicked, words.left()), (call != Call::Close, 0), "{call}");
        nothing_is_taken(&pool);
        assert!(
            log.read().iter().all(|line| !line.contains("the script lets")),
            "{call}: shown all the same"
        );
    }
    drop(pool.get().unwrap());
}

/// An error whose end panics is dropped where nothing can be lost by it.
pub fn an_error_whose_end_panics_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let (words, end) = (Budget::default(), Budget::default());
    let pool = built(brittle::<S>(fake, &words, &end).build());
    for call in calls::<S>() {
        if call == Call::Connect {
            // The pool remembers the last error: it is dropped when the next one comes, or when a connect succeeds.
            fake.on(call).times(2).fails();
            fails_at(call, &pool);
            end.set(1);
            assert!(scripted(|| fails_at(call, &pool)).is_err(), "the one before was forgotten");
            end.set(1);
            assert!(scripted(|| fails_at(call, &pool)).is_err(), "the last one was forgotten");
        } else {
            fake.on(call).times(1).fails();
            end.set(1);
            assert_eq!(scripted(|| fails_at(call, &pool)).is_err(), call != Call::Close, "{call}");
        }
        assert_eq!(end.left(), 0, "{call}");
        nothing_is_taken(&pool);
    }
    drop(pool.get().unwrap());
}

/// The payload of a panic that nobody is told of may panic when it is dropped: nobody is told of that either.
pub fn a_payload_whose_end_panics_does_not_get_out<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    for call in [Call::Close, Call::Drop] {
        fake.on(call).times(2).explodes();
        PooledConnection::invalidate(pool.get().unwrap());
        unwinds(pool.get().unwrap());
        nothing_is_taken(&pool);
    }
    if S::has(Ability::Keeps).is_ok() {
        fake.on(Call::Rollback).times(1).explodes();
        unwinds(Defer(|| drop(pool.get().unwrap())));
        nothing_is_taken(&pool);
    }
    pool.observer(|_: &Event| explosive_panic("an observer"));
    drop(pool.get().unwrap());
    pool.close();
    nothing_is_taken(&pool);
}

/// The same on a worker whose caller has left, and with a payload that does reach its caller.
pub fn a_payload_whose_end_panics_may_come_late<S: Promise>(fake: &Fake) {
    let pool = built(Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(S::narrow()).build());
    let gate = fake.on(Call::Connect).times(1).blocks();
    while gate.blocked() == 0 {
        assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
    }
    gate.release_to_explode();
    wait_until("nothing is connecting", || pool.status().connecting == 0);
    fake.on(Call::Connect).times(1).explodes();
    assert_eq!(scripted(|| pool.get_timeout(WATCHDOG).is_ok()).unwrap_err().0, "connect");
    nothing_is_taken(&pool);
    drop(pool.get_timeout(WATCHDOG).unwrap());
}

/// What hangs on a connection goes with it, and may panic then: nobody is told, and nothing is lost.
pub fn what_hangs_on_a_connection_may_panic_at_its_end<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let budget = Budget::default();
    let hung = || {
        let mut conn = pool.get().unwrap();
        PooledConnection::info_mut(&mut conn).insert(PanicsAtItsEnd::new(&budget));
        budget.set(1);
        conn
    };
    let ends: [&dyn Fn(); 4] = [
        &|| PooledConnection::invalidate(hung()),
        &|| unwinds(hung()),
        &|| drop(PooledConnection::detach(hung())),
        &|| {
            drop(hung());
            pool.close();
        },
    ];
    for (number, end) in ends.into_iter().enumerate() {
        end();
        wait_until("it is closed", || pool.status().closing == 0);
        assert_eq!((budget.left(), fake.count(Call::Close)), (0, number + 1));
        nothing_is_taken(&pool);
    }
}

/// What hangs on a record goes when the record does, and may panic then: nobody is told, and nothing is lost.
pub fn what_hangs_on_a_record_may_panic_at_its_end<S: Promise>(fake: &Fake) {
    let budget = Budget::default();
    let hung = |pool: &Pool<FakeManager, S>| {
        let mut conn = pool.get_owned().unwrap();
        PooledConnection::record_info_mut(&mut conn).insert(PanicsAtItsEnd::new(&budget));
        budget.set(1);
        conn
    };
    for late in [false, true] {
        let pool = built(pools::narrow::<_, S>(fake).build());
        let conn = hung(&pool);
        if late {
            pool.close();
            drop(conn);
        } else {
            drop(conn);
            pool.close();
        }
        wait_until("it is gone", || budget.left() == 0);
        nothing_is_taken(&pool);
    }
    let pool = built(pools::narrow::<_, S>(fake).build());
    let conn = hung(&pool);
    drop(pool);
    unwinds(conn);
    wait_until("it is gone too", || budget.left() == 0);
}

fn brittle<S: Promise>(fake: &Fake, words: &Budget, end: &Budget) -> Builder<BrittleManager, S> {
    let manager = BrittleManager::new(fake.manager(), words, end);
    let builder = Pool::builder(manager).strategy(S::narrow()).name(names::unique()).timeout(WATCHDOG);
    S::pre_ping(builder, PrePing::Always)
}

/// The calls that can fail where nothing is kept, and where something is.
fn calls<S: Promise>() -> Vec<Call> {
    let always = [Call::Connect, Call::Close];
    let kept = [Call::IsValid, Call::Rollback].into_iter().filter(|_| S::has(Ability::Keeps).is_ok());
    always.into_iter().chain(kept).collect()
}

/// Makes the call that the script lets fail, and drops what comes of it.
fn fails_at<S: Strategy>(call: Call, pool: &Pool<BrittleManager, S>) {
    match call {
        Call::Close => {
            PooledConnection::invalidate(pool.get().unwrap());
            wait_until("it is closed", || pool.status().closing == 0);
        }
        Call::IsValid => {
            drop(pool.get().unwrap());
            drop(pool.get().unwrap());
        }
        _ => drop(pool.get()),
    }
}

fn nothing_is_taken<M: Manager, S: Strategy>(pool: &Pool<M, S>) {
    let status = pool.status();
    assert_eq!((status.in_use, status.connecting, status.waiting, status.open), (0, 0, 0, status.idle));
    assert!(pool.holders().is_empty(), "{:?}", pool.holders());
}
