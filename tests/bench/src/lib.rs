//! cenote beside the pools that people use today: one process, interleaved rounds, medians and ratios.

mod arguments;
mod awaited;
mod case;
mod cases;
mod contender;
mod contenders;
mod destination;
mod destinations;
mod driver;
mod field;
mod figures;
mod footprint;
mod goal;
mod goals;
mod hold;
mod labels;
mod machine;
mod metric;
mod pace;
mod page;
mod pictures;
mod relay;
mod report;
mod rounded;
mod row;
mod run;
mod schedule;
mod series;
mod ways;
mod table;
mod terminal;
mod usage;
mod versions;
mod waits;

pub use footprint::print as print_footprints;

use arguments::Arguments;
use clap::Parser;
use destination::Unwritable;
use destinations::Destinations;
use std::process::ExitCode;

pub fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A goal that is missed is shown, and is no failure: only what keeps figures from being taken or written is one.
fn measure(arguments: &Arguments) -> Result<(), Unwritable> {
    let destinations = Destinations::try_all(arguments)?;
    let report = run::run(arguments);
    let written = destinations.write(&report);
    terminal::show(&report);
    written
}
