//! `cargo xtask models`: the loom models of the core.

use std::process::ExitCode;

use clap::Args;
use xshell::cmd;

use crate::{
    console,
    error::Result,
    project::{Project, with_flags},
    step::{Findings, Step},
    test_run::TestRun,
};

/// Runs the loom models: each explores every interleaving of a few threads within its bounds.
///
/// They are built with `--cfg loom` into a folder of their own (`target/loom`), so that neither build spoils the other.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the models alone.
pub(crate) fn run(project: &Project, _: Arguments) -> Result<ExitCode> {
    let step = Step::run(NAME, WHAT, || check(project));
    Ok(if step.findings().is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) const NAME: &str = "models";
pub(crate) const WHAT: &str = "the loom models of the core";

/// Runs the models and counts them. None at all is a fault: a filter that fits nothing would be green for ever.
pub(crate) fn check(project: &Project) -> Result<Findings> {
    let target = project.target().join("loom");
    let flags = with_flags("RUSTFLAGS", "--cfg loom");
    let models = cmd!(project.shell(), "cargo test --package cenote --lib --release models -- --show-output")
        .env("RUSTFLAGS", flags)
        .env("CARGO_TARGET_DIR", target);
    let finished = project.show_and_keep(models)?;
    let run = TestRun::read(&finished.output);
    let mut findings = Findings::of_tests(&run, finished.succeeded);
    if finished.succeeded && run.passed() == 0 {
        findings
            .troubles
            .push("no model ran; is there still a test with `models` in its path under cfg(loom)?".into());
    }
    console::line(format_args!("models that ran: {}", run.passed() + run.failed()));
    Ok(findings)
}
