//! Retry: a connect that fails is tried again, with growing pauses, while somebody wants it.

use crate::manager::Manager;
use crate::open_error::OpenError;
use crate::place::Place;
use crate::strategy::Strategy;
use crate::time::Deadline;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Whether a connect has been tried before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Try {
    First,
    Again,
}

/// The pause before a second try; it doubles from one to the next.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// The longest pause: after a restart, nobody waits longer for the next try.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

impl<M: Manager, S: Strategy> Place<'_, M, S> {
    /// As [`fill`](Self::fill), on a worker: if the pool tries again, as long as the connection is wanted and there is
    /// time.
    pub(crate) fn fill_at_last(
        &mut self,
        deadline: Deadline,
        first: Try,
        wanted: impl Fn() -> bool,
    ) -> Result<(), OpenError<M::Error>> {
        let mut pause = FIRST_PAUSE;
        if first == Try::Again {
            self.rest(&mut pause, deadline);
        }
        loop {
            let failed = match self.fill(deadline) {
                Ok(()) => return Ok(()),
                Err(failed) => failed,
            };
            let driver = &self.shared().driver;
            if !driver.tries_again(&failed) || deadline.remaining().is_zero() || !wanted() {
                return Err(failed);
            }
            self.rest(&mut pause, deadline);
        }
    }

    /// Waits for half of the pause and up to all of it, so that not all come back together.
    fn rest(&self, pause: &mut Duration, deadline: Deadline) {
        let driver = &self.shared().driver;
        let share = driver.watch.share(driver.counters.connect_errors.load(Ordering::Relaxed));
        driver.crew.pause(pause.mul_f64(0.5 + share / 2.0).min(deadline.remaining()));
        *pause = (*pause * 2).min(LONGEST_PAUSE);
    }
}
