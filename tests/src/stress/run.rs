//! A run: many threads at one pool that lasts and at others that are closed while they are in use.

use super::breaches::Breaches;
use super::candidate::Candidate;
use super::dice::Dice;
use super::inspection::Inspector;
use super::operation::operate;
use super::subject::{Blueprint, Subject};
use crate::kit::defer::Defer;
use cenote::MayHang;
use parking_lot::Mutex;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

pub(crate) const THREADS: usize = 16;

/// How often a thread ends and another takes its place: threads leave things behind.
const SHIFTS: u64 = 8;

/// The pools of a run.
#[derive(Debug)]
struct Stage<S: Candidate> {
    blueprint: Blueprint<S>,
    /// Lasts until the end. It has no hooks, so that its healthy checkouts are the quickest.
    lasting: Arc<Subject<S>>,
    /// Those that were closed while they were in use; the last one still is.
    passing: Mutex<Vec<Arc<Subject<S>>>>,
    /// How many of them there are, to see without the lock whether there is a new one.
    editions: AtomicUsize,
}

/// Does so many operations with pools of this strategy. What must not be is in what it gives back.
pub(crate) fn run<S: Candidate>(
    strategy: S,
    resized: Option<u64>,
    may_hang: MayHang,
    seed: u64,
    operations: u64,
) -> Vec<String> {
    let breaches = Arc::new(Breaches::default());
    let blueprint = Blueprint { strategy, may_hang, resized, breaches: Arc::clone(&breaches) };
    let mut dice = Dice::new(seed, u64::MAX);
    let stage = Stage {
        lasting: Arc::new(blueprint.build(&mut dice, false)),
        passing: Mutex::new(vec![Arc::new(blueprint.build(&mut dice, true))]),
        editions: AtomicUsize::new(1),
        blueprint,
    };
    let over = AtomicBool::new(false);
    let each = (operations / (THREADS as u64 * SHIFTS)).max(1);
    let working = |thread| {
        let stage = &stage;
        move || stage.shifts(seed, thread, each)
    };
    thread::scope(|scope| {
        let inspector = scope.spawn(|| stage.inspect(&over));
        let is_over = Defer(|| over.store(true, Ordering::Relaxed));
        let lanes: Vec<_> = (0..THREADS as u64).map(|thread| scope.spawn(working(thread))).collect();
        lanes.into_iter().for_each(|lane| end_of(lane));
        drop(is_over);
        end_of(inspector);
    });
    if !breaches.any() {
        stage.end();
    }
    breaches.take()
}

impl<S: Candidate> Stage<S> {
    /// Threads one after another, each with its own dice.
    fn shifts(&self, seed: u64, thread: u64, operations: u64) {
        for shift in 0..SHIFTS {
            let mut dice = Dice::new(seed, thread * SHIFTS + shift);
            thread::scope(|scope| end_of(scope.spawn(|| self.shift(&mut dice, operations))));
        }
    }

    fn shift(&self, dice: &mut Dice, operations: u64) {
        let (mut edition, mut passing) = self.newest();
        for _ in 0..operations {
            if self.blueprint.breaches.any() {
                return;
            }
            if self.editions.load(Ordering::Relaxed) != edition {
                (edition, passing) = self.newest();
            }
            match dice.below(256) {
                0 => self.replace(&passing, edition, dice),
                1..=63 => operate(&passing, dice),
                _ => operate(&self.lasting, dice),
            }
        }
    }

    fn newest(&self) -> (usize, Arc<Subject<S>>) {
        let passing = self.passing.lock();
        (passing.len(), Arc::clone(passing.last().expect("there is always one")))
    }

    /// Closes the passing pool, for all who are at it, and puts another in its place.
    fn replace(&self, passing: &Subject<S>, edition: usize, dice: &mut Dice) {
        match dice.below(2) {
            0 => passing.pool.close(),
            _ => drop(passing.pool.close_and_wait(Duration::from_micros(dice.below(200)))),
        }
        passing.account.shut();
        let hooks = dice.one_in(2);
        let next = Arc::new(self.blueprint.build(dice, hooks));
        let mut all = self.passing.lock();
        if all.len() == edition {
            all.push(next);
            self.editions.store(all.len(), Ordering::Relaxed);
        }
    }

    fn inspect(&self, over: &AtomicBool) {
        let (mut edition, mut passing) = self.newest();
        let (mut lasting_inspector, mut inspector) =
            (Inspector::new(&self.lasting), Inspector::new(&passing));
        while !over.load(Ordering::Relaxed) {
            if self.editions.load(Ordering::Relaxed) != edition {
                (edition, passing) = self.newest();
                inspector = Inspector::new(&passing);
            }
            lasting_inspector.look(&self.lasting);
            inspector.look(&passing);
            thread::yield_now();
        }
    }

    fn end(self) {
        self.lasting.rest();
        self.lasting.conclude();
        for passing in self.passing.into_inner() {
            passing.conclude();
        }
    }
}

/// Waits for a thread, with all that it does at its end: a scope would not.
fn end_of(thread: ScopedJoinHandle<'_, ()>) {
    thread.join().unwrap_or_else(|payload| resume_unwind(payload));
}
