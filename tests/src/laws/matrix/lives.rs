//! The lives: what is done in each, and the steps that it comes to.

use super::cell::Cell;
use super::ended::Ended;
use super::manner::Manner;
use super::occasion::Occasion;
use super::steps::{Held, Steps};
use crate::fake::Call;
use crate::promise::{Ability, Promise};

/// The pool as this life finds it.
pub(super) fn before<S: Promise>(cell: &Cell) -> Steps<'_> {
    let (keeps, occasion) = (S::has(Ability::Keeps).is_ok(), cell.occasion);
    let mut steps = Steps::new(cell, keeps);
    steps.first_connect_is_over = !matches!(occasion, Occasion::First | Occasion::Built);
    steps.records = usize::from(steps.first_connect_is_over);
    if keeps && steps.first_connect_is_over {
        let is_stale = matches!(occasion, Occasion::TooOld | Occasion::Older | Occasion::Replaced);
        steps.idle.push(Held { is_stale, is_hung_with: true });
    }
    steps
}

/// Lives it to its end.
pub(super) fn live<S: Promise>(steps: &mut Steps<'_>, occasion: Occasion) -> Result<(), Ended> {
    match occasion {
        Occasion::First
        | Occasion::Again
        | Occasion::Checked
        | Occasion::TooOld
        | Occasion::Older
        | Occasion::Replaced
        | Occasion::Shared => {
            let held = get(steps, occasion)?;
            leave(steps, held)
        }
        Occasion::SoftInvalidated => {
            let held = get(steps, occasion)?;
            if let Err(ended) = steps.call(Call::Hook("soft_invalidate")) {
                steps.drop_by_a_panic(held);
                return Err(ended);
            }
            steps.call_quietly(Call::Told("soft_invalidate"));
            leave(steps, held)
        }
        Occasion::ReturnedToGo => {
            let held = get(steps, occasion)?;
            leave(steps, Held { is_stale: true, ..held })
        }
        Occasion::ClosedWhileOut => {
            let held = get(steps, occasion)?;
            steps.close_pool(true);
            leave(steps, Held { is_stale: true, ..held })
        }
        Occasion::Outlived => {
            let held = get(steps, occasion).map(|held| Held { is_stale: true, ..held });
            steps.close_pool(held.is_ok());
            leave(steps, held?)
        }
        Occasion::Invalidated => {
            let held = get(steps, occasion)?;
            steps.end(held, true);
            Ok(())
        }
        Occasion::Detached => {
            let held = detach(steps, occasion)?;
            steps.call_quietly(Call::Told("reset"));
            steps.close("close_detached", held);
            Ok(())
        }
        Occasion::TakenOut => {
            let held = detach(steps, occasion)?;
            steps.call_quietly(Call::Info);
            steps.out.push(held);
            Ok(())
        }
        Occasion::Disposed | Occasion::ThreadEnded => {
            end_idle(steps);
            Ok(())
        }
        Occasion::Closed | Occasion::Dropped => {
            steps.close_pool(false);
            Ok(())
        }
        Occasion::Evicted => {
            let lived = get_in_place_of_another(steps).and_then(|held| leave(steps, held));
            end_idle(steps);
            lived
        }
        Occasion::Built => build::<S>(steps),
    }
}

/// Finds a connection that is fit, or makes one.
pub(super) fn fetch(steps: &mut Steps<'_>, occasion: Occasion) -> Result<Held, Ended> {
    match steps.idle.pop() {
        None => steps.open(),
        Some(held) if held.is_stale => {
            steps.end_in_place(held, false);
            steps.open()
        }
        Some(held) if occasion == Occasion::Checked => steps.check(held),
        Some(held) => Ok(held),
    }
}

/// How many connections a pool opens when it is built.
pub(super) fn at_once<S: Promise>() -> usize {
    if S::has(Ability::Nests).is_ok() { 2 } else { 1 }
}

/// A checkout.
fn get(steps: &mut Steps<'_>, occasion: Occasion) -> Result<Held, Ended> {
    let held = fetch(steps, occasion)?;
    steps.show(held)
}

/// A checkout, and a detach.
fn detach(steps: &mut Steps<'_>, occasion: Occasion) -> Result<Held, Ended> {
    let held = get(steps, occasion)?;
    if let Err(ended) = steps.call(Call::Hook("detach")) {
        steps.end(held, true);
        return Err(ended);
    }
    steps.call_quietly(Call::Told("detach"));
    Ok(held)
}

fn get_in_place_of_another(steps: &mut Steps<'_>) -> Result<Held, Ended> {
    if let Some(evicted) = steps.idle.pop() {
        steps.end_in_place(evicted, false);
    }
    get(steps, Occasion::Evicted)
}

/// What becomes of a handle at the end of its scope.
fn leave(steps: &mut Steps<'_>, held: Held) -> Result<(), Ended> {
    if steps.manner != Manner::Unwinding {
        return steps.give_back(held);
    }
    steps.end(held, true);
    Ok(())
}

fn end_idle(steps: &mut Steps<'_>) {
    while let Some(held) = steps.idle.pop() {
        steps.end(held, false);
    }
}

/// Opens all, then takes them home: those that a panic drops are closed. If it goes wrong, nothing is left of the pool.
fn build<S: Promise>(steps: &mut Steps<'_>) -> Result<(), Ended> {
    steps.call(Call::MayHang)?;
    let mut built = Ok(());
    while built.is_ok() && steps.out.len() < at_once::<S>() {
        built = steps.open().and_then(|held| steps.show(held)).map(|held| steps.out.push(held));
    }
    for held in std::mem::take(&mut steps.out) {
        if steps.manner == Manner::Calmly && matches!(built, Err(Ended::Panicked(_))) {
            steps.end(held, true);
            continue;
        }
        if let Err(ended) = steps.give_back(held) {
            built = Err(ended);
        }
    }
    if built.is_err() {
        steps.close_pool(false);
    }
    built
}
