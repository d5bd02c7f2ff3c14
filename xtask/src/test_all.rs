//! `cargo xtask test-all`: everything, in order, with a table at the end.

use std::{fs, process::ExitCode};

use clap::Args;
use xshell::{Cmd, cmd};

use crate::{
    console,
    error::Result,
    golden::{self, Golden},
    laws::Laws,
    manifest::Manifest,
    models,
    project::{Project, with_flags},
    servers::{Kind, Running},
    step::{self, Findings, Step},
    stress,
    test_run::TestRun,
    tidy,
};

/// Runs everything: format, lints, tidy, documentation, tests, compile-fail cases, models, stress, and the laws.
///
/// The servers that this needs are private ones, started before and stopped after; what is missing of their software is
/// downloaded and unpacked in the build's folder. `CENOTE_POSTGRES_URL` and `CENOTE_MYSQL_URL` name servers of your own.
///
/// A step that fails does not stop the others. At the end stand a table of the steps, a table of driver x strategy with
/// the number of laws that held, and a closing line that counts laws and tests. The exit code is 0 only if all that was
/// asked for ran and passed; a skip is never green.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Run only the laws, and only those of this driver (`fake`, `sqlite`, `postgres`, ..); the other steps are left out.
    #[arg(long, value_name = "NAME")]
    driver: Option<String>,

    /// Never download server software: what is missing makes the run red.
    #[arg(long)]
    no_install: bool,
}

/// Runs what was asked for, and says what came of it.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    let (mut laws, mut running) = (None, None);
    let kinds = arguments.driver.as_deref().map_or(Kind::ALL.to_vec(), Kind::of_driver);
    let mut servers = || {
        Step::run("servers", "what the drivers connect to", || {
            running = Some(Running::start(project, &kinds, arguments.no_install)?);
            Ok(Findings::green())
        })
    };
    let steps = match &arguments.driver {
        None => [servers()].into_iter().chain(every_step(project, &mut laws)).collect(),
        Some(driver) => {
            let asked_for = list(project)?.of_driver(driver)?;
            console::line(format_args!(
                "--driver {driver}: only the laws of {driver} run, and no other step"
            ));
            vec![
                servers(),
                Step::run("laws", driver, || run_laws(project, asked_for, Some(driver), &mut laws)),
            ]
        }
    };
    running.into_iter().for_each(Running::stop);
    Ok(conclude(&steps, laws.as_ref()))
}

fn every_step(project: &Project, laws: &mut Option<Laws>) -> Vec<Step> {
    let sh = project.shell();
    let warnings_are_errors = with_flags("RUSTDOCFLAGS", "-D warnings");
    let tool = |command: Cmd<'_>, remedy| Ok(Findings::of_tool(project.succeeds(command)?, remedy));
    vec![
        Step::run("fmt", "the format of all files", || {
            tool(
                cmd!(sh, "cargo fmt --all --check"),
                "run `cargo fmt --all` (`rustup component add rustfmt` if it is missing)",
            )
        }),
        Step::run("clippy", "the lints, on everything", || {
            tool(cmd!(sh, "cargo clippy --workspace --all-targets -- -D warnings"), CLIPPY)
        }),
        Step::run("clippy, no features", "the lints, on the core alone without its default features", || {
            tool(
                cmd!(sh, "cargo clippy --package cenote --no-default-features --all-targets -- -D warnings"),
                CLIPPY,
            )
        }),
        Step::run("tidy", "floors, headers, sizes, manifests, links", || tidy::check(project)),
        Step::run("doc", "the documentation, where a warning is an error", || {
            let doc = cmd!(sh, "cargo doc --workspace --no-deps").env("RUSTDOCFLAGS", warnings_are_errors);
            tool(doc, "mend what rustdoc names above")
        }),
        Step::run("tests", "unit, integration and doc tests of every crate but the suite", || {
            tests(project, cmd!(sh, "cargo test --workspace --exclude {SUITE} --no-fail-fast"))
        }),
        Step::run("compile-fail", "mistakes that must not compile, and the suite's own tests", || {
            suite(project)
        }),
        Step::run(models::NAME, models::WHAT, || models::check(project)),
        Step::run(stress::NAME, stress::WHAT, || stress::check(project)),
        Step::run("laws", "every law on every driver and strategy", || {
            run_laws(project, list(project)?, None, laws)
        }),
    ]
}

