//! The stress: `cargo test --test stress`, for longer with `CENOTE_STRESS_OPERATIONS`, again with `CENOTE_STRESS_SEED`.

use cenote_conformance::stress::settings::Settings;
use cenote_conformance::stress::trials::trials;
use libtest_mimic::{Arguments, run};
use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "what a run was told belongs to its result")]
fn main() -> ExitCode {
    let settings = match Settings::from_environment() {
        Ok(settings) => settings,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::FAILURE;
        }
    };
    eprintln!("stress: {settings}");
    let mut arguments = Arguments::from_args();
    // One trial at a time: each has threads enough.
    arguments.test_threads.get_or_insert(1);
    run(&arguments, trials(settings)).exit_code()
}
