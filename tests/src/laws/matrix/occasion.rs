//! `Occasion`: the lives in which something can go wrong.

use super::manner::Manner;
use crate::promise::{Ability, Promise};
use crate::table::Reason;

/// A life: what is done with a pool, from a checkout to an end. Where it says nothing else, a connection was opened,
/// used and returned before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// The first checkout of the pool, and its return.
    First,
    /// A later one.
    Again,
    /// A later one, for which the connection is asked first.
    Checked,
    /// A later one, of a connection that is too old.
    TooOld,
    /// A later one, of a connection of an older generation.
    Older,
    /// A later one, of a connection that its last user wanted replaced.
    Replaced,
    /// A checkout whose user wants the connection replaced at the next one, and its return.
    SoftInvalidated,
    /// A checkout that a thread's handles share, and its return with the last of them.
    Shared,
    /// A checkout, an invalidation of the pool, and the return.
    ReturnedToGo,
    /// A checkout, and an invalidation of its connection.
    Invalidated,
    /// A checkout, a detach, and the drop of what was detached.
    Detached,
    /// A checkout, a detach, and the taking out of the bare connection.
    TakenOut,
    /// A dispose while one is idle.
    Disposed,
    /// A close of the pool while one is idle.
    Closed,
    /// A close of the pool while one is out, and its return.
    ClosedWhileOut,
    /// The drop of the pool while one is idle.
    Dropped,
    /// The drop of the pool while one is out, and its return.
    Outlived,
    /// The end of a thread that has one idle.
    ThreadEnded,
    /// A checkout in another thread, for which an idle one of this thread must go; its return, and that thread's end.
    Evicted,
    /// The building of a pool that connects at once.
    Built,
}

impl Occasion {
    pub(super) const ALL: &'static [Self] = &[
        Self::First,
        Self::Again,
        Self::Checked,
        Self::TooOld,
        Self::Older,
        Self::Replaced,
        Self::SoftInvalidated,
        Self::Shared,
        Self::ReturnedToGo,
        Self::Invalidated,
        Self::Detached,
        Self::TakenOut,
        Self::Disposed,
        Self::Closed,
        Self::ClosedWhileOut,
        Self::Dropped,
        Self::Outlived,
        Self::ThreadEnded,
        Self::Evicted,
        Self::Built,
    ];

    /// Whether a strategy has this life, and can end it in this manner; else in words why not.
    pub(super) fn applies<S: Promise>(self, manner: Manner) -> Result<(), Reason> {
        match self {
            Self::Checked | Self::TooOld | Self::Older | Self::Replaced | Self::SoftInvalidated => {
                S::has(Ability::Keeps)?;
            }
            Self::Disposed | Self::Closed | Self::Dropped | Self::Built => {
                S::has(Ability::Keeps)?;
            }
            Self::ThreadEnded | Self::Evicted => {
                S::has(Ability::Keeps)?;
                if S::has(Ability::Passes).is_ok() {
                    return Err("a connection is not a thread's own");
                }
            }
            _ => {}
        }
        match (manner, self) {
            (
                Manner::Unwinding,
                Self::Invalidated | Self::TakenOut | Self::Disposed | Self::Closed | Self::Built,
            ) => Err("nothing is dropped in this life that an unwinding could drop"),
            (Manner::Unwinding | Manner::InADestructor, Self::ThreadEnded) => {
                Err("the unwinding of a thread is over when what it leaves behind goes")
            }
            _ => Ok(()),
        }
    }

    /// Whether somebody else can wait in line meanwhile; else in words why not.
    pub(super) fn can_be_waited_for(self) -> Result<(), Reason> {
        match self {
            Self::Disposed | Self::Closed | Self::Dropped => Err("nobody waits while one is idle"),
            Self::Outlived => Err("nobody waits at a pool that is dropped"),
            Self::Built => Err("nobody waits at a pool that is not built yet"),
            Self::ThreadEnded | Self::Evicted => Err("nobody waits where each thread has its own"),
            _ => Ok(()),
        }
    }

    /// Whether its checkout needs a worker, whom the caller can leave; else in words why not.
    pub(super) fn can_be_left(self) -> Result<(), Reason> {
        match self {
            Self::First | Self::Checked | Self::TooOld | Self::Older | Self::Replaced => Ok(()),
            Self::Evicted => Err("what arrives for a thread that has ended is a law of its own"),
            Self::Built => Err("nobody has the pool yet, to go on with when its connect is left"),
            _ => Err("no worker is needed where an idle connection is lent as it is, or none is lent"),
        }
    }

    /// Whether it ends with a return, whose worker can be left; else in words why not.
    pub(super) fn return_can_be_left(self) -> Result<(), Reason> {
        match self {
            Self::Again | Self::SoftInvalidated | Self::ReturnedToGo | Self::ClosedWhileOut => Ok(()),
            Self::First | Self::Checked | Self::TooOld | Self::Older | Self::Replaced | Self::Shared => {
                Err("its return is as that of any later checkout")
            }
            Self::Outlived | Self::Evicted | Self::Built => Err("nobody has the pool still, to go on with"),
            _ => Err("it does not end with a return"),
        }
    }
}
