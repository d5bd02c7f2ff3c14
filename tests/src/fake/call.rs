//! `Call`: the moments at which the pool calls the fake driver, or what a law has hung on the pool.

use std::fmt;

/// A moment at which the pool calls something that is not its own, and at which a script can make that misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// `Manager::may_hang`; it cannot fail.
    MayHang,
    /// The destructor of what a law has hung on a connection; it cannot fail.
    Info,
    /// The destructor of what a law has hung on a record; it cannot fail.
    RecordInfo,
    /// A law's hook of this moment, by the name of its event.
    Hook(&'static str),
    /// A law's observer, told of the event of this name; it cannot fail.
    Told(&'static str),
}

impl Call {
    /// Whether somebody is to hear of its panic; else it is caught, and that is all.
    pub fn is_heard(self) -> bool {
        match self {
            Self::Close | Self::Drop | Self::Info | Self::RecordInfo | Self::Told(_) => false,
            Self::Hook(moment) => !matches!(moment, "invalidate" | "close" | "close_detached"),
            _ => true,
        }
    }
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
            Self::MayHang => "may_hang",
            Self::Info => "info",
            Self::RecordInfo => "record_info",
            Self::Hook(moment) => return write!(f, "{moment} hook"),
            Self::Told(moment) => return write!(f, "{moment} told"),
        })
    }
}
