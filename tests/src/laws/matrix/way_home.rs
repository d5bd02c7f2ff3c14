//! The way home: a connection is cleaned and kept, or closed.

use super::circumstance::Returns;
use super::ended::Ended;
use super::manner::Manner;
use super::mishap::Way;
use super::steps::{Held, Steps};
use crate::fake::Call;

impl Steps<'_> {
    /// Takes a connection home. In a destructor, while a panic unwinds, another one does not get through; and nobody is
    /// there any more to hear of one that comes late.
    pub(super) fn give_back(&mut self, held: Held) -> Result<(), Ended> {
        let is_kept = self.keeps && !held.is_stale;
        let cleaned = if is_kept { self.clean() } else { self.see_off() };
        match cleaned {
            Ok(()) if is_kept => self.idle.push(held),
            _ => self.end(held, cleaned.is_err()),
        }
        let is_heard = self.manner != Manner::InADestructor && self.returns != Returns::LeftToAWorker;
        if is_heard && matches!(cleaned, Err(Ended::Panicked(_))) { cleaned } else { Ok(()) }
    }

    /// Drops a handle by a panic that comes while it is in use. In a destructor, where another one unwinds already, it
    /// cannot be told from that one: the connection goes home.
    pub(super) fn drop_by_a_panic(&mut self, held: Held) {
        if self.manner != Manner::InADestructor {
            return self.end(held, true);
        }
        // In this manner a return that goes wrong is nobody's.
        let _ = self.give_back(held);
    }

    /// Closes a connection and gives its place up.
    pub(super) fn end(&mut self, held: Held, is_unusable: bool) {
        self.end_in_place(held, is_unusable);
        if is_unusable {
            self.call_quietly(Call::Told("checkin"));
        }
        self.give_up_a_place();
    }

    /// Closes a connection for another one in its place.
    pub(super) fn end_in_place(&mut self, held: Held, is_unusable: bool) {
        if is_unusable {
            self.hook_quietly("invalidate");
            self.call_quietly(Call::Told("invalidate"));
        }
        self.close("close", held);
    }

    /// Closes a connection. One whose close panics is dropped by that panic.
    pub(super) fn close(&mut self, moment: &'static str, held: Held) {
        self.call_quietly(Call::Told(moment));
        self.hook_quietly(moment);
        if self.meet(Call::Close) != Some(Way::Panics) {
            self.call_quietly(Call::Drop);
        }
        if held.is_hung_with {
            self.call_quietly(Call::Info);
        }
    }

    fn clean(&mut self) -> Result<(), Ended> {
        self.call(Call::Hook("reset"))?;
        self.call_quietly(Call::Told("reset"));
        self.call(if self.returns == Returns::Commit { Call::Commit } else { Call::Rollback })?;
        self.call(Call::HasBroken)?;
        self.call(Call::Hook("checkin"))?;
        self.call_quietly(Call::Told("checkin"));
        Ok(())
    }

    /// Of one that will be closed, nothing is left to do but to commit.
    fn see_off(&mut self) -> Result<(), Ended> {
        self.call_quietly(Call::Told("reset"));
        if self.returns == Returns::Commit {
            self.call(Call::Commit)?;
        }
        self.call_quietly(Call::Told("checkin"));
        Ok(())
    }

    /// A hook that comes too late for its panic to be anybody's.
    fn hook_quietly(&mut self, moment: &'static str) {
        self.call_quietly(Call::Hook(moment));
    }
}
