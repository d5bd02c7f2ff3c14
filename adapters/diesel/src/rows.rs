//! `Rows`: the rows of a query, which are noticed if nobody drops them.

use std::fmt;

/// The rows of a query while they are read.
///
/// A server may still be sending them, so a connection that comes home while they live (`mem::forget`, a cycle of
/// `Rc`) is closed: its next user would read them.
#[must_use = "rows are read by iterating"]
pub struct Rows<'conn, I> {
    rows: I,
    are_read: &'conn mut bool,
}

impl<'conn, I> Rows<'conn, I> {
    /// Rows during whose life this is true.
    pub(crate) fn new(rows: I, are_read: &'conn mut bool) -> Self {
        *are_read = true;
        Self { rows, are_read }
    }
}

impl<I: Iterator> Iterator for Rows<'_, I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.rows.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<I> Drop for Rows<'_, I> {
    #[inline]
    fn drop(&mut self) {
        *self.are_read = false;
    }
}

impl<I> fmt::Debug for Rows<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").finish_non_exhaustive()
    }
}
