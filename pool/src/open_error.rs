//! `OpenError`: why a connect brought nothing.

use std::sync::Arc;

/// Why a connect brought nothing.
pub(crate) enum OpenError<E> {
    /// The driver failed.
    Failed(Arc<E>),
    /// A hook refused the new connection.
    Refused(Arc<E>),
    /// Somebody else was at the first connect until the deadline had passed.
    TooLate,
}
