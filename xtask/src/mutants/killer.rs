//! `Killer`: a run of laws, models or tests that has to notice a mutant.

use std::fmt;

/// A run of laws, models or tests that has to notice a mutant. Each takes a part of the names of what is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Killer<'f> {
    /// Laws of the suite.
    Law(&'f str),
    /// Models of the core, under loom.
    Model(&'f str),
    /// Unit tests of the core.
    Unit(&'f str),
    /// Tests of what a pool keeps in memory.
    Footprint(&'f str),
    /// Trials of the stress.
    Stress(&'f str),
}

impl<'f> Killer<'f> {
    /// What runs.
    pub(super) fn filter(self) -> &'f str {
        match self {
            Self::Law(filter)
            | Self::Model(filter)
            | Self::Unit(filter)
            | Self::Footprint(filter)
            | Self::Stress(filter) => filter,
        }
    }

    /// What cargo is told to build it.
    pub(super) fn build(self) -> &'static [&'static str] {
        match self {
            Self::Law(_) => &["--package", "cenote-conformance", "--test", "laws"],
            Self::Footprint(_) => &["--package", "cenote-conformance", "--test", "footprint"],
            Self::Stress(_) => &["--package", "cenote-conformance", "--test", "stress"],
            Self::Unit(_) => &["--package", "cenote", "--lib"],
            Self::Model(_) => &["--package", "cenote", "--lib", "--release"],
        }
    }

    /// The folder of its package, in which it runs.
    pub(super) fn package(self) -> &'static str {
        match self {
            Self::Law(_) | Self::Footprint(_) | Self::Stress(_) => "tests",
            Self::Unit(_) | Self::Model(_) => "pool",
        }
    }

    pub(super) fn is_model(self) -> bool {
        matches!(self, Self::Model(_))
    }
}

impl fmt::Display for Killer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Law(_) => "law",
            Self::Model(_) => "model",
            Self::Unit(_) => "unit test",
            Self::Footprint(_) => "footprint",
            Self::Stress(_) => "stress",
        };
        write!(f, "{kind} {}", self.filter())
    }
}
