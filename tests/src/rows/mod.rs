//! The rows: every law, and what it needs.

mod kinds;
mod lending;
mod life;
mod bad_days;
mod all;

pub use all::rows;
