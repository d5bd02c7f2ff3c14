//! What laws are made with: waiting for events, panics by script, threads, clocks, names.

pub mod alone;
pub mod at_end;
pub mod brittle;
pub(crate) mod defer;
pub mod diary;
pub mod golden;
pub mod hooked;
pub mod log;
pub mod login;
pub mod meeting;
pub mod names;
pub mod nothing;
pub mod panics;
pub mod pools;
pub mod punctual;
pub mod stopwatch;
pub mod wait;
pub mod workers;
