//! Whatever goes wrong on a worker whose caller has left: when it timed out, or its pool was closed or dropped.

use super::aftermath;
use super::cell::Cell;
use super::circumstance::Circumstance;
use super::course::Course;
use super::manner::Manner;
use super::mishap;
use super::occasion::Occasion;
use super::stage::{IMPATIENCE, Stage};
use super::sweep::{Mishaps, cells, sweep};
use super::waiter;
use crate::backends::Fake;
use crate::fake::{FakeManager, Gate};
use crate::kit::wait::wait_until;
use crate::kit::{names, workers};
use crate::promise::Promise;
use cenote::{MayHang, Pool};

/// What becomes of the pool when its caller has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Stays,
    IsClosed,
    IsDropped,
}

/// Whatever goes wrong when its caller has left, nothing stays taken.
pub fn whatever_goes_wrong_after_its_caller_left_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    leaves_nothing_taken::<S>("its caller left", fake, Then::Stays);
}

/// The same when the pool is closed meanwhile: nothing stays open either.
pub fn whatever_goes_wrong_after_its_pool_closed_leaves_nothing_open<S: Promise>(fake: &Fake) {
    leaves_nothing_taken::<S>("its pool was closed", fake, Then::IsClosed);
}

/// The same when the pool is dropped meanwhile.
pub fn whatever_goes_wrong_after_its_pool_is_gone_leaves_nothing_open<S: Promise>(fake: &Fake) {
    leaves_nothing_taken::<S>("its pool was dropped", fake, Then::IsDropped);
}

/// Whatever goes wrong when its caller has left, the next one, who waits for the place, is served.
pub fn whatever_goes_wrong_after_its_caller_left_serves_a_waiter<S: Promise>(fake: &Fake) {
    let name = names::unique();
    sweep(all::<S>("its caller left, one waits", fake, Then::Stays), |cell| {
        let course = Course::left::<S>(cell, false);
        let stage = Stage::new(cell, &name);
        let pool = stage.pool::<S>();
        let step = course.first_on_a_worker();
        let gate = stage.go_wrong(&cell.mishaps, Some(step)).expect("a gate was asked for");
        leave(&pool, &gate);
        waiter::is_served(&stage, course, pool, || mishap::open(&gate, step, &cell.mishaps));
    });
    workers::wait_until_none(&name);
}

fn leaves_nothing_taken<S: Promise>(circumstance: &'static str, fake: &Fake, then: Then) {
    let name = names::unique();
    sweep(all::<S>(circumstance, fake, then), |cell| {
        let course = Course::left::<S>(cell, then != Then::Stays);
        let stage = Stage::new(cell, &name);
        let mut pool = Some(stage.pool::<S>());
        let step = course.first_on_a_worker();
        let gate = stage.go_wrong(&cell.mishaps, Some(step)).expect("a gate was asked for");
        if let Some(pool) = &pool {
            leave(pool, &gate);
        }
        match then {
            Then::Stays => {}
            Then::IsClosed => pool.iter().for_each(Pool::close),
            Then::IsDropped => pool = None,
        }
        mishap::open(&gate, step, &cell.mishaps);
        aftermath::settle(&stage, &course, pool.as_ref());
        aftermath::went_as(&stage, &course);
        if let Some(pool) = pool {
            aftermath::nothing_is_left(&stage, &pool, &course);
            aftermath::lends_and_ends(&stage, pool);
        }
    });
    workers::wait_until_none(&name);
}

/// All cells of the lives that a caller can leave, with one mishap and with two. The variants differ in the close.
fn all<S: Promise>(circumstance: &'static str, fake: &Fake, then: Then) -> Vec<Cell> {
    let may_hang = MayHang { close: fake.may_hang(), ..MayHang::ANYWHERE };
    let circumstance = Circumstance::new(circumstance, may_hang);
    let lives = Occasion::ALL.iter().filter(|occasion| occasion.can_be_left().is_ok());
    let lives = lives.filter(|occasion| occasion.applies::<S>(Manner::Calmly).is_ok());
    let lives: Vec<_> =
        lives.map(|occasion| Cell::new::<S>(circumstance, *occasion, Manner::Calmly)).collect();
    let course = |cell: &Cell| Course::left::<S>(cell, then != Then::Stays).steps;
    let mishaps = [Mishaps::None, Mishaps::One, Mishaps::TwoHeard];
    mishaps.iter().flat_map(|mishaps| lives.iter().flat_map(|life| cells(life, *mishaps, course))).collect()
}

/// Asks, and leaves, until a worker stands at the gate. One that has not begun when its caller leaves is taken back.
fn leave<S: Promise>(pool: &Pool<FakeManager, S>, gate: &Gate) {
    while gate.blocked() == 0 {
        let left = pool.get_timeout(IMPATIENCE);
        assert!(left.is_err_and(|error| error.is_timeout()), "nobody had to be left");
        wait_until("a worker stands at the gate, or none has begun", || {
            let status = pool.status();
            gate.blocked() == 1 || status.in_use + status.connecting == 0
        });
    }
}
