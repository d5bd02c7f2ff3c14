//! `cargo xtask servers`: private PostgreSQL and MariaDB servers, for the tests and for whoever tries something out.

pub(crate) mod client_library;
mod door;
mod holder;
mod running;

use std::process::ExitCode;

use cenote_servers::software::{Installed, Software};
use clap::{Args, Subcommand};

use crate::{console, error::Result, project::Project};

pub(crate) use self::running::{Kind, Running};

use self::door::Door;

/// Starts and stops private servers: in a temporary folder, on a free port of loopback, as an unprivileged user.
///
/// `test-all` and every single test start their own and stop them again; these are for a series of runs by hand.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a PostgreSQL and a MariaDB that go on until `down`, and print how tests come to use them.
    Up {
        /// Never download server software: what is missing is an error.
        #[arg(long)]
        no_install: bool,
    },
    /// Stop them, and remove what they kept.
    Down,
    /// Say whether they run, and where.
    Status,
    /// Download what is missing of the system's packages and unpack it in the build's folder; nothing is installed.
    Fetch,
    /// Hold the servers of `up`.
    #[command(hide = true)]
    Hold,
}

/// Does as it is told.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    let door = Door::of(project);
    match arguments.command {
        Command::Up { no_install } => {
            provide(no_install, &[Software::Postgres, Software::MariaDb])?;
            holder::up(&door)
        }
        Command::Down => holder::down(&door),
        Command::Status => holder::status(&door),
        Command::Fetch => provide(false, &Software::ALL).map(|()| ExitCode::SUCCESS),
        Command::Hold => holder::hold(&door),
    }
}

/// Sees that the software is there: says what is downloaded before it is, or refuses to.
pub(crate) fn provide(no_install: bool, software: &[Software]) -> Result {
    software.iter().try_for_each(|software| found(no_install, *software).map(drop))
}

fn found(no_install: bool, software: Software) -> Result<Installed> {
    let found = if no_install { software.find() } else { software.provide(|what| console::line(what)) }?;
    console::line(format_args!("{} is there: {}", software.package(), found.program().display()));
    Ok(found)
}
