//! `Hold`: how long a connection is held, and whether its user computes or sleeps meanwhile.

use std::fmt;
use std::hint::black_box;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

/// What one does that has a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Hold {
    /// Gives it back at once.
    Nothing,
    /// Computes as much as takes so long on a processor of its own.
    Compute(Duration),
    /// Waits for an answer.
    Sleep(Duration),
}

impl Hold {
    pub(crate) fn pass(self) {
        match self {
            Self::Nothing => {}
            Self::Compute(time) => compute((time.as_nanos() as f64 * *STEPS_PER_NANOSECOND) as u64),
            Self::Sleep(time) => thread::sleep(time),
        }
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("held 0 us"),
            Self::Compute(time) => write!(f, "held {} us, computing", time.as_micros()),
            Self::Sleep(time) => write!(f, "held {} us, asleep", time.as_micros()),
        }
    }
}

/// Found out once, by the fastest of many trials: that one was not disturbed.
static STEPS_PER_NANOSECOND: LazyLock<f64> = LazyLock::new(|| {
    const STEPS: u64 = 100_000;
    let trials = (0..50).map(|_| {
        let start = Instant::now();
        compute(STEPS);
        start.elapsed()
    });
    let fastest = trials.min().unwrap_or(Duration::from_millis(1));
    STEPS as f64 / fastest.as_nanos() as f64
});

/// Steps of a multiplication each, one after another. Counted and not timed: what runs while another thread has the
/// processor is no work.
fn compute(steps: u64) {
    let mut state = 1_u64;
    for _ in 0..steps {
        state = black_box(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    }
}
