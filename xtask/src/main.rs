//! `cargo xtask`: the one door for developers and for CI.

mod console;
mod error;
mod golden;
mod project;
mod manifest;
mod table;
mod test_run;
mod step;
mod law;
mod laws;
mod demo;
mod oldest_rust;
mod models;
mod thread_sanitizer;
mod stress;
mod suite;
mod mutants;
mod bench;
mod servers;
mod tidy;
mod test_all;
mod ci;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{error::Result, project::Project};

/// Everything that a developer of cenote or its CI runs: one door, nothing to install but Rust and a C compiler.
///
/// New here? `cargo xtask demo` shows the pool at work, `cargo xtask test-all` checks all that it promises.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", disable_version_flag = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Arguments),
    TestAll(test_all::Arguments),
    Models(models::Arguments),
    Stress(stress::Arguments),
    Mutants(mutants::Arguments),
    Bench(bench::Arguments),
    Servers(servers::Arguments),
    Tidy(tidy::Arguments),
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    run(Arguments::parse()).unwrap_or_else(|error| {
        console::error(&error);
        ExitCode::FAILURE
    })
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let project = Project::find()?;
    match arguments.command {
        Command::Demo(arguments) => demo::run(&project, arguments),
        Command::TestAll(arguments) => test_all::run(&project, arguments),
        Command::Models(arguments) => models::run(&project, arguments),
        Command::Stress(arguments) => stress::run(&project, arguments),
        Command::Mutants(arguments) => mutants::run(&project, arguments),
        Command::Bench(arguments) => bench::run(&project, arguments),
        Command::Servers(arguments) => servers::run(&project, arguments),
        Command::Tidy(arguments) => tidy::run(&project, arguments),
        Command::Ci(arguments) => ci::run(&project, arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_subcommand_says_what_it_does() {
        for subcommand in Arguments::command().get_subcommands() {
            assert!(subcommand.get_about().is_some(), "{} has no help", subcommand.get_name());
        }
    }
}
