//! `CloseReason`: why the pool closed a connection.

use std::fmt;

/// Why the pool closed a connection; [`Totals::closed_because`](crate::Totals::closed_because) counts by it.
///
/// ```
/// assert_eq!(cenote::CloseReason::Recycled.to_string(), "exceeded its age");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CloseReason {
    /// More were open than the strategy keeps.
    Surplus,
    /// It was older than `recycle` says.
    Recycled,
    /// Nobody had used it for as long as `idle_timeout` says.
    Idle,
    /// The pool's generation was raised after it was opened.
    Outdated,
    /// The check before its checkout failed.
    PingFailed,
    /// What cleans it at its return failed: the rollback, the commit, or a reset hook.
    ResetFailed,
    /// The driver knew at its return that it was broken.
    Broken,
    /// Its user, the driver or a hook panicked while it was out.
    Panicked,
    /// Its user asked for it.
    Invalidated,
    /// A checkout hook called it dead.
    Refused,
    /// Its user asked for it to be replaced at its next checkout.
    SoftInvalidated,
    /// A hook refused it when it was new.
    HookFailed,
    /// It came back after its place had been recovered.
    Recovered,
    /// The thread that it belonged to ended, or another thread needed the room.
    ThreadGone,
    /// The pool was closed.
    PoolClosed,
    /// It had been detached, and was dropped.
    Detached,
}

impl CloseReason {
    /// All of them, in the order in which they are declared.
    pub const ALL: &'static [Self] = &[
        Self::Surplus,
        Self::Recycled,
        Self::Idle,
        Self::Outdated,
        Self::PingFailed,
        Self::ResetFailed,
        Self::Broken,
        Self::Panicked,
        Self::Invalidated,
        Self::Refused,
        Self::SoftInvalidated,
        Self::HookFailed,
        Self::Recovered,
        Self::ThreadGone,
        Self::PoolClosed,
        Self::Detached,
    ];

    /// Whether the connection became unusable, where others are closed in good order.
    pub(crate) fn invalidates(self) -> bool {
        match self {
            Self::PingFailed | Self::ResetFailed | Self::Broken | Self::Panicked => true,
            Self::Invalidated | Self::Refused => true,
            Self::Surplus | Self::Recycled | Self::Idle | Self::Outdated => false,
            Self::SoftInvalidated | Self::HookFailed => false,
            Self::Recovered | Self::ThreadGone | Self::PoolClosed | Self::Detached => false,
        }
    }

    /// How many there are.
    pub(crate) const COUNT: usize = Self::ALL.len();
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Surplus => "surplus",
            Self::Recycled => "exceeded its age",
            Self::Idle => "idle for too long",
            Self::Outdated => "opened before the pool was invalidated",
            Self::PingFailed => "did not answer before its checkout",
            Self::ResetFailed => "could not be cleaned",
            Self::Broken => "broken",
            Self::Panicked => "panic while it was out",
            Self::Invalidated => "invalidated by its user",
            Self::Refused => "called dead by a hook",
            Self::SoftInvalidated => "to be replaced, as its user asked",
            Self::HookFailed => "refused by a hook",
            Self::Recovered => "its place had been recovered",
            Self::ThreadGone => "its thread is gone",
            Self::PoolClosed => "the pool is closed",
            Self::Detached => "detached and dropped",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_in_the_list_at_its_own_number() {
        assert!(CloseReason::ALL.iter().enumerate().all(|(number, reason)| *reason as usize == number));
        assert_eq!(CloseReason::COUNT, CloseReason::Detached as usize + 1, "is the last one still the last?");
    }
}
