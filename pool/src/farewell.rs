//! `Farewell`: waits until everything of a closed pool is home.

use crate::sync::{Condvar, Mutex};
use crate::time::Deadline;

/// Where one waits until a closed pool is empty. Whoever frees a place or closes a connection announces it.
#[derive(Debug, Default)]
pub(crate) struct Farewell {
    guests: Mutex<usize>,
    bell: Condvar,
}

impl Farewell {
    /// Tells those who wait to look again. What changed must be visible before the call.
    pub(crate) fn announce(&self) {
        if *self.guests.lock() > 0 {
            self.bell.notify_all();
        }
    }

    /// Waits until it is over; tells whether it was before the deadline.
    pub(crate) fn wait(&self, deadline: Deadline, is_over: impl Fn() -> bool) -> bool {
        let mut guests = self.guests.lock();
        *guests += 1;
        let mut over = is_over();
        while !over {
            let timed_out = match deadline.instant() {
                Some(instant) => self.bell.wait_until(&mut guests, instant).timed_out(),
                None => {
                    self.bell.wait(&mut guests);
                    false
                }
            };
            over = is_over();
            if timed_out {
                break;
            }
        }
        *guests -= 1;
        over
    }
}
