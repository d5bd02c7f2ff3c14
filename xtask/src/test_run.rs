//! `TestRun`: what the output of test programs says, whether they are built on libtest or on libtest-mimic.

/// The tests of one or many test programs, read from their standard output.
#[derive(Debug, Default)]
pub(crate) struct TestRun {
    programs: Vec<Program>,
    results: Vec<TestResult>,
}

/// How one test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passed,
    Failed,
    Ignored,
}

/// One line `test name ... ok`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestResult {
    pub(crate) name: String,
    pub(crate) verdict: Verdict,
}

/// From a program's `running 5 tests` to its `test result: ..`, which is missing if it was killed.
#[derive(Debug, Default, Clone, Copy)]
struct Program {
    announced: usize,
    counts: Counts,
    summary: Option<Counts>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    passed: usize,
    failed: usize,
    ignored: usize,
    measured: usize,
}

impl TestRun {
    /// Reads the whole output. Lines that are not about tests are what tests printed, and are skipped.
    pub(crate) fn read(output: &str) -> Self {
        let mut run = Self::default();
        for line in output.lines() {
            run.read_line(&without_colors(line));
        }
        run
    }

    pub(crate) fn results(&self) -> &[TestResult] {
        &self.results
    }

    pub(crate) fn passed(&self) -> usize {
        self.programs.iter().map(|program| program.said().passed).sum()
    }

    /// Tests that failed, and tests that were announced and never gave a result.
    pub(crate) fn failed(&self) -> usize {
        self.programs.iter().map(|program| program.said().failed).sum::<usize>() + self.lost()
    }

    pub(crate) fn ignored(&self) -> usize {
        self.programs.iter().map(|program| program.said().ignored).sum()
    }

    /// Tests that were announced and gave no result, because their program was killed or aborted.
    pub(crate) fn lost(&self) -> usize {
        self.programs.iter().map(|program| program.announced.saturating_sub(program.said().all())).sum()
    }

    /// The names of the tests that ended in this way.
    pub(crate) fn names(&self, verdict: Verdict) -> impl Iterator<Item = &str> {
        self.results.iter().filter(move |result| result.verdict == verdict).map(|result| &*result.name)
    }

    fn read_line(&mut self, line: &str) {
        if let Some(announced) = announcement(line) {
            self.programs.push(Program { announced, ..Program::default() });
            return;
        }
        let Some(program) = self.programs.last_mut() else { return };
        if let Some(counts) = summary(line) {
            program.summary = Some(counts);
        } else if let Some(result) = test_result(line) {
            match result.verdict {
                Verdict::Passed => program.counts.passed += 1,
                Verdict::Failed => program.counts.failed += 1,
                Verdict::Ignored => program.counts.ignored += 1,
            }
            self.results.push(result);
        }
    }
}

impl Program {
    /// The program's own summary where there is one: what a test prints may garble a line, but not the summary.
    fn said(&self) -> Counts {
        self.summary.unwrap_or(self.counts)
    }
}

impl Counts {
    fn all(&self) -> usize {
        self.passed + self.failed + self.ignored + self.measured
    }
}

/// `running 5 tests`
fn announcement(line: &str) -> Option<usize> {
    let words = line.strip_prefix("running ")?;
    words.strip_suffix(" tests").or_else(|| words.strip_suffix(" test"))?.parse().ok()
}

/// `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn summary(line: &str) -> Option<Counts> {
    let (_, words) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count =
        |word: &str| words.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse::<usize>().ok());
    Some(Counts {
        passed: count("passed")?,
        failed: count("failed")?,
        ignored: count("ignored")?,
        measured: count("measured")?,
    })
}

/// `test name ... ok`; libtest-mimic pads the name, and may put `[kind] ` before it.
fn test_result(line: &str) -> Option<TestResult> {
    let (name, verdict) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let verdict = match verdict.split([' ', ',']).next()? {
        "ok" => Verdict::Passed,
        "FAILED" => Verdict::Failed,
        "ignored" => Verdict::Ignored,
        _ => return None,
    };
    Some(TestResult { name: bare_name(name).to_owned(), verdict })
}

/// The name of a test without its kind and its padding.
pub(crate) fn bare_name(name: &str) -> &str {
    let kind = name.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    kind.map_or(name, |(_, name)| name).trim()
}

/// The line without its terminal colours (`ESC [ .. m`).
fn without_colors(line: &str) -> String {
    let mut parts = line.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{TestRun, Verdict};

    const LIBTEST: &str = "
running 4 tests
test table::tests::columns_are_wide ... ok
test table::tests::it_panics - should panic ... ok
something that a test printed
test table::tests::broken ... FAILED
test table::tests::later ... ignored, needs a server

failures:
    table::tests::broken

test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s


running 1 test
test pool/src/manager.rs - manager::Manager (line 12) ... ok

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.20s
";

    const MIMIC: &str = "
running 3 tests
test fake::queue::a_returned_connection_is_reused        ... \x1b[32mok\x1b[0m
test [law] fake::null::nothing_is_kept                   ... ok
test fake::assertion::second_checkout_names_the_first    ... FAILED

test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn libtest_output_is_counted_over_all_programs() {
        let run = TestRun::read(LIBTEST);
        assert_eq!((run.passed(), run.failed(), run.ignored(), run.lost()), (3, 1, 1, 0));
        assert_eq!(run.names(Verdict::Failed).collect::<Vec<_>>(), ["table::tests::broken"]);
        assert_eq!(run.names(Verdict::Ignored).collect::<Vec<_>>(), ["table::tests::later"]);
    }

    #[test]
    fn libtest_mimic_output_is_read_without_padding_kind_and_colours() {
        let run = TestRun::read(MIMIC);
        assert_eq!((run.passed(), run.failed(), run.ignored()), (2, 1, 0));
        let passed = run.names(Verdict::Passed).collect::<Vec<_>>();
        assert_eq!(passed, ["fake::queue::a_returned_connection_is_reused", "fake::null::nothing_is_kept"]);
    }

    #[test]
    fn a_program_that_was_killed_loses_its_remaining_tests() {
        let run = TestRun::read("running 5 tests\ntest a ... ok\ntest b ... ok\n");
        assert_eq!((run.passed(), run.failed(), run.lost()), (2, 3, 3));
    }

    #[test]
    fn a_line_garbled_by_what_a_test_printed_is_counted_by_the_summary() {
        let output = "running 2 tests\ntest a ... hello\nok\ntest b ... ok\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        let run = TestRun::read(output);
        assert_eq!((run.passed(), run.failed()), (2, 0));
        assert_eq!(run.names(Verdict::Passed).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn lines_before_the_first_program_are_not_tests() {
        assert_eq!(TestRun::read("test a ... ok\n").passed(), 0);
    }
}
