//! `Row`: a defect that others have or had, or a test of theirs, and what answers it here.

use super::proof::Proof;

/// A defect that others have or had, or a test of theirs, and what answers it here.
#[derive(Debug)]
pub(super) struct Row {
    /// Its id: of a defect as in the sources, of a test its class and name.
    pub(super) id: &'static str,
    /// Of a defect, what goes wrong there; of a test, how it can be taken over.
    pub(super) about: &'static str,
    /// What answers it.
    pub(super) answer: Answer,
}

/// What answers a row.
#[derive(Debug)]
pub(super) enum Answer {
    /// These tests: each fails where the defect is, or states the same.
    Tests(&'static [Proof]),
    /// None, and a sentence says why there can be none.
    Nothing(&'static str),
}

/// A test that is taken over as it is.
pub(super) const AS_IS: &str = "R";
/// A test that is taken over in another shape.
pub(super) const RESHAPED: &str = "R*";
/// A test that means nothing in Rust.
pub(super) const MEANINGLESS: &str = "X";

impl Row {
    /// One that tests answer.
    pub(super) const fn by(id: &'static str, about: &'static str, tests: &'static [Proof]) -> Self {
        Self { id, about, answer: Answer::Tests(tests) }
    }

    /// One to which there is no answer, and why.
    pub(super) const fn beyond(id: &'static str, about: &'static str, why: &'static str) -> Self {
        Self { id, about, answer: Answer::Nothing(why) }
    }

    /// The tests that answer it.
    pub(super) fn tests(&self) -> &'static [Proof] {
        match self.answer {
            Answer::Tests(tests) => tests,
            Answer::Nothing(_) => &[],
        }
    }
}
