//! `cargo xtask mutants`: the core is broken on purpose, in one place at a time, and a law or a model has to notice.

mod mutant;
mod waiting;
mod overtaking;
mod keeping;
mod strategies;
mod lending;
mod returning;
mod opening;
mod workers;
mod telling;
mod changing;
mod table;
mod workshop;
mod program;
mod killer;
mod command;

pub(crate) use command::{Arguments, run};
