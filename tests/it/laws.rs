//! Every law, for every driver and every strategy: `cargo test --test laws driver::strategy::law`.

use cenote_conformance::harness::Suite;
use libtest_mimic::Arguments;
use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "why laws do not run belongs to the result")]
fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut suite = Suite::new();
    if let Some(filter) = &arguments.filter {
        suite = suite.only(filter);
    }
    if arguments.list {
        return libtest_mimic::run(&arguments, suite.trials()).exit_code();
    }
    for driver in suite.left_out() {
        eprintln!(
            "no law runs on {driver}: it links a library, and the feature `{driver}` is off; `cargo xtask test-all` unpacks the library and runs them"
        );
    }
    if let Err(words) = suite.log_in() {
        eprintln!("{words}");
        return ExitCode::FAILURE;
    }
    libtest_mimic::run(&arguments, suite.trials()).exit_code()
}
