//! `cargo xtask test-all`: everything, in order, with a table at the end.

use std::process::ExitCode;

use cenote_servers::software::Software;
use clap::Args;
use xshell::{Cmd, cmd};

use crate::{
    console,
    error::Result,
    laws::Laws,
    models, oldest_rust,
    project::{Project, with_flags},
    servers::{self, Kind, Running, client_library},
    step::{self, Findings, Step},
    stress,
    suite::{self, Suite},
    tidy,
};

/// Runs everything: format, lints, tidy, oldest Rust, documentation, tests, compile-fail cases, models, stress, and the laws.
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
    let links_library = arguments.driver.as_deref().is_none_or(|driver| driver == client_library::DRIVER);
    let library = links_library.then(|| library(project, arguments.no_install));
    let with_library = library.as_ref().is_some_and(|step| step.findings().is_green());
    let suite = Suite { project, links: with_library };
    let kinds = arguments.driver.as_deref().map_or(Kind::ALL.to_vec(), Kind::of_driver);
    let mut servers = || {
        Step::run("servers", "what the drivers connect to", || {
            running = Some(Running::start(project, &kinds, arguments.no_install)?);
            Ok(Findings::green())
        })
    };
    let curl = || {
        Step::run("curl", "what the page of the example is tried with", || {
            servers::provide(arguments.no_install, &[Software::Curl]).map(|()| Findings::green())
        })
    };
    let steps: Vec<Step> = match &arguments.driver {
        None => library.into_iter().chain([curl(), servers()]).chain(every_step(suite, &mut laws)).collect(),
        Some(_) if links_library && !with_library => library.into_iter().collect(),
        Some(driver) => {
            let asked_for = suite.list()?.of_driver(driver)?;
            console::line(format_args!(
                "--driver {driver}: only the laws of {driver} run, and no other step"
            ));
            let servers = servers();
            let laws = Step::run("laws", driver, || suite.run_laws(asked_for, Some(driver), &mut laws));
            library.into_iter().chain([servers, laws]).collect()
        }
    };
    running.into_iter().for_each(Running::stop);
    Ok(conclude(&steps, laws.as_ref()))
}

/// Finds or unpacks what the one driver links that compiles nothing of its own. Without it the table says that the driver
/// is missing, and the run is red.
fn library(project: &Project, no_install: bool) -> Step {
    Step::run("library", "what diesel-mysql links to", || {
        client_library::provide(project, no_install)?;
        Ok(Findings::green())
    })
}

fn every_step(suite: Suite<'_>, laws: &mut Option<Laws>) -> Vec<Step> {
    let (project, sh) = (suite.project, suite.project.shell());
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
        Step::run(
            "clippy, diesel-mysql",
            "the lints, on what is compiled only for MySQL through Diesel",
            || {
                let package = suite::PACKAGE;
                tool(
                    cmd!(
                        sh,
                        "cargo clippy --package {package} --features diesel-mysql --package cenote-diesel --all-targets -- -D warnings"
                    ),
                    CLIPPY,
                )
            },
        ),
        Step::run("tidy", "floors, headers, sizes, manifests, links", || tidy::check(project)),
        Step::run(oldest_rust::NAME, oldest_rust::WHAT, || oldest_rust::check(project)),
        Step::run("doc", "the documentation, where a warning is an error", || {
            let doc = cmd!(sh, "cargo doc --workspace --no-deps").env("RUSTDOCFLAGS", warnings_are_errors);
            tool(doc, "mend what rustdoc names above")
        }),
        Step::run("tests", "unit, integration and doc tests of every crate but the suite", || {
            let package = suite::PACKAGE;
            let features = if suite.links { &["--features", WITH_MYSQL][..] } else { &[] };
            let tests = cmd!(sh, "cargo test --workspace --exclude {package} {features...} --no-fail-fast");
            suite::tests(project, [tests])
        }),
        Step::run("suite", "the suite's own tests, and the code of the guides", || suite.own_tests()),
        Step::run(models::NAME, models::WHAT, || models::check(project)),
        Step::run(stress::NAME, stress::WHAT, || stress::check(project, suite.features())),
        Step::run("laws", "every law on every driver and strategy", || {
            suite.run_laws(suite.list()?, None, laws)
        }),
    ]
}

/// How many troubles of each red step stand once more at the end.
const REPEATED: usize = 10;
/// What links the library, outside the suite.
const WITH_MYSQL: &str = "cenote-diesel/mysql,cenote-example-todo/mysql";
const CLIPPY: &str = "mend what clippy names above (`rustup component add clippy` if it is missing)";

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
