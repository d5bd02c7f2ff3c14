//! Whatever goes wrong, alone or together, in whatever life: nothing is taken afterwards, nothing open that should not.

use super::actor::Actor;
use super::aftermath;
use super::cell::Cell;
use super::circumstance::{Circumstance, Returns};
use super::course::Course;
use super::manner::Manner;
use super::mishap::{Mishap, every_step, ways};
use super::occasion::Occasion;
use super::stage::Stage;
use super::sweep::{Mishaps, cells, sweep};
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::{names, workers};
use crate::promise::{Ability, Promise};
use crate::table::Reason;
use cenote::MayHang;
use std::collections::BTreeSet;

/// Every step that there is, and every way in which it can go wrong, is in some cell; or it is said why not.
pub fn every_step_goes_wrong_in_some_cell<S: Promise>(fake: &Fake) {
    let rolls_back = Circumstance::new("any", may_hang(fake));
    let commits = Circumstance { returns: Returns::Commit, ..rolls_back };
    let mut cells = all::<S>(rolls_back, Manner::ALL, Mishaps::One);
    cells.extend(all::<S>(rolls_back, Manner::ALL, Mishaps::Two));
    cells.extend(all::<S>(commits, Manner::ALL, Mishaps::One));
    let tried: BTreeSet<_> = cells.iter().flat_map(|cell| &cell.mishaps).map(Mishap::to_string).collect();
    for step in every_step() {
        for way in ways(step) {
            let mishap = Mishap { step, nth: 1, way: *way }.to_string();
            assert_eq!(tried.contains(&mishap), exists::<S>(step).is_ok(), "{mishap}");
        }
    }
}

/// Without a mishap, every life comes to the steps of its course, and to no others.
pub fn every_life_takes_its_course<S: Promise>(fake: &Fake) {
    for returns in [Returns::RollBack, Returns::Commit, Returns::OnAWorker] {
        let circumstance = Circumstance { returns, ..Circumstance::new("undisturbed", may_hang(fake)) };
        leaves_nothing_taken::<S>(all::<S>(circumstance, Manner::ALL, Mishaps::None));
    }
}

/// Whatever goes wrong, nothing stays taken, nothing open.
pub fn whatever_goes_wrong_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let circumstance = Circumstance::new("one mishap", may_hang(fake));
    leaves_nothing_taken::<S>(all::<S>(circumstance, &[Manner::Calmly], Mishaps::One));
}

/// Whatever two things go wrong in one life, neither.
pub fn whatever_two_things_go_wrong_leave_nothing_taken<S: Promise>(fake: &Fake) {
    let circumstance = Circumstance::new("two mishaps", may_hang(fake));
    leaves_nothing_taken::<S>(all::<S>(circumstance, &[Manner::Calmly], Mishaps::Two));
}

/// Whatever goes wrong when a panic drops what its user has, neither, and the process goes on.
pub fn whatever_goes_wrong_while_a_panic_unwinds_aborts_nothing<S: Promise>(fake: &Fake) {
    let circumstance = Circumstance::new("unwinding", may_hang(fake));
    for mishaps in [Mishaps::One, Mishaps::TwoHeard] {
        leaves_nothing_taken::<S>(all::<S>(circumstance, &[Manner::Unwinding], mishaps));
    }
}

/// Whatever goes wrong in a destructor that a panic runs, neither, and the process goes on.
pub fn whatever_goes_wrong_in_a_destructor_aborts_nothing<S: Promise>(fake: &Fake) {
    let circumstance = Circumstance::new("destructor", may_hang(fake));
    for mishaps in [Mishaps::One, Mishaps::TwoHeard] {
        leaves_nothing_taken::<S>(all::<S>(circumstance, &[Manner::InADestructor], mishaps));
    }
}

/// Whatever goes wrong where a driver may hang in one of its calls and bounds the others, neither.
pub fn whatever_goes_wrong_where_only_some_calls_may_hang_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let one = may_hang(fake);
    let flip = [
        MayHang { connect: !one.connect, ..one },
        MayHang { is_valid: !one.is_valid, ..one },
        MayHang { close: !one.close, ..one },
    ];
    for may_hang in flip {
        let circumstance = Circumstance::new("some on a worker", may_hang);
        leaves_nothing_taken::<S>(all::<S>(circumstance, &[Manner::Calmly], Mishaps::One));
    }
}

/// Whatever goes wrong where a return commits, or is done by a worker, neither.
pub fn whatever_goes_wrong_however_one_returns_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    for returns in [Returns::Commit, Returns::OnAWorker] {
        let circumstance = Circumstance { returns, ..Circumstance::new("other returns", may_hang(fake)) };
        leaves_nothing_taken::<S>(all::<S>(circumstance, Manner::ALL, Mishaps::One));
    }
}

/// Where the calls of this variant of the driver run.
pub(super) fn may_hang(fake: &Fake) -> MayHang {
    if fake.may_hang() { MayHang::ANYWHERE } else { MayHang::NOTHING }
}

/// All cells of the lives that this strategy has.
fn all<S: Promise>(circumstance: Circumstance, manners: &[Manner], mishaps: Mishaps) -> Vec<Cell> {
    let lives = Occasion::ALL.iter().flat_map(|occasion| manners.iter().map(|manner| (*occasion, *manner)));
    let lives = lives.filter(|(occasion, manner)| occasion.applies::<S>(*manner).is_ok());
    let lives = lives.map(|(occasion, manner)| Cell::new::<S>(circumstance, occasion, manner));
    lives.flat_map(|life| cells(&life, mishaps, |cell| Course::of::<S>(cell).steps)).collect()
}

/// Lives each cell, and looks at what is left.
fn leaves_nothing_taken<S: Promise>(cells: Vec<Cell>) {
    let name = names::unique();
    sweep(cells, |cell| {
        let course = Course::of::<S>(cell);
        let stage = Stage::new(cell, &name);
        let actor = Actor { stage: &stage, manner: cell.manner };
        let (ended, pool) = actor.live::<S>(&cell.mishaps);
        aftermath::settle(&stage, &course, pool.as_ref());
        aftermath::went_as(&stage, &course);
        assert_eq!(ended, course.ended, "how it ended for the one that lived it");
        if let Some(pool) = pool {
            aftermath::nothing_is_left(&stage, &pool, &course);
            aftermath::lends_and_ends(&stage, pool);
        }
    });
    workers::wait_until_none(&name);
}

/// Whether this strategy ever comes to a step; else in words why not.
fn exists<S: Promise>(step: Call) -> Result<(), Reason> {
    match step {
        Call::IsValid | Call::Classify | Call::Rollback | Call::HasBroken | Call::MayHang => {
            S::has(Ability::Keeps)
        }
        Call::Hook("reset" | "checkin" | "soft_invalidate") => S::has(Ability::Keeps),
        Call::Told("soft_invalidate") => S::has(Ability::Keeps),
        _ => Ok(()),
    }
}
