//! `Holder`: who has a connection out.

use crate::id::ConnectionId;
use crate::thread;
use std::fmt;
use std::panic::Location;
use std::time::Duration;

/// Who has a connection out: where it was asked for, in which thread, and since when.
///
/// ```
/// # let pool = cenote::doctest::numbers();
/// let _conn = pool.get()?;
/// let holders = pool.holders();
/// assert_eq!(holders[0].call_site().file(), file!());
/// assert!(holders[0].is_this_thread());
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Holder {
    pub(crate) connection: ConnectionId,
    pub(crate) call_site: &'static Location<'static>,
    pub(crate) thread: u64,
    pub(crate) held_for: Duration,
}

impl Holder {
    /// The connection that is out.
    pub fn connection(&self) -> ConnectionId {
        self.connection
    }

    /// Where it was asked for.
    pub fn call_site(&self) -> &'static Location<'static> {
        self.call_site
    }

    /// The name of the thread that asked for it; its number if it has no name or has ended.
    pub fn thread(&self) -> String {
        thread::name(self.thread).unwrap_or_else(|| format!("#{} (ended)", self.thread))
    }

    /// How long it has been out, to a few milliseconds.
    pub fn held_for(&self) -> Duration {
        self.held_for
    }

    /// Whether the thread that asked for it is the one that asks now.
    pub fn is_this_thread(&self) -> bool {
        self.thread == thread::number()
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = if self.is_this_thread() {
            "this thread".to_owned()
        } else {
            format!("thread {}", self.thread())
        };
        let (held, site) = (self.held_for.as_secs_f64(), self.call_site);
        write!(f, "connection {} taken by {who} {held:.1} s ago at {site}", self.connection)
    }
}
