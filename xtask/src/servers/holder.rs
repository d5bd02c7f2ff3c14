//! The process that holds the servers of `up`, and those who ask it.

use std::{
    env,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Command, ExitCode, Stdio},
};

use cenote_servers::{start_mysql, start_postgres};

use crate::{console, error::Result};

use super::door::{Door, Question};
use super::running::Kind;

/// What the holder says when all is there.
const READY: &str = "ready";

/// Starts a holder, unless there is one, and says what it holds.
pub(crate) fn up(door: &Door) -> Result<ExitCode> {
    if door.ask(Question::Status).is_some() {
        console::line("they run already");
        return status(door);
    }
    // A group of its own, so that Ctrl-C at the terminal is not for it.
    let mut holder = Command::new(env::current_exe()?)
        .args(["servers", "hold"])
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let said = BufReader::new(holder.stdout.take().ok_or("the holder has no standard output")?);
    for line in said.lines() {
        if line? == READY {
            return status(door);
        }
    }
    Err("the servers did not come up; the reason stands above".into())
}

/// Asks the holder to end, and waits until it has.
pub(crate) fn down(door: &Door) -> Result<ExitCode> {
    console::line(match door.ask(Question::Down) {
        Some(_) => "the servers are stopped, and their folders are gone",
        None => "no servers run: `cargo xtask servers up` starts them",
    });
    Ok(ExitCode::SUCCESS)
}

/// Says what runs. Not to be up is no failure, but told by the exit code.
pub(crate) fn status(door: &Door) -> Result<ExitCode> {
    let Some(lines) = door.ask(Question::Status) else {
        console::line("no servers run: `cargo xtask servers up` starts them");
        return Ok(ExitCode::FAILURE);
    };
    for line in lines {
        console::line(line);
    }
    Ok(ExitCode::SUCCESS)
}

/// Holds both servers until somebody asks it to end.
pub(crate) fn hold(door: &Door) -> Result<ExitCode> {
    let servers = [(Kind::Postgres, start_postgres()?), (Kind::Mysql, start_mysql()?)];
    let lines = servers.iter().map(|(kind, server)| format!("export {}={}", kind.variable(), server.url()));
    let lines: Vec<_> = lines.chain(["# `cargo xtask servers down` stops them".to_owned()]).collect();
    door.open(&lines, || console::line(READY), || drop(servers))?;
    Ok(ExitCode::SUCCESS)
}
