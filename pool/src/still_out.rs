//! `StillOut`: a closed pool whose connections did not all come home in time.

use crate::holder::Holder;
use crate::status::Status;
use std::fmt;

/// A closed pool whose connections did not all come home in time. They are closed when they do.
///
/// ```
/// use std::time::Duration;
/// # let pool = cenote::doctest::numbers();
/// let conn = pool.get()?;
/// let still_out = pool.close_and_wait(Duration::from_millis(1)).unwrap_err();
/// assert_eq!(still_out.holders().len(), 1);
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug, Clone)]
pub struct StillOut {
    pub(crate) status: Box<Status>,
    pub(crate) holders: Vec<Holder>,
}

impl StillOut {
    /// Limits and counts when the wait ended.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Who still has connections out, longest first.
    pub fn holders(&self) -> &[Holder] {
        &self.holders
    }
}

impl std::error::Error for StillOut {}

impl fmt::Display for StillOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Status { in_use, connecting, closing, .. } = *self.status;
        write!(
            f,
            "the pool is closed, but {in_use} connections are out, {connecting} connecting, {closing} closing"
        )?;
        self.holders.iter().try_for_each(|holder| write!(f, "; {holder}"))
    }
}
