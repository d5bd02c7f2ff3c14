//! The drivers, one in a file.

mod fake;
mod r2d2;
mod sqlite;

pub use fake::Fake;
pub use r2d2::R2d2;
pub use sqlite::Sqlite;
