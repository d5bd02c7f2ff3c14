//! `TimeoutReport`: the state of the pool when a checkout's deadline passed.

use crate::holder::Holder;
use crate::status::Status;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The state of the pool when a checkout's deadline passed: how long it waited, the limits and counts, who holds
/// the connections, and what the last connect died of. Its `Display` is one paragraph for a log.
///
/// ```
/// use cenote::{Error, Pool, Queue};
/// use std::time::Duration;
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Queue::new().size(1).max_overflow(0)).build()?;
/// let _only = pool.get()?;
/// let Err(Error::Timeout { report, .. }) = pool.get_timeout(Duration::from_millis(1)) else { panic!() };
/// assert_eq!(report.holders()[0].call_site().file(), file!());
/// assert!(report.to_string().contains("taken by this thread"));
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug)]
pub struct TimeoutReport<E> {
    pub(crate) pool: String,
    pub(crate) waited: Duration,
    pub(crate) position: Option<usize>,
    pub(crate) status: Status,
    pub(crate) holders: Vec<Holder>,
    pub(crate) last_connect_error: Option<(Arc<E>, Duration)>,
}

/// So many holders stand in the text; `holders()` has all of them.
const SHOWN: usize = 8;

impl<E> TimeoutReport<E> {
    /// How long the caller was ready to wait.
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// Its place in the line when it left, 1 for the first, 101 for any after the hundredth; none if it was waiting for its own connect.
    pub fn position(&self) -> Option<usize> {
        self.position
    }

    /// Limits and counts.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Who has the connections out, longest first.
    pub fn holders(&self) -> &[Holder] {
        &self.holders
    }

    /// What the last connect died of, if none has succeeded since.
    pub fn last_connect_error(&self) -> Option<&E> {
        self.last_connect_error.as_ref().map(|(error, _)| &**error)
    }
}

impl<E: fmt::Display> fmt::Display for TimeoutReport<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pool, waited, status) = (&self.pool, self.waited.as_secs_f64(), &self.status);
        write!(f, "timed out waiting for connection after {waited:.3} s: pool {pool} has ")?;
        match status.limit {
            Some(limit) => write!(f, "{} of {limit} connections in use", status.in_use)?,
            None => write!(f, "{} connections in use and no limit", status.in_use)?,
        }
        write!(f, ", {} idle, {} connecting", status.idle, status.connecting)?;
        match self.position {
            Some(position) => write!(f, "; this caller was number {position} in the line")?,
            None => f.write_str("; this caller was waiting for its own connect or check")?,
        }
        if status.waiting > 0 {
            write!(f, ", {} still wait", status.waiting)?;
        }
        if status.in_use == 0 && status.limit == Some(status.connecting) {
            f.write_str("; every place is taken by a connect that does not come back")?;
        }
        for holder in self.holders.iter().take(SHOWN) {
            write!(f, "; {holder}")?;
        }
        if let Some(more @ 1..) = self.holders.len().checked_sub(SHOWN) {
            write!(f, "; and {more} more")?;
        }
        match &self.last_connect_error {
            Some((error, ago)) => {
                write!(f, "; the last connect failed {:.1} s ago: {error}", ago.as_secs_f64())
            }
            None => Ok(()),
        }
    }
}
