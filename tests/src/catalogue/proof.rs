//! `Proof`: a test of this workspace, named by a row, and whether it exists.

use super::sources::Sources;

/// A test of this workspace, by its kind and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// A law of this suite.
    Law(&'static str),
    /// A test of an adapter.
    Adapter(&'static str),
    /// A test of what a healthy checkout costs, in `it/fast_path.rs`.
    FastPath(&'static str),
    /// A loom model of the core, in `pool/src/models/`.
    Model(&'static str),
    /// A case that must not compile, in `tests/mistakes`.
    CompileFail(&'static str),
}

impl Proof {
    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Law(name)
            | Self::Adapter(name)
            | Self::FastPath(name)
            | Self::Model(name)
            | Self::CompileFail(name) => name,
        }
    }

    /// What its kind is called on the pages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Law(_) => "law",
            Self::Adapter(_) => "adapter's test",
            Self::FastPath(_) => "fast path",
            Self::Model(_) => "model",
            Self::CompileFail(_) => "must not compile",
        }
    }

    /// Whether there is such a test: laws in the table of laws, all others in the source tree.
    pub(super) fn exists(&self, laws: &[&str], sources: &Sources) -> bool {
        match self {
            Self::Law(name) => laws.contains(name),
            Self::Adapter(name) => sources.has_test("adapters/", name),
            Self::FastPath(name) => sources.has_test("tests/it/fast_path.rs", name),
            Self::Model(name) => sources.has_test("pool/src/models/", name),
            Self::CompileFail(name) => sources.has_case(name),
        }
    }
}
