//! `Settings`: what every pool can be told, whatever its strategy; with `PrePing` and `Reset`.

use crate::invalid_argument::InvalidArgument;
use std::time::Duration;

/// When an idle connection is asked whether it still works before it is lent. Default: after 500 ms of idleness.
///
/// A connection that was opened in the same checkout is never asked.
///
/// ```
/// use cenote::{Pool, PrePing};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).pre_ping(PrePing::Always).build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrePing {
    /// Never: a dead connection is found by its user.
    Never,
    /// At every checkout: one round trip each, with most drivers.
    Always,
    /// Only if it has been idle for that long.
    IfIdleFor(Duration),
}

/// What is done to a connection when it comes back. Default: [`Rollback`](Self::Rollback). To commit is a choice of its own:
/// [`Builder::commit_on_return`](crate::Builder::commit_on_return).
///
/// ```
/// use cenote::{Pool, Reset};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).reset_on_return(Reset::Nothing).build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// [`Manager::rollback`](crate::Manager::rollback): the next user finds no open transaction.
    Rollback,
    /// Nothing: what the last user left open, the next one finds. Only for drivers that cannot leave anything.
    Nothing,
}

/// What every pool can be told, whatever its strategy.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) timeout: Duration,
    pub(crate) recycle: Option<Duration>,
    pub(crate) pre_ping: PrePing,
    pub(crate) reset: Reset,
    pub(crate) reset_timeout: Option<Duration>,
    pub(crate) retry_connect: bool,
    pub(crate) refuse_nested: bool,
    pub(crate) holders: bool,
    pub(crate) seed: Option<u64>,
    pub(crate) is_named: bool,
    /// The last setting given that makes sense only where connections are kept.
    pub(crate) about_kept_ones: Option<&'static str>,
}

impl Settings {
    pub(crate) fn check(&self, keeps: bool) -> Result<(), InvalidArgument> {
        if let Some(argument) = self.about_kept_ones.filter(|_| !keeps) {
            return Err(InvalidArgument::new(
                argument,
                "is set, but the strategy keeps no connection; leave it out",
            ));
        }
        if self.name.contains('\0') {
            return Err(InvalidArgument::new("name", "contains a NUL character; leave it out"));
        }
        if self.is_named && self.name.is_empty() {
            return Err(InvalidArgument::new("name", "is empty; leave it out to have one made up"));
        }
        if self.refuse_nested && !self.holders {
            return Err(InvalidArgument::new(
                "refuse_nested",
                "needs to know who has connections out, and holders is off; leave one of the two out",
            ));
        }
        if self.reset_timeout == Some(Duration::ZERO) {
            return Err(InvalidArgument::new(
                "reset_timeout",
                "is zero, which no rollback can meet; give it some time, or None to wait for the driver",
            ));
        }
        if self.recycle == Some(Duration::ZERO) {
            return Err(InvalidArgument::new(
                "recycle",
                "is zero, which would close every connection before its second use; \
                 use the strategy Null for that, or None to keep connections for ever",
            ));
        }
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            timeout: Duration::from_secs(30),
            recycle: Some(Duration::from_secs(30 * 60)),
            pre_ping: PrePing::IfIdleFor(Duration::from_millis(500)),
            reset: Reset::Rollback,
            reset_timeout: None,
            retry_connect: false,
            refuse_nested: false,
            holders: true,
            seed: None,
            is_named: false,
            about_kept_ones: None,
        }
    }
}
