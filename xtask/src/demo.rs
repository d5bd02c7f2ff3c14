//! `cargo xtask demo`: the pool at work on an embedded SQLite database.

use std::{
    ffi::OsString,
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use clap::Args;
use xshell::cmd;

use crate::{console, error::Result, project::Project};

/// Shows the pool at work: many threads, real queries on an embedded SQLite database, a summary that explains itself.
///
/// Nothing needs to be installed or started. Everything after `demo` goes to the demo program itself, for example
/// `cargo xtask demo --seconds 5 --threads 16 --strategy singleton-thread`; `cargo xtask demo --help` lists all that
/// it understands.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// What the demo program is told: `[--seconds N] [--threads N] [--strategy NAME] ...`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    passed_on: Vec<OsString>,
}

/// Starts the demo with the arguments given to it.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    if !has_compiled_sqlite(&project.target()) {
        console::line("The first build compiles SQLite once (about 15 s); later starts take no time.");
    }
    let passed_on = &arguments.passed_on;
    let demo = cmd!(project.shell(), "cargo run --quiet --package cenote-demo -- {passed_on...}");
    become_program(demo.into())
}

/// On Unix this process becomes the demo, so that Ctrl-C reaches the demo alone and its summary is not cut off.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(format!("cannot run cargo ({}); is it on the PATH?", command.exec()).into())
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Whether an ordinary build has already made the SQLite library.
fn has_compiled_sqlite(target: &Path) -> bool {
    let Ok(folders) = fs::read_dir(target.join("debug/build")) else { return false };
    folders.flatten().any(|folder| {
        let is_sqlite = folder.file_name().to_string_lossy().starts_with("libsqlite3-sys-");
        is_sqlite && folder.path().join("out/bindgen.rs").is_file()
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::{Arguments, has_compiled_sqlite};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn everything_is_passed_on_help_included() {
        let words = ["--seconds", "5", "--strategy", "null", "--help"];
        let line = Line::try_parse_from(["demo"].iter().chain(&words)).unwrap();
        assert_eq!(line.arguments.passed_on, words);
    }

    #[test]
    fn sqlite_is_announced_until_it_is_compiled() {
        let target = tempfile::tempdir().unwrap();
        assert!(!has_compiled_sqlite(target.path()));
        let out = target.path().join("debug/build/libsqlite3-sys-0123456789abcdef/out");
        fs::create_dir_all(&out).unwrap();
        assert!(!has_compiled_sqlite(target.path()));
        fs::write(out.join("bindgen.rs"), "").unwrap();
        assert!(has_compiled_sqlite(target.path()));
    }
}
