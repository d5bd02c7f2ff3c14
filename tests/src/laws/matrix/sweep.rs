//! The sweep over the matrix: every cell of a circumstance, each tried, and the red ones named.

use super::cell::Cell;
use super::mishap::{Mishap, ways};
use super::under_way::UnderWay;
use crate::fake::Call;
use crate::kit::panics::message;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many mishaps a life has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishaps {
    None,
    One,
    Two,
    /// Two, of each of which somebody hears: what is caught where it happens is tried alone, and with `Two`.
    TwoHeard,
}

/// So many red cells are named; with more, one does not see more.
const MOST: usize = 3;

/// All cells of a life with so many mishaps: each step of its course, in each way, and with two, each step that the
/// course comes to after the first.
pub(super) fn cells(cell: &Cell, mishaps: Mishaps, course: impl Fn(&Cell) -> Vec<Call>) -> Vec<Cell> {
    let how_many = match mishaps {
        Mishaps::None => 0,
        Mishaps::One => 1,
        Mishaps::Two | Mishaps::TwoHeard => 2,
    };
    let mut all = vec![cell.clone()];
    for _ in 0..how_many {
        all = all.iter().flat_map(|cell| one_more(cell, &course(cell))).collect();
        if mishaps == Mishaps::TwoHeard {
            all.retain(|cell| cell.mishaps.iter().all(|mishap| mishap.step.is_heard()));
        }
    }
    all
}

/// Tries every cell. Panics if one is red, and names it.
pub(super) fn sweep(cells: impl IntoIterator<Item = Cell>, attempt: impl Fn(&Cell)) {
    let (mut red, mut tried) = (Vec::new(), 0);
    for cell in cells {
        let _under_way = UnderWay::new(cell.clone());
        tried += 1;
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| attempt(&cell))) {
            red.push(format!("{cell}: {}", message(&*payload)));
        }
        if red.len() == MOST {
            break;
        }
    }
    assert!(tried > 0, "no cell at all");
    assert!(red.is_empty(), "red after {tried} cells:\n{}", red.join("\n"));
}

/// The same with one mishap more, after those that it has.
fn one_more(cell: &Cell, steps: &[Call]) -> Vec<Cell> {
    let is_last = |at: &usize| {
        let nth = steps[..=*at].iter().filter(|step| **step == steps[*at]).count();
        cell.mishaps.last().is_some_and(|last| (last.step, last.nth) == (steps[*at], nth))
    };
    let begin = (0..steps.len()).find(is_last).map_or(0, |at| at + 1);
    let mut cells = Vec::new();
    for at in begin..steps.len() {
        let step = steps[at];
        let nth = steps[..=at].iter().filter(|before| **before == step).count();
        for way in ways(step) {
            let mut cell = cell.clone();
            cell.mishaps.push(Mishap { step, nth, way: *way });
            cells.push(cell);
        }
    }
    cells
}
