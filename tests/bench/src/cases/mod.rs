//! The cases, each a file: what is measured, and how.

pub(crate) mod hand_over;
pub(crate) mod memory;
pub(crate) mod open_loop;
pub(crate) mod oversubscribed;
pub(crate) mod server_by_key;
pub(crate) mod sqlite_by_key;
pub(crate) mod threads;
pub(crate) mod uncontended;
