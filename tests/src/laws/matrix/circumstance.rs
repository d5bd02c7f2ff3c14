//! `Circumstance`: under what a life is lived, besides its manner: where the calls run, and what a return does.

use cenote::MayHang;
use std::fmt;

/// Under what a life is lived.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstance {
    pub(super) name: &'static str,
    pub(super) may_hang: MayHang,
    pub(super) returns: Returns,
}

/// What becomes of a connection that comes home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Returns {
    /// It is rolled back by the one that returns it.
    RollBack,
    /// It is committed by the one that returns it.
    Commit,
    /// A worker rolls it back, for whom the one that returns it waits.
    OnAWorker,
    /// A worker rolls it back, whom the one that returns it leaves.
    LeftToAWorker,
}

impl Circumstance {
    /// Where a return rolls back.
    pub(super) fn new(name: &'static str, may_hang: MayHang) -> Self {
        Self { name, may_hang, returns: Returns::RollBack }
    }

    /// Whether some calls run on workers, so that nobody can say in which order.
    pub(super) fn has_workers(&self) -> bool {
        self.may_hang != MayHang::NOTHING
            || matches!(self.returns, Returns::OnAWorker | Returns::LeftToAWorker)
    }
}

impl fmt::Display for Circumstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, may_hang: MayHang { connect, is_valid, close }, returns } = *self;
        let lanes = [("connect", connect), ("is_valid", is_valid), ("close", close)];
        let lanes: Vec<_> = lanes.into_iter().filter(|lane| lane.1).map(|lane| lane.0).collect();
        write!(f, "{name}, on a worker: [{}], returns: {returns:?}", lanes.join(", "))
    }
}
