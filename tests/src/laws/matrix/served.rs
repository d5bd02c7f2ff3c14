//! Whatever goes wrong, whoever waits for the place is served, and what is left is as ever.

use super::actor::Actor;
use super::aftermath;
use super::cell::Cell;
use super::circumstance::Circumstance;
use super::course::Course;
use super::laws::may_hang;
use super::manner::Manner;
use super::mishap;
use super::occasion::Occasion;
use super::stage::Stage;
use super::sweep::{Mishaps, cells, sweep};
use super::waiter::Waiter;
use crate::backends::Fake;
use crate::fake::FakeError;
use crate::kit::{names, workers};
use crate::promise::Promise;
use cenote::Error;
use std::thread;

/// Whatever goes wrong, the one that waits is served.
pub fn whatever_goes_wrong_serves_a_waiter<S: Promise>(fake: &Fake) {
    serves_a_waiter::<S>("one mishap, one waits", fake, &[Manner::Calmly], Mishaps::One);
}

/// Whatever two things go wrong in one life, the one that waits is served.
pub fn whatever_two_things_go_wrong_serve_a_waiter<S: Promise>(fake: &Fake) {
    serves_a_waiter::<S>("two mishaps, one waits", fake, &[Manner::Calmly], Mishaps::TwoHeard);
}

/// Whatever goes wrong while a panic unwinds, the one that waits is served.
pub fn whatever_goes_wrong_while_a_panic_unwinds_serves_a_waiter<S: Promise>(fake: &Fake) {
    serves_a_waiter::<S>(
        "a panic, one waits",
        fake,
        &[Manner::Unwinding, Manner::InADestructor],
        Mishaps::One,
    );
}

/// Lives each cell while somebody waits in line: the life stands still at its first step until then.
fn serves_a_waiter<S: Promise>(
    circumstance: &'static str,
    fake: &Fake,
    manners: &[Manner],
    mishaps: Mishaps,
) {
    let (name, circumstance) = (names::unique(), Circumstance::new(circumstance, may_hang(fake)));
    let lives = manners.iter().flat_map(|manner| Occasion::ALL.iter().map(|occasion| (*occasion, *manner)));
    let lives = lives.filter(|(occasion, manner)| occasion.applies::<S>(*manner).is_ok());
    let lives = lives.filter(|(occasion, _)| occasion.can_be_waited_for().is_ok());
    let lives = lives.map(|(occasion, manner)| Cell::new::<S>(circumstance, occasion, manner));
    let cells = lives.flat_map(|life| cells(&life, mishaps, |cell| Course::of::<S>(cell).steps));
    sweep(cells, |cell| {
        let course = Course::of::<S>(cell);
        let stage = Stage::new(cell, &name);
        let pool = stage.pool::<S>();
        let first = course.steps[0];
        let gate = stage.go_wrong(&cell.mishaps, Some(first)).expect("a gate was asked for");
        let actor = Actor { stage: &stage, manner: cell.manner };
        let (ended, served) = thread::scope(|scope| {
            let life = scope.spawn(|| cell.manner.live(|| actor.live_at(&pool)));
            gate.wait_for_arrivals(1);
            let waiter = Waiter::line_up(scope, &pool);
            mishap::open(&gate, first, &cell.mishaps);
            let ended = life.join().expect("it catches what it causes");
            (ended, waiter.outcome())
        });
        assert_eq!(ended, course.ended, "how it ended for the one that lived it");
        assert_eq!(
            served,
            if pool.is_closed() { Err(Error::<FakeError>::Closed.to_string()) } else { Ok(()) },
            "the waiter"
        );
        let course = Course { idle: usize::from(served.is_ok()), ..course };
        aftermath::settle(&stage, &course, Some(&pool));
        aftermath::nothing_is_left(&stage, &pool, &course);
        aftermath::lends_and_ends(&stage, pool);
    });
    workers::wait_until_none(&name);
}
