//! `Meeting`: where threads wait for each other, and give up when one of them does not come.

use super::wait::WATCHDOG;
use parking_lot::{Condvar, Mutex};

/// Where a fixed number of threads wait for each other, any number of times.
#[derive(Debug)]
pub struct Meeting {
    threads: usize,
    arrived: Mutex<usize>,
    complete: Condvar,
}

impl Meeting {
    /// A meeting of so many threads.
    pub fn of(threads: usize) -> Self {
        Self { threads, arrived: Mutex::new(0), complete: Condvar::new() }
    }

    /// Waits until all have come.
    pub fn wait(&self) {
        let mut arrived = self.arrived.lock();
        *arrived += 1;
        let round_ends = arrived.div_ceil(self.threads) * self.threads;
        self.complete.notify_all();
        while *arrived < round_ends {
            let waited = self.complete.wait_for(&mut arrived, 2 * WATCHDOG);
            assert!(!waited.timed_out(), "somebody did not come to the meeting");
        }
    }
}
