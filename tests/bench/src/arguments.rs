//! `Arguments`: what is to be run, and where its figures go.

use crate::case::{Belongs, CASES, Case};
use crate::pace::Pace;
use clap::Parser;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// cenote beside the pools that people use today, in one process: medians over interleaved rounds.
#[derive(Debug, Parser)]
#[command(name = "bench", bin_name = "cargo xtask bench")]
pub(crate) struct Arguments {
    /// Fewer and shorter rounds and, if no case is named, only the cases that say the most: about 90 s.
    #[arg(long)]
    quick: bool,

    /// Only what is measured on servers: PostgreSQL and MariaDB, private ones unless `CENOTE_POSTGRES_URL` and
    /// `CENOTE_MYSQL_URL` name others.
    #[arg(long)]
    servers: bool,

    /// Write all figures to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write the pictures into this folder, as SVG.
    #[arg(long, value_name = "DIR")]
    pub(crate) svg: Option<PathBuf>,

    /// Write all figures to this file, as a page of Markdown.
    #[arg(long, value_name = "FILE")]
    pub(crate) page: Option<PathBuf>,

    /// Run these cases, and no others.
    #[arg(value_name = "CASES", value_parser = PossibleValuesParser::new(CASES.iter().map(|case| case.name)))]
    cases: Vec<String>,
}

impl Arguments {
    pub(crate) fn pace(&self) -> Pace {
        if self.quick { Pace::QUICK } else { Pace::THOROUGH }
    }

    /// The cases to be run, in the order of the table.
    pub(crate) fn cases(&self) -> impl Iterator<Item = &'static Case> {
        CASES.iter().filter(|case| match &*self.cases {
            [] if self.servers => case.belongs == Belongs::Servers,
            [] => case.belongs == Belongs::Every || (case.belongs == Belongs::Thorough && !self.quick),
            named => named.iter().any(|name| name == case.name),
        })
    }

    /// The command that measures the same again. Where its figures went is nobody's business.
    pub(crate) fn command(&self) -> String {
        let quick = self.quick.then_some("--quick");
        let servers = self.servers.then_some("--servers");
        let words = ["cargo xtask bench"].into_iter().chain(quick).chain(servers);
        words.chain(self.cases.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn arguments(words: &str) -> Arguments {
        Arguments::parse_from(["bench"].into_iter().chain(words.split_whitespace()))
    }

    fn names(words: &str) -> Vec<&'static str> {
        arguments(words).cases().map(|case| case.name).collect()
    }

    #[test]
    fn the_command_line_is_sound() {
        <Arguments as CommandFactory>::command().debug_assert();
    }

    #[test]
    fn a_case_that_is_named_is_run_alone() {
        let of = |belongs: &[Belongs]| -> Vec<_> {
            CASES.iter().filter(|case| belongs.contains(&case.belongs)).map(|case| case.name).collect()
        };
        assert_eq!(names(""), of(&[Belongs::Every, Belongs::Thorough]));
        assert_eq!(names("--quick"), of(&[Belongs::Every]));
        assert_eq!(
            (names("--servers"), names("--servers threads")),
            (of(&[Belongs::Servers]), vec!["threads"])
        );
        assert_eq!(names("sqlite-by-key --quick uncontended"), ["uncontended", "sqlite-by-key"]);
    }

    #[test]
    fn an_unknown_case_is_answered_with_those_that_there_are() {
        let error = Arguments::try_parse_from(["bench", "thread"]).unwrap_err().to_string();
        assert!(error.contains("[CASES]") && error.contains("uncontended, threads,"), "{error}");
    }

    #[test]
    fn the_command_is_told_without_its_files() {
        let arguments = arguments("--quick --json a.json threads --svg pictures --page b.md");
        assert_eq!(arguments.command(), "cargo xtask bench --quick threads");
    }
}
