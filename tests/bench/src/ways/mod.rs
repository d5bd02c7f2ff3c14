//! The ways to a row on a server: a connection held by hand, and each pool with its own defaults.

pub(crate) mod mysql;
pub(crate) mod postgres;

use std::fmt;

/// A way to read the name of an item by its key.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    name_of: Box<dyn FnMut(u32) -> String>,
}

impl Way {
    fn new(name: &'static str, name_of: impl FnMut(u32) -> String + 'static) -> Self {
        Self { name, name_of: Box::new(name_of) }
    }

    /// Reads one row, which has to be the right one.
    pub(crate) fn read(&mut self, key: u32) {
        assert_eq!((self.name_of)(key), name_of(key), "{}", self.name);
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What stands in the row.
fn name_of(key: u32) -> String {
    format!("item number {key}")
}
