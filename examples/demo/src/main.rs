//! The demo: many threads read and write one SQLite database through a cenote pool, and nothing is lost.

mod console;
mod stopwatch;
mod dice;
mod failure;
mod strategy_kind;
mod options;
mod data_set;
mod database;
mod queries;
mod shipment;
mod tally;
mod worker;
mod interrupt;
mod progress;
mod load;
mod ledger;
mod refusal;
mod introduction;
mod interpretation;
mod row;
mod report;
mod demo;

use std::process::ExitCode;

use crate::options::Options;

fn main() -> ExitCode {
    match demo::run(&Options::read()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::error(&failure);
            ExitCode::FAILURE
        }
    }
}
