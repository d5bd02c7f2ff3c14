//! Connections that are too old are replaced, and no others. Time passes by hand.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{CloseReason, Pool, PrePing};
use std::thread;
use std::time::Duration;

const AGE: Duration = Duration::from_secs(1_000);
const INSTANT: Duration = Duration::from_nanos(1);

/// Younger than nine tenths of the age it is kept, whatever the jitter; older than the age it is replaced.
pub fn only_what_is_too_old_is_replaced<B: Backend, S: Promise>(backend: &B) {
    for seed in 0..20 {
        let clock = ManualClock::new();
        let pool = aging::<B, S>(backend, &clock, seed, Some(AGE));
        let session = backend.session(&mut pool.get().unwrap());
        clock.advance(AGE * 9 / 10 - INSTANT);
        assert_eq!(backend.session(&mut pool.get().unwrap()), session, "seed {seed}: too early");
        clock.advance(AGE / 10 + 2 * INSTANT);
        assert_ne!(backend.session(&mut pool.get().unwrap()), session, "seed {seed}: too late");
        let totals = pool.status().totals;
        assert_eq!((totals.opened, totals.closed_because(CloseReason::Recycled)), (2, 1));
    }
}

/// Jitter spreads the replacements, and the same seed gives the same moments.
pub fn jitter_spreads_and_repeats<B: Backend, S: Promise>(backend: &B) {
    let replaced_by = |seed: u64, age: Duration| {
        let clock = ManualClock::new();
        let pool = aging::<B, S>(backend, &clock, seed, Some(AGE));
        let session = backend.session(&mut pool.get().unwrap());
        clock.advance(age);
        backend.session(&mut pool.get().unwrap()) != session
    };
    let middle = AGE * 19 / 20;
    let early: Vec<bool> = (0..40).map(|seed| replaced_by(seed, middle)).collect();
    let count = early.iter().filter(|early| **early).count();
    assert!((5..=35).contains(&count), "{count} of 40 in the first half: {early:?}");
    assert_eq!(early, (0..40).map(|seed| replaced_by(seed, middle)).collect::<Vec<bool>>());
}

/// Without an age nothing is ever too old.
pub fn without_an_age_nothing_is_replaced<B: Backend, S: Promise>(backend: &B) {
    let clock = ManualClock::new();
    let pool = aging::<B, S>(backend, &clock, 0, None);
    let session = backend.session(&mut pool.get().unwrap());
    clock.advance(Duration::from_secs(100 * 365 * 24 * 3_600));
    assert_eq!(backend.session(&mut pool.get().unwrap()), session);
}

/// By default the age is half an hour.
pub fn by_default_half_an_hour_is_too_old<B: Backend, S: Promise>(backend: &B) {
    let clock = ManualClock::new();
    let pool = built(pools::narrow::<B, S>(backend).clock(&clock).build());
    let session = backend.session(&mut pool.get().unwrap());
    clock.advance(Duration::from_secs(27 * 60 - 1));
    assert_eq!(backend.session(&mut pool.get().unwrap()), session);
    clock.advance(Duration::from_secs(3 * 60 + 2));
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
}

/// Use does not make a connection younger: age counts from its connect.
pub fn use_does_not_make_it_younger<B: Backend, S: Promise>(backend: &B) {
    let clock = ManualClock::new();
    let pool = aging::<B, S>(backend, &clock, 0, Some(AGE));
    let session = backend.session(&mut pool.get().unwrap());
    for _ in 0..8 {
        clock.advance(AGE / 10);
        assert_eq!(backend.session(&mut pool.get().unwrap()), session);
    }
    clock.advance(AGE / 5 + INSTANT);
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
}

/// A connection that grows too old while it is out is not lent again.
pub fn what_grows_too_old_while_out_is_not_lent_again<B: Backend, S: Promise>(backend: &B) {
    let clock = ManualClock::new();
    let pool = aging::<B, S>(backend, &clock, 0, Some(AGE));
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    clock.advance(2 * AGE);
    assert_eq!(backend.session(&mut conn), session);
    drop(conn);
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
    assert_eq!(pool.status().totals.closed(), 1);
}

/// A connect that takes longer than the age gives a fresh connection: its age counts from the end.
pub fn a_fresh_connection_is_never_too_old<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let gate = fake.on(Call::Connect).times(1).blocks();
    let pool = aging::<_, S>(fake, &clock, 0, Some(AGE));
    thread::scope(|scope| {
        let caller = scope.spawn(|| {
            let session = fake.session(&mut pool.get().unwrap());
            assert_eq!(fake.session(&mut pool.get().unwrap()), session);
        });
        gate.wait_for_arrivals(1);
        clock.advance(10 * AGE);
        gate.release();
        caller.join().unwrap();
    });
    assert_eq!(fake.count(Call::Connect), 1);
}

/// A replacement that fails leaves nothing taken, and what was too old is not lent.
pub fn a_failed_replacement_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let pool = aging::<_, S>(fake, &clock, 0, Some(AGE));
    let session = fake.session(&mut pool.get().unwrap());
    clock.advance(AGE + INSTANT);
    fake.on(Call::Connect).times(2).fails();
    for _ in 0..2 {
        assert!(pool.get().is_err_and(|error| error.driver_error().is_some()));
        let status = pool.status();
        assert_eq!((status.open, status.in_use, status.connecting), (0, 0, 0));
    }
    assert_ne!(fake.session(&mut pool.get().unwrap()), session);
    assert_eq!(pool.status().totals.closed(), 1);
}

/// What is too old is closed without being asked whether it still works.
pub fn what_is_too_old_is_not_checked_first<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let builder = S::pre_ping(pools::narrow::<_, S>(fake).clock(&clock), PrePing::Always);
    let pool = built(S::recycle(builder, Some(AGE)).build());
    drop(pool.get().unwrap());
    clock.advance(2 * AGE);
    drop(pool.get().unwrap());
    assert_eq!((fake.count(Call::IsValid), fake.count(Call::Connect)), (0, 2));
}

fn aging<B: Backend, S: Promise>(
    backend: &B,
    clock: &ManualClock,
    seed: u64,
    age: Option<Duration>,
) -> Pool<B::Manager, S> {
    let builder = pools::narrow::<B, S>(backend).clock(clock).seed(seed);
    built(S::recycle(builder, age).build())
}