/// How many troubles of each red step stand once more at the end.
const REPEATED: usize = 10;
const SUITE: &str = "cenote-conformance";
const CLIPPY: &str = "mend what clippy names above (`rustup component add clippy` if it is missing)";

fn tests(project: &Project, command: Cmd<'_>) -> Result<Findings> {
    let finished = project.show_and_keep(command)?;
    Ok(Findings::of_tests(&TestRun::read(&finished.output), finished.succeeded))
}

/// Every test target of the suite but the laws and the stress, by name, so that those do not run twice.
fn suite(project: &Project) -> Result<Findings> {
    let manifest = Manifest::read(&fs::read_to_string(project.root().join("tests/Cargo.toml"))?);
    if manifest.entry("package", "autotests").is_none_or(|entry| entry.value != "false") {
        return Err(
            "tests/Cargo.toml has to say `autotests = false` and name each test, or some would not run"
                .into(),
        );
    }
    let names =
        manifest.each_text("test", "name").into_iter().filter(|name| !["laws", stress::NAME].contains(name));
    let targets = names.flat_map(|name| ["--test", name]).collect::<Vec<_>>();
    tests(project, cmd!(project.shell(), "cargo test --package {SUITE} --no-fail-fast --lib {targets...}"))
}

/// Runs the laws of `asked_for`, and leaves them in `ran` for the table.
fn run_laws(
    project: &Project,
    asked_for: Laws,
    driver: Option<&str>,
    ran: &mut Option<Laws>,
) -> Result<Findings> {
    let filter = driver.map(|driver| format!("{driver}::"));
    let command = cmd!(project.shell(), "cargo test --package {SUITE} --test laws -- {filter...}");
    let laws = ran.insert(asked_for);
    let finished = project.show_and_keep(command)?;
    laws.note(&TestRun::read(&finished.output));
    let mut findings = laws.findings();
    if !finished.succeeded && findings.is_green() {
        findings.troubles.push("cargo reports an error; it stands above".to_owned());
    }
    Ok(findings)
}

/// The laws that the suite knows, on every driver and strategy.
fn list(project: &Project) -> Result<Laws> {
    let finished =
        project.keep_quietly(cmd!(project.shell(), "cargo test --package {SUITE} --test laws -- --list"))?;
    if !finished.succeeded {
        return Err("the laws cannot be listed, so none ran; mend what cargo names above".into());
    }
    let golden = Golden::read(&fs::read_to_string(project.root().join(golden::PATH))?);
    Ok(Laws::listed(&finished.output).expecting(adapters(project)?).counted_by(golden))
}

/// The folders of `adapters/`: each has to appear among the drivers.
fn adapters(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for folder in fs::read_dir(project.root().join("adapters"))? {
        let folder = folder?;
        if folder.path().join("Cargo.toml").is_file() {
            names.push(folder.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Prints the tables and the closing line. Green means: every step is, and something was counted.
fn conclude(steps: &[Step], laws: Option<&Laws>) -> ExitCode {
    console::headline("steps");
    console::line(step::table(steps));
    console::headline(
        "laws that held + that do not apply (tests/laws.golden says why), by driver and strategy",
    );
    match laws {
        Some(laws) => console::line(laws.table()),
        None => console::line("  none ran"),
    }
    let red = steps.iter().filter(|step| !step.findings().is_green()).collect::<Vec<_>>();
    if !red.is_empty() {
        console::headline("not green");
    }
    for step in &red {
        step.show_troubles(REPEATED);
    }
    let passed = steps.iter().map(|step| step.findings().passed).sum::<usize>();
    let failed = steps.iter().map(|step| step.findings().failed).sum::<usize>();
    console::line(format_args!("{passed} passed, {failed} failed"));
    if red.is_empty() && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
