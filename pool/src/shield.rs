//! `quietly`: runs code of the user's whose panic must not get through.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs code of the user's whose panic must not get through, because there is a duty left or a panic under way.
/// The hook that prints panics has run by then. None if it panicked.
pub(crate) fn quietly<R>(call: impl FnOnce() -> R) -> Option<R> {
    // A payload may panic when it is dropped; a leaked one cannot.
    catch_unwind(AssertUnwindSafe(call)).map_err(mem::forget).ok()
}
