//! `Rows`: the rows of a query, which are noticed if nobody drops them.

use std::fmt;

use diesel::result::QueryResult;

use crate::session::may_be_the_end;

/// The rows of a query while they are read.
///
/// A server may still be sending them, so a connection that comes home while they live (`mem::forget`, a cycle of
/// `Rc`) is closed: its next user would read them.
#[must_use = "rows are read by iterating"]
pub struct Rows<'conn, I> {
    rows: I,
    are_read: &'conn mut bool,
    may_be_open: &'conn mut bool,
}

impl<'conn, I> Rows<'conn, I> {
    /// Rows during whose life `are_read` is true, and after which `may_be_open` is if one of them was an error.
    pub(crate) fn new(rows: I, are_read: &'conn mut bool, may_be_open: &'conn mut bool) -> Self {
        *are_read = true;
        Self { rows, are_read, may_be_open }
    }
}

impl<T, I: Iterator<Item = QueryResult<T>>> Iterator for Rows<'_, I> {
    type Item = QueryResult<T>;

    #[inline]
    fn next(&mut self) -> Option<QueryResult<T>> {
        let row = self.rows.next()?;
        *self.may_be_open |= may_be_the_end(&row);
        Some(row)
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
