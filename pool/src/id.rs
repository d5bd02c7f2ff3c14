//! `ConnectionId` and `PoolId`: numbers for events, logs and thread-local memory.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of a connection within its pool: 1 for the first that it opened.
///
/// ```
/// # let pool = cenote::doctest::numbers();
/// let conn = pool.get()?;
/// assert_eq!(cenote::PooledConnection::id(&conn).to_string(), "1");
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(NonZeroU64);

impl ConnectionId {
    /// The number after `count` others.
    pub(crate) fn after(count: u64) -> Self {
        Self(NonZeroU64::MIN.saturating_add(count))
    }

    /// The number itself.
    pub fn get(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number of a pool within the process, under which a thread remembers its seat; never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolId(u64);

impl PoolId {
    pub(crate) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn get(self) -> u64 {
        self.0
    }
}
