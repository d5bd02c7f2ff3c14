//! `Assertion` when several meet: one always has the connection, and every other one is shown who.

use crate::backend::Backend;
use crate::kit::meeting::Meeting;
use crate::kit::pools::{self, built};
use cenote::{Assertion, Error, Manager, Pool, PooledConnection};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

type Checkout<'p, M> = Result<PooledConnection<'p, M, Assertion>, Error<<M as Manager>::Error>>;

/// Of many that ask at the same moment exactly one has it, whether it is idle or must be opened first.
pub fn of_many_that_meet_one_always_wins<B: Backend>(backend: &B) {
    const THREADS: usize = 4;
    let pool = built(pools::with(backend, Assertion::new()).build());
    let (meeting, winners) = (Meeting::of(THREADS), AtomicUsize::new(0));
    thread::scope(|scope| {
        for number in 0..THREADS {
            let (pool, meeting, winners) = (&pool, &meeting, &winners);
            scope.spawn(move || {
                for round in 1..=100 {
                    meeting.wait();
                    let outcome = pool.get();
                    if outcome.is_ok() {
                        winners.fetch_add(1, Ordering::SeqCst);
                    }
                    meeting.wait();
                    assert_eq!(winners.load(Ordering::SeqCst), round);
                    drop(outcome);
                    meeting.wait();
                    if number == 0 && round % 2 == 0 {
                        pool.invalidate();
                    }
                }
            });
        }
    });
    assert_eq!(pool.status().in_use, 0);
}

/// The backtrace is that of whoever has the connection now: neither of a former holder nor of the one that is refused.
pub fn a_backtrace_is_the_present_holders<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Assertion::new().backtrace()).build());
    drop(taken_on_the_left(&pool).unwrap());
    let holder = taken_on_the_right(&pool).unwrap();
    assert_eq!(shown(taken_on_the_left(&pool)), [false, true]);
    drop(holder);
    let _holder = taken_on_the_left(&pool).unwrap();
    assert_eq!(shown(taken_on_the_right(&pool)), [true, false]);
}

/// When two meet, the one that is refused is shown the other's call site and backtrace, and never its own.
pub fn every_loser_is_shown_the_winner<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Assertion::new().backtrace()).build());
    let meeting = Meeting::of(2);
    thread::scope(|scope| {
        for on_the_right in [false, true] {
            let (pool, meeting) = (&pool, &meeting);
            scope.spawn(move || {
                for _ in 0..20 {
                    meeting.wait();
                    let outcome =
                        if on_the_right { taken_on_the_right(pool) } else { taken_on_the_left(pool) };
                    meeting.wait();
                    match outcome {
                        Ok(conn) => drop(conn),
                        refused => assert_eq!(shown(refused), [on_the_right, !on_the_right]),
                    }
                    meeting.wait();
                }
            });
        }
    });
}

#[inline(never)]
fn taken_on_the_left<M: Manager>(pool: &Pool<M, Assertion>) -> Checkout<'_, M> {
    pool.get()
}

#[inline(never)]
fn taken_on_the_right<M: Manager>(pool: &Pool<M, Assertion>) -> Checkout<'_, M> {
    pool.get()
}

/// Whether a refusal shows the left and the right one in its backtrace; the call site must be of the same one.
fn shown<M: Manager>(outcome: Checkout<'_, M>) -> [bool; 2] {
    let Err(Error::AlreadyCheckedOut { at, backtrace: Some(backtrace), .. }) = outcome else {
        panic!("a refusal with a backtrace was expected: {outcome:?}")
    };
    let words = backtrace.to_string();
    let names = ["taken_on_the_left", "taken_on_the_right"].map(|name| words.contains(name));
    let line = format!("contenders.rs:{}", at.line());
    assert!(at.file().ends_with("contenders.rs") && words.contains(&line), "{at} is not in\n{words}");
    names
}
