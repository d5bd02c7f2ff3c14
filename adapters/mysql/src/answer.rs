//! Answers, read to their end.

use mysql::{Error, QueryResult, Row, Text, prelude::Protocol};

use crate::fault::answers;

/// The rows of an answer that is read to its end before the call is over.
pub(crate) type Rows<'c, P> = QueryResult<'c, 'c, 'c, P>;

/// What was made of an answer, and whether it was read to its end.
pub(crate) type Read<T> = (Result<T, Error>, bool);

/// Gives the first row, and reads the others.
pub(crate) fn first<P: Protocol, T>(
    mut rows: Rows<'_, P>,
    from_row: impl FnOnce(Row) -> T,
) -> Read<Option<T>> {
    let first = rows.next().transpose();
    let is_read = first.as_ref().err().is_none_or(answers) && to_the_end(rows);
    (first.map(|row| row.map(from_row)), is_read)
}

/// Folds the rows of the first set, and reads the others.
pub(crate) fn fold<P: Protocol, T>(
    mut rows: Rows<'_, P>,
    init: T,
    mut f: impl FnMut(T, Row) -> T,
) -> Read<T> {
    let folded = rows.try_fold(init, |folded, row| row.map(|row| f(folded, row)));
    let is_read = folded.as_ref().err().is_none_or(answers) && to_the_end(rows);
    (folded, is_read)
}

/// Reads what is left. As with the driver, an error of a later set is nobody's; but one that broke off the answer tells.
pub(crate) fn to_the_end<P: Protocol>(mut rows: Rows<'_, P>) -> bool {
    while let Some(mut set) = rows.iter() {
        if set.any(|row| row.is_err_and(|error| !answers(&error))) {
            return false;
        }
    }
    true
}

/// Reads all sets of an answer for its last row. Unlike elsewhere, an error of any set is the error of all.
pub(crate) fn last_row(mut rows: Rows<'_, Text>) -> Result<Option<Row>, Error> {
    let mut last = None;
    while let Some(set) = rows.iter() {
        for row in set {
            last = Some(row?);
        }
    }
    Ok(last)
}
