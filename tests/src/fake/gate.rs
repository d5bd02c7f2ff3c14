//! `Gate`: where a call of the fake driver stands still until the script lets it go on.

use super::rule::Ending;
use crate::kit::wait::WATCHDOG;
use cenote::Fault;
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;

/// Where calls of the fake driver stand still until they are let go. Dropping it lets them go.
#[derive(Debug)]
pub struct Gate(Arc<Barrier>);

/// The part of a gate that the script's rule holds.
#[derive(Debug, Default)]
pub(crate) struct Barrier {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    arrived: usize,
    blocked: usize,
    released: Option<Ending>,
}

impl Gate {
    pub(crate) fn new() -> (Self, Arc<Barrier>) {
        let barrier = Arc::new(Barrier::default());
        (Self(Arc::clone(&barrier)), barrier)
    }

    /// Waits until `count` calls have arrived here, whether they still stand or not.
    pub fn wait_for_arrivals(&self, count: usize) {
        let mut state = self.0.state.lock();
        while state.arrived < count {
            let waited = self.0.changed.wait_for(&mut state, WATCHDOG);
            assert!(!waited.timed_out(), "only {} of {count} calls arrived at the gate", state.arrived);
        }
    }

    /// How many calls stand here now.
    pub fn blocked(&self) -> usize {
        self.0.state.lock().blocked
    }

    /// Lets them, and all that come later, go on as if nothing had been.
    pub fn release(&self) {
        self.open(Ending::Succeed);
    }

    /// Lets them, and all that come later, fail.
    pub fn release_to_fail(&self, fault: Fault) {
        self.open(Ending::Fail(fault));
    }

    /// Lets them, and all that come later, panic.
    pub fn release_to_panic(&self) {
        self.open(Ending::Panic);
    }

    /// Lets them, and all that come later, panic with something that panics again when it is dropped.
    pub fn release_to_explode(&self) {
        self.open(Ending::Explode);
    }

    fn open(&self, ending: Ending) {
        self.0.state.lock().released = Some(ending);
        self.0.changed.notify_all();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        if state.released.is_none() {
            state.released = Some(Ending::Succeed);
            self.0.changed.notify_all();
        }
    }
}

impl Barrier {
    /// Stands still until the gate is open, and says how to go on.
    pub(crate) fn pass(&self) -> Ending {
        let mut state = self.state.lock();
        state.arrived += 1;
        state.blocked += 1;
        self.changed.notify_all();
        loop {
            if let Some(ending) = state.released {
                state.blocked -= 1;
                return ending;
            }
            let waited = self.changed.wait_for(&mut state, 2 * WATCHDOG);
            assert!(!waited.timed_out(), "nobody opened the gate");
        }
    }
}
