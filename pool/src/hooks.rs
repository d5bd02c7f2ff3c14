//! `Hooks`: the user's functions that may change or refuse a connection.

use crate::extensions::RecordInfo;
use crate::manager::Manager;
use std::fmt;

/// What the user gave to be called with a connection.
pub(crate) struct Hooks<M: Manager> {
    on_connect: Vec<OnConnect<M>>,
}

type OnConnect<M> = Box<
    dyn Fn(&mut <M as Manager>::Connection, &mut RecordInfo) -> Result<(), <M as Manager>::Error>
        + Send
        + Sync,
>;

impl<M: Manager> Hooks<M> {
    pub(crate) fn add_on_connect(
        &mut self,
        hook: impl Fn(&mut M::Connection, &mut RecordInfo) -> Result<(), M::Error> + Send + Sync + 'static,
    ) {
        self.on_connect.push(Box::new(hook));
    }

    /// Shows a new connection to each, in the order in which they were given; the first refusal ends it.
    pub(crate) fn connected(&self, conn: &mut M::Connection, info: &mut RecordInfo) -> Result<(), M::Error> {
        self.on_connect.iter().try_for_each(|hook| hook(conn, info))
    }
}

impl<M: Manager> Default for Hooks<M> {
    fn default() -> Self {
        Self { on_connect: Vec::new() }
    }
}

impl<M: Manager> fmt::Debug for Hooks<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hooks({} on connect)", self.on_connect.len())
    }
}
