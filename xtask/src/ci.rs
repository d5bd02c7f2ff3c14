//! `cargo xtask ci`: what CI runs.

use std::{env::consts, fs, process::ExitCode, thread};

use clap::Args;
use xshell::cmd;

use crate::{console, error::Result, project::Project, test_all};

/// What CI runs: `test-all`, after saying which compiler, cores and system it runs on.
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct Arguments {
    #[command(flatten)]
    test_all: test_all::Arguments,
}

/// Says where it runs, and runs everything.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    let compiler = project.keep_quietly(cmd!(project.shell(), "rustc --version"))?.output;
    let cores =
        thread::available_parallelism().map_or_else(|_| "unknown".to_owned(), |cores| cores.to_string());
    console::line(format_args!("compiler: {}", compiler.trim()));
    console::line(format_args!("cores:    {cores}"));
    console::line(format_args!("system:   {}", system()));
    test_all::run(project, arguments.test_all)
}

fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let name = name.map(|name| format!(" ({})", name.trim_matches('"'))).unwrap_or_default();
    format!("{} {}{name}", consts::OS, consts::ARCH)
}
