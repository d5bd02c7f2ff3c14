//! `Step`: one part of the whole, with its headline, its time and what it found.

use std::time::{Duration, Instant};

use crate::{
    console,
    error::Result,
    table::Table,
    test_run::{TestRun, Verdict},
};

/// A part of `test-all` that has run.
#[derive(Debug)]
pub(crate) struct Step {
    name: &'static str,
    took: Duration,
    findings: Findings,
}

/// A suite that does not even start has hundreds of troubles, and the first few say it all.
const SHOWN: usize = 40;

/// What a step found. It is green if there is no trouble.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) troubles: Vec<String>,
}

impl Step {
    /// Runs `check` under a headline. An error of the check is a trouble like any other: the next step still runs.
    pub(crate) fn run(name: &'static str, what: &str, check: impl FnOnce() -> Result<Findings>) -> Self {
        console::headline(format_args!("{name}: {what}"));
        let step = Self::measured(name, check);
        step.conclude();
        step
    }

    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Says what is wrong, up to so many lines of it.
    pub(crate) fn show_troubles(&self, most: usize) {
        let troubles = &self.findings.troubles;
        for trouble in troubles.iter().take(most) {
            console::line(format_args!("{}: {trouble}", self.name));
        }
        if troubles.len() > most {
            console::line(format_args!("{}: and {} more", self.name, troubles.len() - most));
        }
    }

    fn measured(name: &'static str, check: impl FnOnce() -> Result<Findings>) -> Self {
        let begun = now();
        let findings = check().unwrap_or_else(|error| Findings::trouble(error.to_string()));
        Self { name, took: now() - begun, findings }
    }

    fn conclude(&self) {
        self.show_troubles(SHOWN);
        console::line(format_args!("<== {}: {} in {}", self.name, self.word(), seconds(self.took)));
    }

    fn word(&self) -> &'static str {
        if self.findings.is_green() { "ok" } else { "FAILED" }
    }
}

impl Findings {
    /// Green without a test: a tool had nothing to say.
    pub(crate) fn green() -> Self {
        Self::default()
    }

    /// Red, for the reason given.
    pub(crate) fn trouble(reason: impl Into<String>) -> Self {
        Self { troubles: vec![reason.into()], ..Self::default() }
    }

    /// Green if `succeeded`, else red with what to do about it.
    pub(crate) fn of_tool(succeeded: bool, remedy: &str) -> Self {
        if succeeded { Self::green() } else { Self::trouble(remedy) }
    }

    /// What a run of test programs says. A test that did not run is red: a skip is never green.
    pub(crate) fn of_tests(run: &TestRun, succeeded: bool) -> Self {
        let mut findings = Self { passed: run.passed(), failed: run.failed(), troubles: Vec::new() };
        for name in run.names(Verdict::Failed) {
            findings.troubles.push(format!("failed: {name}"));
        }
        for name in run.names(Verdict::Ignored) {
            findings.troubles.push(format!("ignored, so it proves nothing: {name}"));
        }
        if run.lost() > 0 {
            findings.troubles.push(format!("{} tests were announced and gave no result", run.lost()));
        }
        if run.ignored() > 0 && findings.troubles.is_empty() {
            findings.troubles.push(format!("{} tests were ignored", run.ignored()));
        }
        if !succeeded && findings.troubles.is_empty() {
            findings.troubles.push("cargo reports an error; it stands above".to_owned());
        }
        findings
    }

    pub(crate) fn is_green(&self) -> bool {
        self.failed == 0 && self.troubles.is_empty()
    }
}

/// The steps below one another: result, tests and time of each.
pub(crate) fn table(steps: &[Step]) -> Table {
    let mut table = Table::new(["step", "result", "passed", "failed", "time"]);
    for step in steps {
        let count = |number: usize| if number == 0 { String::new() } else { number.to_string() };
        table.row([
            step.name.to_owned(),
            step.word().to_owned(),
            count(step.findings.passed),
            count(step.findings.failed),
            seconds(step.took),
        ]);
    }
    table
}

/// How long something takes is told to whoever waits for it.
#[expect(clippy::disallowed_methods, reason = "the pool's door to the clock is not this program's")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

pub(crate) fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::{Findings, Step, table};
    use crate::test_run::TestRun;

    #[test]
    fn an_ignored_test_is_red() {
        let output = "running 2 tests\ntest a ... ok\ntest b ... ignored\n\
            test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        let findings = Findings::of_tests(&TestRun::read(output), true);
        assert!(!findings.is_green());
        assert_eq!(findings.troubles, ["ignored, so it proves nothing: b"]);
    }

    #[test]
    fn a_build_that_fails_is_red_though_no_test_failed() {
        assert!(!Findings::of_tests(&TestRun::read(""), false).is_green());
    }

    #[test]
    fn a_step_that_cannot_run_is_red_and_named_in_the_table() {
        let steps = [
            Step::measured("fine", || Ok(Findings::green())),
            Step::measured("broken", || Err("no such program".into())),
        ];
        assert!(steps[0].findings().is_green());
        assert_eq!(steps[1].findings().troubles, ["no such program"]);
        let table = table(&steps).to_string();
        assert!(table.contains("fine") && table.contains("FAILED"), "{table}");
    }
}
