//! `Entry`: a connection, with what the pool must know of it.

use crate::extensions::Extensions;
use crate::id::ConnectionId;
use crate::record::Record;
use crate::time::Moment;

/// A connection, with what the pool must know of it. Whoever has the box has the connection: its fields are plain.
#[derive(Debug)]
pub(crate) struct Entry<C> {
    pub(crate) conn: C,
    pub(crate) record: Record,
    pub(crate) id: ConnectionId,
    /// The pool's generation when its connect began.
    pub(crate) generation: u64,
    /// When its connect had ended.
    pub(crate) opened: Moment,
    /// When it must be replaced: at the start of time, if its user asked for it.
    pub(crate) expires: Moment,
    /// When it came home last.
    pub(crate) idle_since: Moment,
    /// Whether it was opened or asked for the checkout that it is on its way to.
    pub(crate) fresh: bool,
    /// Whether its user's thread was unwinding already when it was taken: then an unwinding at its return tells nothing.
    pub(crate) taken_unwinding: bool,
    pub(crate) info: Extensions,
}
