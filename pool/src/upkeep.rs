//! `Upkeep`: what a strategy wants done to its idle connections while nobody asks for one.

use crate::invalid_argument::InvalidArgument;
use std::time::Duration;

/// What is to be done to idle connections while nobody asks for one. Nothing, unless the user says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upkeep {
    /// So many are to be idle; missing ones are opened ahead of need.
    pub(crate) min_idle: usize,
    /// One that has been idle for that long is closed, as long as `min_idle` others are.
    pub(crate) idle_timeout: Option<Duration>,
    /// One that has been idle and unasked for that long is asked whether it still works.
    pub(crate) keepalive: Option<Duration>,
}

/// How often one looks after missing connections.
const REFILL: Duration = Duration::from_millis(250);

/// How often one looks at the least, and at the most.
const SELDOM: Duration = Duration::from_secs(30);
const OFTEN: Duration = Duration::from_millis(5);

impl Upkeep {
    pub(crate) const NONE: Self = Self { min_idle: 0, idle_timeout: None, keepalive: None };

    /// How often one must look; none if there is nothing to look after.
    pub(crate) fn period(&self) -> Option<Duration> {
        let quarter = |period: Duration| (period / 4).clamp(OFTEN, SELDOM);
        let refill = (self.min_idle > 0).then_some(REFILL);
        [refill, self.idle_timeout.map(quarter), self.keepalive.map(quarter)].into_iter().flatten().min()
    }

    pub(crate) fn check(&self, size: usize) -> Result<(), InvalidArgument> {
        if self.min_idle > size {
            let problem =
                format!("is {}, but only {size} are kept; raise size or ask for fewer", self.min_idle);
            return Err(InvalidArgument::new("min_idle", problem));
        }
        if self.idle_timeout == Some(Duration::ZERO) {
            return Err(InvalidArgument::new(
                "idle_timeout",
                "is zero, which would close every connection at its return; use size(0) or the strategy Null for that, \
                 or None to keep idle ones",
            ));
        }
        if self.keepalive == Some(Duration::ZERO) {
            return Err(InvalidArgument::new(
                "keepalive",
                "is zero, which would ask idle connections without end; give it some time, or None for never",
            ));
        }
        Ok(())
    }
}
