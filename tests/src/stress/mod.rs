//! Stress: random operations from many threads on every strategy, against a driver that counts and misbehaves.
//!
//! What must never be is looked for where it would be seen first: by the driver at every call, by each user at every
//! checkout, by an inspector all along, and in the accounts at the end.

pub(crate) mod dice;
pub mod settings;
pub(crate) mod breaches;
pub(crate) mod account;
pub(crate) mod mishap;
pub(crate) mod connection;
pub(crate) mod manager;
pub(crate) mod candidate;
pub(crate) mod hooks;
pub(crate) mod subject;
pub(crate) mod visit;
pub(crate) mod operation;
pub(crate) mod inspection;
pub(crate) mod ending;
pub(crate) mod run;
pub mod trials;
