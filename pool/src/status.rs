//! `Status` and `Totals`: what a pool holds, and what it has done so far.

use crate::close_reason::CloseReason;
use std::fmt;

/// What a pool holds at one moment. While others work, the figures may be a moment apart from each other.
///
/// Seen from the server, never more connections are open than [`limit`](Self::limit) and those that are
/// [`detached`](Self::detached), [`recovered`](Self::recovered) or [`closing`](Self::closing).
///
/// ```
/// # let pool = cenote::doctest::numbers();
/// let conn = pool.get()?;
/// let status = pool.status();
/// assert_eq!((status.open, status.in_use, status.idle), (1, 1, 0));
/// assert_eq!(
///     status.to_string(),
///     "Pool size: 5  Connections in pool: 0 Current Overflow: 0 Current Checked out connections: 1"
/// );
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// How many the strategy keeps.
    pub kept: usize,
    /// How many there may be; none for no limit.
    pub limit: Option<usize>,
    /// Connections that hold a place: idle and in use.
    pub open: usize,
    /// Connections that wait to be used.
    pub idle: usize,
    /// Connections that are checked out or being checked.
    #[doc(alias = "checkedout")]
    pub in_use: usize,
    /// Places taken beyond those that the strategy keeps.
    pub overflow: usize,
    /// Callers that wait for a place or a connection.
    pub waiting: usize,
    /// Connects under way: each holds a place already.
    pub connecting: usize,
    /// Connections being closed. On a worker, they hold no place any more.
    pub closing: usize,
    /// Connections that left the pool for good and are not closed yet: they hold no place.
    pub detached: usize,
    /// Connections whose place was recovered and that have not come back: they hold no place.
    pub recovered: usize,
    /// The pool's generation: connections of an older one are closed when they are met.
    pub generation: u64,
    /// Worker threads alive, which run what the driver cannot bound in time.
    pub workers: usize,
    /// What the pool has done so far.
    pub totals: Totals,
}

/// What a pool has done so far.
///
/// ```
/// # let pool = cenote::doctest::numbers();
/// drop(pool.get()?);
/// drop(pool.get()?);
/// let totals = pool.status().totals;
/// assert_eq!((totals.checkouts, totals.opened, totals.closed()), (2, 1, 0));
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// Connections handed out.
    pub checkouts: u64,
    /// Connections opened.
    pub opened: u64,
    /// Connects that failed, and new connections that a hook refused.
    pub connect_errors: u64,
    /// Checkouts that ended at their deadline.
    pub timeouts: u64,
    pub(crate) closed: [u64; CloseReason::COUNT],
}

impl Totals {
    /// Connections closed by the pool.
    pub fn closed(&self) -> u64 {
        self.closed.iter().sum()
    }

    /// Connections closed by the pool for this reason.
    pub fn closed_because(&self, reason: CloseReason) -> u64 {
        self.closed[reason as usize]
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Pool size: {}  Connections in pool: {} Current Overflow: {} Current Checked out connections: {}",
            self.kept, self.idle, self.overflow, self.in_use
        )
    }
}
