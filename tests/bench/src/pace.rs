//! `Pace`: how many rounds, how long a sample, which settings; quick or thorough.

use std::time::Duration;

/// How thorough a run is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) quick: bool,
    /// Rounds of a case whose samples are short.
    pub(crate) rounds: usize,
    /// Rounds of a case whose samples take a while.
    pub(crate) long_rounds: usize,
    /// How long a short sample takes, about.
    pub(crate) sample: Duration,
    /// How long a sample of many threads takes.
    pub(crate) long_sample: Duration,
}

impl Pace {
    pub(crate) const QUICK: Self = Self {
        quick: true,
        rounds: 61,
        long_rounds: 11,
        sample: Duration::from_millis(2),
        long_sample: Duration::from_millis(150),
    };

    pub(crate) const THOROUGH: Self = Self {
        quick: false,
        rounds: 201,
        long_rounds: 15,
        sample: Duration::from_millis(5),
        long_sample: Duration::from_millis(300),
    };
}
