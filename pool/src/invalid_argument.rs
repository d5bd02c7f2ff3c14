//! `InvalidArgument`: a setting that makes no sense, found when the pool is built.

use thiserror::Error;

/// A setting that makes no sense. It names the argument, says what is wrong with it and what to write instead.
///
/// ```
/// use cenote::{Pool, Queue};
/// # let manager = cenote::doctest::Numbers;
/// let error = Pool::builder(manager).strategy(Queue::new().size(0).max_overflow(0)).build().unwrap_err();
/// assert_eq!(error.argument(), "size");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{argument}: {problem}")]
pub struct InvalidArgument {
    argument: &'static str,
    problem: String,
}

impl InvalidArgument {
    pub(crate) fn new(argument: &'static str, problem: impl Into<String>) -> Self {
        Self { argument, problem: problem.into() }
    }

    /// The name of the argument, as the method that sets it is called.
    pub fn argument(&self) -> &'static str {
        self.argument
    }

    /// What is wrong with it, and what to write instead.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}
