//! `OpenError`: why a connect brought nothing.

use std::sync::Arc;

/// Why a connect brought nothing.
pub(crate) enum OpenError<E> {
    /// The driver or a hook failed.
    Failed(Arc<E>),
    /// Somebody else was at the first connect until the deadline had passed.
    TooLate,
}
