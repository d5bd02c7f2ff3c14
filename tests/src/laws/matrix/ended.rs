//! `Ended`: how a life ends before its time.

use crate::fake::Call;
use crate::kit::panics::scripted;

/// How a life ends before its time, seen by the one that lives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    /// With an error.
    Failed,
    /// At its deadline, which is for no life to reach.
    TimedOut,
    /// With the panic of this step, by name.
    Panicked(String),
}

/// Does something, and says whether it panicked.
pub(super) fn of<R>(action: impl FnOnce() -> R) -> Result<R, Ended> {
    scripted(action).map_err(|panic| Ended::Panicked(panic.0))
}

/// With the panic of this step.
pub(super) fn panicked(step: Call) -> Ended {
    Ended::Panicked(step.to_string())
}
