//! Models of what is done once a pool: exactly once it goes well, and nobody waits for one that is gone.

use super::bounds::{join, model, seen};
use crate::first_connect::{FirstConnect, TooLate};
use crate::time::Deadline;
use loom::cell::UnsafeCell;
use loom::thread::{JoinHandle, spawn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What is to be done once, and how often it was tried and went well.
#[derive(Default)]
struct Scene {
    once: FirstConnect,
    /// loom fails the model if two are at it, or if one goes on that does not see what was done.
    work: UnsafeCell<()>,
    tried: AtomicUsize,
    done: AtomicUsize,
}

/// How the first try ends.
#[derive(Clone, Copy)]
enum First {
    Succeeds,
    Fails,
    Panics,
}

impl Scene {
    fn caller(self: &Arc<Self>, first: First, within: Duration) -> JoinHandle<()> {
        let scene = Arc::clone(self);
        spawn(move || scene.ensure(first, within))
    }

    fn ensure(&self, first: First, within: Duration) {
        let ensured = catch_unwind(AssertUnwindSafe(|| {
            self.once.ensure(Deadline::after(within), || {
                self.work.with_mut(|_| ());
                match first {
                    First::Fails if self.tried.fetch_add(1, Ordering::Relaxed) == 0 => return Err(()),
                    First::Panics if self.tried.fetch_add(1, Ordering::Relaxed) == 0 => {
                        resume_unwind(Box::new("the first panics"))
                    }
                    _ => {}
                }
                self.done.fetch_add(1, Ordering::Relaxed);
                Ok(())
            })
        }));
        match ensured {
            Ok(Ok(Ok(()))) => self.work.with(|_| ()),
            Ok(Ok(Err(()))) => seen("one failed"),
            Ok(Err(TooLate)) => seen("one was too late"),
            Err(_) => seen("one panicked"),
        }
    }
}

fn three_callers(name: &str, first: First, within: Duration, sights: &[&str]) {
    model(name, 4, sights, move || {
        #[expect(clippy::arc_with_non_send_sync, reason = "loom's threads share it, and loom watches them")]
        let scene = Arc::new(Scene::default());
        let others = [(); 2].map(|()| scene.caller(first, within));
        scene.ensure(first, Duration::MAX);
        for caller in others {
            join(caller);
        }
        assert_eq!(scene.done.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn of_callers_that_meet_exactly_one_does_it() {
    three_callers("three callers", First::Succeeds, Duration::MAX, &[]);
}

#[test]
fn after_a_failure_the_next_does_it() {
    three_callers("three callers, the first fails", First::Fails, Duration::MAX, &["one failed"]);
}

#[test]
fn after_a_panic_the_next_does_it() {
    three_callers("three callers, the first panics", First::Panics, Duration::MAX, &["one panicked"]);
}

#[test]
fn one_whose_deadline_passes_leaves_it_to_the_others() {
    let sights = ["one was too late"];
    three_callers("three callers, two of them in a hurry", First::Succeeds, Duration::ZERO, &sights);
}
