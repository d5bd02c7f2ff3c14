//! `Call`: the moments at which the pool calls the fake driver.

use std::fmt;

/// A moment at which the pool calls the fake driver, and at which a script can make it misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// `Manager::connect`.
    Connect,
    /// `Manager::is_valid`.
    IsValid,
    /// `Manager::rollback`.
    Rollback,
    /// `Commit::commit`.
    Commit,
    /// `Manager::has_broken`; to fail is to answer yes.
    HasBroken,
    /// `Manager::close`.
    Close,
    /// `Manager::classify`; it cannot fail.
    Classify,
    /// The destructor of a connection; it cannot fail.
    Drop,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connect",
            Self::IsValid => "is_valid",
            Self::Rollback => "rollback",
            Self::Commit => "commit",
            Self::HasBroken => "has_broken",
            Self::Close => "close",
            Self::Classify => "classify",
            Self::Drop => "drop",
        })
    }
}
