//! The drivers, one in a file.

mod fake;
mod sqlite;

pub use fake::Fake;
pub use sqlite::Sqlite;
