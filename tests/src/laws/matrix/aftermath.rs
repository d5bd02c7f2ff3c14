//! The aftermath: what must be true when a life is over, whatever went wrong in it.

use super::course::Course;
use super::stage::Stage;
use crate::fake::{Call, FakeManager};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::{Ability, Promise};
use cenote::{Error, Pool};

/// Waits until nothing is under way any more. Then everything that was to go wrong has gone wrong.
pub(super) fn settle<S: Promise>(stage: &Stage, course: &Course, pool: Option<&Pool<FakeManager, S>>) {
    let ledger = &stage.ledger;
    wait_until("nothing is taken or under way", || {
        pool.is_none_or(|pool| {
            let status = pool.status();
            status.in_use + status.connecting + status.closing + status.waiting + status.detached == 0
        })
    });
    if stage.circumstance.has_workers() {
        // What hangs on a record is dropped when its place is free already.
        let written = course.steps.iter().filter(|step| is_written(**step)).count();
        wait_until("it has come to all its steps", || {
            ledger.calls().len() >= written && ledger.unmet().is_empty()
        });
    }
    assert!(ledger.unmet().is_empty(), "never came to {:?}, but: {}", ledger.unmet(), ledger.sequence());
    if pool.is_none() {
        let breaches = ledger.verify();
        assert!(breaches.is_empty(), "{breaches:?}");
    }
}

/// The life came to the steps of its course and to no others: in their order, if no worker took part.
pub(super) fn went_as(stage: &Stage, course: &Course) {
    let mut expected: Vec<_> = course.steps.iter().copied().filter(|step| is_written(*step)).collect();
    let mut met = stage.ledger.calls();
    if stage.circumstance.has_workers() {
        expected.sort_unstable();
        met.sort_unstable();
    }
    assert_eq!(met, expected, "not the steps that it should come to");
}

/// Nothing is taken, and every connection is idle or was closed once.
pub(super) fn nothing_is_left<S: Promise>(stage: &Stage, pool: &Pool<FakeManager, S>, course: &Course) {
    let (status, ledger) = (pool.status(), &stage.ledger);
    assert_eq!((status.idle, status.open), (course.idle, course.idle), "idle, open");
    assert!(pool.holders().is_empty(), "{:?}", pool.holders());
    let kept_or_taken = (course.idle + course.taken) as u64;
    assert_eq!(status.totals.opened, status.totals.closed() + kept_or_taken, "opened, closed and kept");
    assert_eq!(ledger.open(), course.idle, "open at the server");
    assert_eq!(ledger.closed() as u64, status.totals.closed(), "closed at the server");
}

/// The pool lends as many as ever, or if it was closed, none; and ends without a trace.
pub(super) fn lends_and_ends<S: Promise>(stage: &Stage, pool: Pool<FakeManager, S>) {
    stage.ledger.end_script();
    if pool.is_closed() {
        assert!(matches!(pool.get(), Err(Error::Closed)), "a closed pool lends");
    } else {
        let nests = S::has(Ability::Nests).is_ok();
        let most = pool.status().limit.unwrap_or(if nests { 2 } else { 1 });
        let all: Vec<_> = (0..most).map(|_| pool.get().expect("it lends as many as ever")).collect();
        assert_eq!((pool.status().in_use, pool.holders().len()), (most, most));
        if S::has(Ability::Several).is_err() || S::has(Ability::Waits).is_ok() {
            assert!(!matches!(pool.try_get(), Ok(Some(_))), "it lends more than ever");
        }
        drop(all);
    }
    pool.close_and_wait(WATCHDOG).expect("all are home");
    wait_until("no worker is left", || pool.status().workers == 0);
    drop(pool);
    let breaches = stage.ledger.verify();
    assert!(breaches.is_empty(), "{breaches:?}");
}

/// Whether the driver writes a step down: a drop belongs to a close, and `may_hang` is asked before there is a pool.
fn is_written(step: Call) -> bool {
    !matches!(step, Call::Drop | Call::MayHang)
}
