//! A run: the cases one after another, each of which says when it begins and how long it took.

use crate::arguments::Arguments;
use crate::case::Case;
use crate::goals;
use crate::machine::Machine;
use crate::report::Report;
use crate::row::Row;
use jiff::Timestamp;
use std::time::Instant;

/// Measures what was asked for.
pub(crate) fn run(arguments: &Arguments) -> Report {
    let machine = Machine::this();
    let date = Timestamp::now().strftime("%Y-%m-%d").to_string();
    let command = arguments.command();
    eprintln!("{command}\non {machine}");
    let begun = Instant::now();
    let rows: Vec<_> = arguments.cases().flat_map(|case| measure(case, arguments)).collect();
    eprintln!("all of it: {:.1} s", begun.elapsed().as_secs_f64());
    let goals = goals::outcomes(&rows);
    Report { machine, date, command, rows, goals }
}

fn measure(case: &Case, arguments: &Arguments) -> Vec<Row> {
    eprint!("{:<16}", case.name);
    let begun = Instant::now();
    let rows = (case.run)(arguments.pace());
    eprintln!("{:>7.1} s, {} figures", begun.elapsed().as_secs_f64(), rows.len());
    rows
}
