//! Mistakes with cenote that are found by the compiler: the cases, and what it says of them, are in `cases`.
//!
//! A crate of its own, because every crate that this one depends on is built once more to try them.
