//! `Program`: a test program that was built, and what comes of running it for a while.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::{
    error::Result,
    test_run::{TestRun, Verdict},
};

/// A test program that was built.
#[derive(Debug)]
pub(super) struct Program(PathBuf);

/// What came of running it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// So many tests ran, and all passed.
    Green(usize),
    /// These failed; if none is named, the program itself was ended.
    Red(Vec<String>),
    /// It was still running when its time was over; these had failed by then.
    Hung(Vec<String>),
}

/// So many operations of all trials of the stress that a race which is seldom lost is lost.
const OPERATIONS: &str = "3000000";

impl Program {
    /// The program that cargo names in its messages.
    pub(super) fn named_in(messages: &str) -> Result<Self> {
        let path = messages.lines().filter_map(executable).next_back();
        Ok(Self(path.ok_or("cargo built no program")?.into()))
    }

    /// Runs the tests with these words in their names, for so long at most.
    pub(super) fn run(&self, filter: &str, folder: &Path, within: Duration) -> Result<Outcome> {
        let mut command = Command::new(&self.0);
        let command = command.arg(filter).current_dir(folder).env("CENOTE_STRESS_OPERATIONS", OPERATIONS);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut output = child.stdout.take().ok_or("the child has no standard output")?;
        let (ended, end) = mpsc::channel();
        thread::scope(|scope| {
            let reader = scope.spawn(move || {
                let mut bytes = Vec::new();
                let read = output.read_to_end(&mut bytes);
                // Nobody listens any more if the time was over first.
                let _ = ended.send(());
                read.map(|_| String::from_utf8_lossy(&bytes).into_owned())
            });
            let in_time = end.recv_timeout(within).is_ok();
            if !in_time {
                child.kill()?;
            }
            let succeeded = child.wait()?.success();
            let output = reader.join().map_err(|_| "the reader panicked")??;
            Ok(if in_time { outcome(&output, succeeded) } else { Outcome::Hung(failed(&output)) })
        })
    }
}

/// What cargo says about a program that it built, in one line of JSON.
fn executable(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once(r#""executable":""#)?;
    rest.split('"').next()
}

fn outcome(output: &str, succeeded: bool) -> Outcome {
    if succeeded { Outcome::Green(TestRun::read(output).passed()) } else { Outcome::Red(failed(output)) }
}

fn failed(output: &str) -> Vec<String> {
    TestRun::read(output).names(Verdict::Failed).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Outcome, executable, outcome};

    #[test]
    fn the_program_is_read_from_cargos_messages() {
        let message = r#"{"reason":"compiler-artifact","executable":"/tmp/deps/laws-1","fresh":false}"#;
        assert_eq!(executable(message), Some("/tmp/deps/laws-1"));
        assert_eq!(executable(r#"{"reason":"compiler-artifact","executable":null}"#), None);
    }

    #[test]
    fn a_run_that_fails_names_its_tests_and_a_program_that_was_ended_names_none() {
        let output = "running 2 tests\ntest a ... ok\ntest b ... FAILED\n";
        assert_eq!(outcome(output, false), Outcome::Red(vec!["b".to_owned()]));
        assert_eq!(outcome("running 2 tests\n", false), Outcome::Red(vec![]));
        assert_eq!(outcome("running 2 tests\ntest a ... ok\ntest b ... ok\n", true), Outcome::Green(2));
    }
}
