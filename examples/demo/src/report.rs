//! `Report`: what the demo says after the load: the table, what it means, and what to try next.

use cenote::{CloseReason, Status};
use indicatif::HumanCount;
use std::fmt;

use crate::console::{heading, wrap};
use crate::database::Database;
use crate::failure::Failure;
use crate::interpretation::Run;
use crate::load::Outcome;
use crate::options::Options;
use crate::row::Row;
use crate::tally::Score;

/// What the demo says after the load.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    pub(crate) options: &'a Options,
    pub(crate) database: &'a Database,
    pub(crate) outcome: &'a Outcome,
    /// Of the pool after its end.
    pub(crate) status: &'a Status,
    /// The writes that were found, or which one was not.
    pub(crate) balance: &'a Result<u64, Failure>,
}

impl Report<'_> {
    fn rows(&self) -> Vec<Row> {
        let (totals, tally) = (&self.status.totals, &self.outcome.tally);
        let sum = |count: fn(&Score) -> u64| self.outcome.scores.iter().map(count).sum::<u64>();
        let (reads, writes) = (sum(Score::reads), sum(Score::writes));
        let timeout = self.options.timeout.as_millis();
        vec![
            Row::count("checkouts", totals.checkouts, self.per_second(totals.checkouts)),
            Row::count("reads", reads, self.per_second(reads)),
            Row::count("writes", writes, format!("{}, each committed", self.per_second(writes))),
            Row::count("left open", sum(Score::forgotten), "each undone by the pool at its return"),
            Row::blank(),
            Row::count("connections opened", totals.opened, ""),
            Row::count("connections closed", totals.closed(), self.reasons()),
            Row::blank(),
            Row::wait("wait p50", tally.wait_at(0.5), "from asking to having one (or an error)"),
            Row::wait("wait p99", tally.wait_at(0.99), "one in a hundred waited longer"),
            Row::wait("wait max", tally.wait_at(1.0), ""),
            Row::blank(),
            Row::count("errors: timeout", tally.timeouts, format!("no connection within {timeout} ms")),
            Row::count("errors: busy", tally.busy, "the database stayed locked too long"),
            Row::blank(),
            match self.balance {
                Ok(writes) => {
                    let found = format!("{0} of {0} found, no parcel missing", HumanCount(*writes));
                    Row::new("no write was lost", "yes", found)
                }
                Err(_) => Row::new("no write was lost", "NO", "the error below says more"),
            },
        ]
    }

    fn per_second(&self, count: u64) -> String {
        let rate = count as f64 / self.outcome.ran.as_secs_f64();
        format!("{} a second", HumanCount(rate as u64))
    }

    fn reasons(&self) -> String {
        let of_one = |reason| match self.status.totals.closed_because(reason) {
            0 => None,
            count => Some(format!("{reason}: {}", HumanCount(count))),
        };
        CloseReason::ALL.iter().copied().filter_map(of_one).collect::<Vec<_>>().join("; ")
    }

    fn run(&self) -> Run {
        Run {
            strategy: self.options.strategy,
            threads: self.options.threads() as usize,
            size: self.options.size(),
            opened: self.status.totals.opened,
            timeouts: self.outcome.tally.timeouts,
        }
    }
}

/// The parts of a long message in lines of their own, and not all of many.
fn first_parts(message: &str) -> String {
    const SHOWN: usize = 6;
    let parts: Vec<_> = message.split("; ").collect();
    let mut lines = parts[..parts.len().min(SHOWN)].join(";\n    ");
    if parts.len() > SHOWN {
        lines += &format!(";\n    ... and {} more", parts.len() - SHOWN);
    }
    lines
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ran = self.outcome.ran.as_secs_f64();
        let how = if self.outcome.was_interrupted { "Ended early" } else { "Done" };
        writeln!(f, "\n{}\n", heading(&format!("{how} after {ran:.1} s:")))?;
        self.rows().iter().try_for_each(|row| writeln!(f, "{row}"))?;
        if let Some(example) = &self.outcome.tally.example {
            writeln!(f, "\n{}\n\n  {}", heading("What one of the timeouts said:"), first_parts(example))?;
        }
        let run = self.run();
        writeln!(f, "\n{}\n\n  {}", heading("What you see:"), wrap(&run.meaning(), 2))?;
        writeln!(f, "\n{}\n", heading("What to try next:"))?;
        let next = run.next();
        let width = next.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
        next.iter().try_for_each(|(command, shows)| writeln!(f, "  {command:width$}   {shows}"))?;
        if self.database.temporary_directory().is_none() {
            let path = self.database.path().display();
            writeln!(
                f,
                "\n{}\n\n  sqlite3 {path} 'select * from city'",
                heading("To look at the database:")
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_shows_its_first_parts_and_counts_the_rest() {
        assert_eq!(first_parts("timed out; a; b"), "timed out;\n    a;\n    b");
        let long = format!("timed out{}", "; a holder".repeat(7));
        assert!(first_parts(&long).ends_with("a holder;\n    ... and 2 more"));
    }
}
