//! Whatever goes wrong on a worker that cleans what comes home, when the one that returned it has left.

use super::actor::Actor;
use super::aftermath;
use super::cell::Cell;
use super::circumstance::{Circumstance, Returns};
use super::course::Course;
use super::laws::may_hang;
use super::manner::Manner;
use super::mishap;
use super::occasion::Occasion;
use super::stage::Stage;
use super::sweep::{Mishaps, cells, sweep};
use super::waiter;
use crate::backends::Fake;
use crate::kit::{names, workers};
use crate::promise::Promise;

/// Whatever goes wrong when the one that returned has left, nothing stays taken.
pub fn whatever_goes_wrong_after_its_returner_left_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let name = names::unique();
    sweep(all::<S>("its returner left", fake), |cell| {
        let course = Course::of::<S>(cell);
        let stage = Stage::new(cell, &name);
        let pool = stage.pool::<S>();
        let step = course.of_the_return()[0];
        let gate = stage.go_wrong(&cell.mishaps, Some(step)).expect("a gate was asked for");
        let ended = Actor { stage: &stage, manner: cell.manner }.live_at(&pool);
        assert_eq!(ended, Ok(()), "how it ended for the one that returned");
        mishap::open(&gate, step, &cell.mishaps);
        aftermath::settle(&stage, &course, Some(&pool));
        aftermath::went_as(&stage, &course);
        aftermath::nothing_is_left(&stage, &pool, &course);
        aftermath::lends_and_ends(&stage, pool);
    });
    workers::wait_until_none(&name);
}

/// Whatever goes wrong when the one that returned has left, the next one, who waits for the place, is served.
pub fn whatever_goes_wrong_after_its_returner_left_serves_a_waiter<S: Promise>(fake: &Fake) {
    let name = names::unique();
    let cells = all::<S>("its returner left, one waits", fake);
    sweep(cells.into_iter().filter(|cell| cell.occasion != Occasion::ClosedWhileOut), |cell| {
        let course = Course::of::<S>(cell);
        let stage = Stage::new(cell, &name);
        let pool = stage.pool::<S>();
        let step = course.of_the_return()[0];
        let gate = stage.go_wrong(&cell.mishaps, Some(step)).expect("a gate was asked for");
        let ended = Actor { stage: &stage, manner: cell.manner }.live_at(&pool);
        assert_eq!(ended, Ok(()), "how it ended for the one that returned");
        waiter::is_served(&stage, course, pool, || mishap::open(&gate, step, &cell.mishaps));
    });
    workers::wait_until_none(&name);
}

/// All cells of the lives whose return can be left, with one mishap in it and with two.
fn all<S: Promise>(circumstance: &'static str, fake: &Fake) -> Vec<Cell> {
    let returns = Returns::LeftToAWorker;
    let circumstance = Circumstance { returns, ..Circumstance::new(circumstance, may_hang(fake)) };
    let lives = Occasion::ALL.iter().filter(|occasion| occasion.return_can_be_left().is_ok());
    let lives = lives.filter(|occasion| occasion.applies::<S>(Manner::Calmly).is_ok());
    let lives: Vec<_> =
        lives.map(|occasion| Cell::new::<S>(circumstance, *occasion, Manner::Calmly)).collect();
    let course = |cell: &Cell| Course::of::<S>(cell).of_the_return().to_vec();
    let mishaps = [Mishaps::None, Mishaps::One, Mishaps::TwoHeard];
    mishaps.iter().flat_map(|mishaps| lives.iter().flat_map(|life| cells(life, *mishaps, course))).collect()
}
