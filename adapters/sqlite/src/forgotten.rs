//! Statements that were never dropped: how they show, and in which words.

use rusqlite::{Connection, Error, ffi};

use crate::fault::failure;

/// Whether the connection holds a lock on a database. Outside a transaction only a statement can hold one, and one
/// that still does when its connection comes home was never dropped (`mem::forget`, a cycle of `Rc`).
#[cfg(feature = "bundled")]
pub(crate) fn holds_a_lock(conn: &Connection) -> bool {
    conn.transaction_state(None::<&str>) != Ok(rusqlite::TransactionState::None)
}

/// Whether a statement of the connection is in progress: all that a system library of any age can tell.
#[cfg(not(feature = "bundled"))]
pub(crate) fn holds_a_lock(conn: &Connection) -> bool {
    conn.is_busy()
}

/// What to say of a connection that cannot be cleaned or closed because of such a statement.
pub(crate) fn forgotten() -> Error {
    failure(
        ffi::SQLITE_BUSY,
        "a statement of this connection was never dropped (mem::forget, a cycle of Rc), so SQLite cannot close \
         the connection, and a read lock may stay",
    )
}
