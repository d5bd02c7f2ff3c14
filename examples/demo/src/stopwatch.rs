//! `Stopwatch`: the one place where the demo asks the clock.
#![expect(clippy::disallowed_methods, reason = "a demo measures what a user would: real time")]

use std::time::{Duration, Instant};

/// Measures the time since it was started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch {
    started: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now() }
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.started.elapsed()
    }
}
