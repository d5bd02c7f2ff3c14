//! What stands on the terminal in the end: all figures and, last, the goals.

use crate::figures::{Section, of_goals};
use crate::report::Report;
use std::io::{self, Write};

/// Shows a report. A reader that went away (`| head`) is no reason to fail.
pub(crate) fn show(report: &Report) {
    let _ = write(&mut io::stdout().lock(), report);
}

fn write(out: &mut impl Write, report: &Report) -> io::Result<()> {
    for section in Section::all(&report.rows) {
        writeln!(out, "\n{}, median of {} rounds:\n\n{section}", section.title(), section.rounds())?;
    }
    writeln!(out, "\nGoals:\n\n{}", of_goals(&report.goals))
}
