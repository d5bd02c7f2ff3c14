//! `FirstConnect`: something that is done once a pool, by whoever connects first, while the others wait.

use crate::sync::{AtomicBool, Condvar, Mutex, Ordering};
use crate::time::Deadline;

/// Done once a pool: by whoever connects first, and if that fails, by the next. The others wait for it.
#[derive(Debug, Default)]
pub(crate) struct FirstConnect {
    done: AtomicBool,
    under_way: Mutex<bool>,
    bell: Condvar,
}

/// The deadline passed while somebody else was at it.
#[derive(Debug)]
pub(crate) struct TooLate;

/// The turn of the one that is at it: over when this is dropped, however it went.
#[must_use]
struct Turn<'f>(&'f FirstConnect);

impl FirstConnect {
    /// Has it done, by this caller or by another one.
    pub(crate) fn ensure<E>(
        &self,
        deadline: Deadline,
        act: impl FnOnce() -> Result<(), E>,
    ) -> Result<Result<(), E>, TooLate> {
        if self.done.load(Ordering::Acquire) {
            return Ok(Ok(()));
        }
        let mut under_way = self.under_way.lock();
        while *under_way {
            let timed_out = match deadline.instant() {
                Some(instant) => self.bell.wait_until(&mut under_way, instant).timed_out(),
                None => {
                    self.bell.wait(&mut under_way);
                    false
                }
            };
            if timed_out && *under_way {
                return Err(TooLate);
            }
        }
        if self.done.load(Ordering::Acquire) {
            return Ok(Ok(()));
        }
        *under_way = true;
        drop(under_way);
        let turn = Turn(self);
        let outcome = act();
        if outcome.is_ok() {
            self.done.store(true, Ordering::Release);
        }
        drop(turn);
        Ok(outcome)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.under_way.lock() = false;
        self.0.bell.notify_all();
    }
}
