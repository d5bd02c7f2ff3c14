//! `Options`: the command line.

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use std::path::PathBuf;
use std::time::Duration;

use crate::strategy_kind::StrategyKind;

/// Shows the cenote connection pool at work: many threads read and write one SQLite database, live figures, and a
/// table at the end that explains itself.
///
/// Nothing needs to be installed. The database is a temporary file, removed at the end. Ctrl-C ends early, with the
/// table.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask demo", disable_version_flag = true, after_help = EXAMPLES)]
pub(crate) struct Options {
    /// How long the load runs; 0.5 is half a second
    #[arg(long, value_name = "N", default_value = "5", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) seconds: Duration,

    /// How many threads work at the same time [default: 16, with the strategy assertion 1]
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    threads: Option<u32>,

    /// How the threads share connections
    #[arg(long, value_name = "NAME", value_enum, default_value_t = StrategyKind::Queue)]
    pub(crate) strategy: StrategyKind,

    /// How many connections are kept, with queue and singleton-thread [default: 5]
    #[arg(long, value_name = "N", value_parser = size, allow_negative_numbers = true)]
    size: Option<usize>,

    /// How many milliseconds a thread waits for a connection before it gives up; small values show what the pool
    /// then says
    #[arg(long, value_name = "MS", default_value = "1000", value_parser = milliseconds, allow_negative_numbers = true)]
    pub(crate) timeout: Duration,

    /// Leaves the database in place at the end, and says where it is
    #[arg(long)]
    pub(crate) keep: bool,

    /// Where to make the database: a file that does not exist yet; it is left in place
    #[arg(long, value_name = "PATH")]
    pub(crate) database: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Worth a look:
  cargo xtask demo --threads 64                       a line in front of 15 connections
  cargo xtask demo --threads 64 --timeout 5           errors that name who holds the connections
  cargo xtask demo --strategy null                    what a pool saves: here each checkout connects
  cargo xtask demo --strategy assertion --seconds 1   the error that names the first holder";

const MOST_THREADS: u32 = 256;

impl Options {
    /// How many threads work: the strategy assertion is for one, whatever was asked for.
    pub(crate) fn threads(&self) -> u32 {
        match self.strategy {
            StrategyKind::Assertion => 1,
            _ => self.threads.unwrap_or(16),
        }
    }

    /// Whether more threads were asked for than work.
    pub(crate) fn wants_more_threads(&self) -> bool {
        self.threads.is_some_and(|threads| threads > self.threads())
    }

    /// How many connections are kept.
    pub(crate) fn size(&self) -> usize {
        self.size.unwrap_or(5)
    }

    /// Reads the command line; ends the program with a message if it makes no sense.
    pub(crate) fn read() -> Self {
        let options = Self::parse();
        if options.size.is_some() && !options.strategy.has_size() {
            let problem = format!(
                "--size says how many connections are kept, and the strategy {} leaves no choice; leave it out, or choose \
                 --strategy queue or singleton-thread",
                options.strategy
            );
            Self::command().error(ErrorKind::ArgumentConflict, problem).exit();
        }
        options
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    const REMEDY: &str = "give 0.1 to 3600 seconds";
    let number: f64 = text.parse().map_err(|_| format!("that is no number; {REMEDY}"))?;
    if number <= 0.0 {
        return Err(format!("the load would never run; {REMEDY}"));
    }
    if !(0.1..=3600.0).contains(&number) {
        return Err(format!("that is too short or too long to see anything; {REMEDY}"));
    }
    Ok(Duration::from_secs_f64(number))
}

fn threads(text: &str) -> Result<u32, String> {
    let remedy = format!("give 1 to {MOST_THREADS}");
    match text.parse() {
        Err(_) => Err(format!("that is no number of threads; {remedy}")),
        Ok(0) => Err(format!("with no thread nothing would happen; {remedy}")),
        Ok(number) if number > MOST_THREADS => Err(format!(
            "each may open files of its own, and systems allow a process a thousand or so; {remedy}"
        )),
        Ok(number) => Ok(number),
    }
}

fn size(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (1..=MOST_THREADS as usize).contains(&number) => Ok(number),
        _ => Err(format!("give 1 to {MOST_THREADS}: more threads than that cannot use them")),
    }
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(number) if number <= 60_000 => Ok(Duration::from_millis(number)),
        _ => Err("give 0 to 60000 milliseconds".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
    }

    #[test]
    fn one_thread_works_with_the_strategy_that_is_for_one() {
        let threads = |arguments: &str| {
            let options = Options::parse_from(arguments.split(' '));
            (options.threads(), options.wants_more_threads())
        };
        assert_eq!(threads("demo"), (16, false));
        assert_eq!(threads("demo --threads 3"), (3, false));
        assert_eq!(threads("demo --strategy assertion"), (1, false));
        assert_eq!(threads("demo --strategy assertion --threads 64"), (1, true));
    }
}
