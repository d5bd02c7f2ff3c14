//! `Manner`: how one leaves: calmly, in a panic, or in a destructor that a panic runs.

use super::ended::{Ended, of};
use crate::kit::defer::Defer;
use crate::kit::panics::unwinds;

/// How one leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As one should.
    Calmly,
    /// By a panic of the user's, which drops what it had.
    Unwinding,
    /// As one should, but all of it in a destructor, while a panic unwinds.
    InADestructor,
}

impl Manner {
    pub(super) const ALL: &'static [Self] = &[Self::Calmly, Self::Unwinding, Self::InADestructor];

    /// Drops what was kept until now.
    pub(super) fn leave<T>(self, kept: T) -> Result<(), Ended> {
        match self {
            Self::Calmly | Self::InADestructor => of(|| drop(kept)),
            Self::Unwinding => {
                unwinds(kept);
                Ok(())
            }
        }
    }

    /// Lives a life.
    pub(super) fn live(self, mut life: impl FnMut() -> Result<(), Ended>) -> Result<(), Ended> {
        if self != Self::InADestructor {
            return life();
        }
        let mut ended = Ok(());
        unwinds(Defer(|| ended = life()));
        ended
    }
}
