//! `FakeError`: the fake driver's own error, by which laws recognise what they caused.

use super::Call;
use cenote::Fault;
use thiserror::Error;

/// The fake driver's own error: where it struck, and what it means for the pool.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the script lets {call} fail ({fault:?})")]
pub struct FakeError {
    /// The call that failed.
    pub call: Call,
    /// What `Manager::classify` says about it.
    pub fault: Fault,
}
