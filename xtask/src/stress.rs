//! `cargo xtask stress`: random operations from many threads on every strategy, also under ThreadSanitizer.

use std::process::ExitCode;

use clap::Args;
use xshell::{Cmd, cmd};

use crate::{
    error::Result,
    project::Project,
    step::{Findings, Step},
    test_run::TestRun,
    thread_sanitizer::ThreadSanitizer,
};

/// Does random things to pools of every strategy from 16 threads, and looks all along for what must never be.
///
/// The seed is printed; it decides what each thread does and where the driver fails, but not who comes first.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// How many operations, in all; without it a million for each strategy, and a tenth of that under ThreadSanitizer.
    #[arg(long, value_name = "N")]
    operations: Option<u64>,

    /// The seed of a run that is to be tried again.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,

    /// Have ThreadSanitizer look for data races meanwhile: builds everything once more, and takes ten times as long.
    #[arg(long)]
    thread_sanitizer: bool,
}

pub(crate) const NAME: &str = "stress";
pub(crate) const WHAT: &str = "random operations from many threads, on every strategy";

/// Queues of three orders, with overflow and without, and such that keep nothing or have no limit; and the other four.
const STRATEGIES: u64 = 12;
const MILLION: u64 = 1_000_000;

/// Runs the stress alone, for long.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    let step = Step::run(NAME, WHAT, || {
        let sanitizer = arguments.thread_sanitizer.then(|| ThreadSanitizer::set_up(project)).transpose()?;
        let long_form = STRATEGIES * MILLION / if sanitizer.is_some() { 10 } else { 1 };
        let operations = arguments.operations.unwrap_or(long_form).to_string();
        let mut command = command(project, sanitizer.as_ref()).env("CENOTE_STRESS_OPERATIONS", operations);
        if let Some(seed) = arguments.seed {
            command = command.env("CENOTE_STRESS_SEED", seed.to_string());
        }
        findings(project, command)
    });
    Ok(if step.findings().is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs the short form. The suite is built with these features, as it is for the laws: once instead of twice.
pub(crate) fn check(project: &Project, features: &[&str]) -> Result<Findings> {
    findings(project, command(project, None).args(features))
}

fn command<'p>(project: &'p Project, sanitizer: Option<&ThreadSanitizer>) -> Cmd<'p> {
    let target = sanitizer.into_iter().flat_map(ThreadSanitizer::target);
    let command = cmd!(project.shell(), "cargo test {target...} --package cenote-conformance --test stress");
    match sanitizer {
        Some(sanitizer) => sanitizer.watch(command),
        None => command,
    }
}

/// A run in which no trial took place is a fault: it would be green for ever.
fn findings(project: &Project, command: Cmd<'_>) -> Result<Findings> {
    let finished = project.show_and_keep(command)?;
    let run = TestRun::read(&finished.output);
    let mut findings = Findings::of_tests(&run, finished.succeeded);
    if finished.succeeded && run.passed() == 0 {
        findings.troubles.push("no trial ran".into());
    }
    Ok(findings)
}
