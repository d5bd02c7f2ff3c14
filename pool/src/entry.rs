//! `Entry`: a connection, with what the pool must know of it.

use crate::id::ConnectionId;
use crate::record::Record;
use crate::store::Numbered;
use crate::time::Moment;
use std::any::Any;
use std::sync::Arc;

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
    /// When it came home last, or worked for certain since.
    pub(crate) idle_since: Moment,
    /// How often it had been lent when it was asked while idle, and since when it had not been used then.
    pub(crate) asked_unused: Option<(u64, Moment)>,
    /// Whether it was opened or asked for the checkout that it is on its way to.
    pub(crate) fresh: bool,
    /// What its owned handles keep the pool's shared part alive with, once it had one.
    pub(crate) anchor: Option<Arc<dyn Any + Send + Sync>>,
    /// Whether its user's thread was unwinding already when it was taken: then an unwinding at its return tells nothing.
    pub(crate) taken_unwinding: bool,
}

impl<C> Numbered for Entry<C> {
    fn number(&self) -> u64 {
        self.id.get()
    }
}

impl<C> Entry<C> {
    /// Since when nobody has used it, however often it was asked meanwhile.
    pub(crate) fn unused_since(&self) -> Moment {
        match self.asked_unused {
            Some((checkouts, since)) if checkouts == self.record.line.checkouts() => since,
            _ => self.idle_since,
        }
    }

    /// It was asked, and works.
    pub(crate) fn answered(&mut self, now: Moment) {
        self.asked_unused = Some((self.record.line.checkouts(), self.unused_since()));
        self.idle_since = now;
        self.fresh = true;
    }
}
