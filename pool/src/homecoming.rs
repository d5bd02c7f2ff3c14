//! `Homecoming`: a connection that a worker cleans for one who returns it, and may leave.

use crate::sync::{Condvar, Mutex};
use crate::time::Deadline;
use std::any::Any;
use std::mem;

/// A connection that a worker cleans, and the one that returned it. The first to decide has it: the worker that is
/// done, or the user that leaves.
#[derive(Debug, Default)]
pub(crate) struct Homecoming {
    stage: Mutex<Stage>,
    bell: Condvar,
}

/// How a return ended for its user.
#[derive(Debug)]
pub(crate) enum Return {
    /// The connection is home, or closed.
    Over,
    /// The worker panicked; the connection is closed.
    Panicked(Box<dyn Any + Send>),
    /// The user has left: the connection is the pool's.
    Left,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Cleaning,
    Left,
    /// The worker is done, and about to bring the connection home: nobody leaves any more.
    Decided,
    Over(Option<Box<dyn Any + Send>>),
}

impl Homecoming {
    /// The user waits; when the deadline has passed, it leaves. It lets go of its place before the worker can know.
    pub(crate) fn wait(&self, deadline: Deadline, let_go: impl FnOnce()) -> Return {
        let mut stage = self.stage.lock();
        loop {
            match mem::replace(&mut *stage, Stage::Left) {
                Stage::Over(None) => return Return::Over,
                Stage::Over(Some(payload)) => return Return::Panicked(payload),
                Stage::Cleaning if deadline.remaining().is_zero() => {
                    let_go();
                    return Return::Left;
                }
                unchanged => *stage = unchanged,
            }
            match deadline.instant().filter(|_| matches!(*stage, Stage::Cleaning)) {
                Some(instant) => drop(self.bell.wait_until(&mut stage, instant)),
                None => self.bell.wait(&mut stage),
            }
        }
    }

    /// The worker is done cleaning; tells whether the user has left.
    pub(crate) fn decide(&self) -> bool {
        let mut stage = self.stage.lock();
        let left = matches!(*stage, Stage::Left);
        if !left {
            *stage = Stage::Decided;
        }
        left
    }

    /// The worker has brought it home. Called only if the user had not left.
    pub(crate) fn end(&self, panicked: Option<Box<dyn Any + Send>>) {
        *self.stage.lock() = Stage::Over(panicked);
        self.bell.notify_one();
    }
}
