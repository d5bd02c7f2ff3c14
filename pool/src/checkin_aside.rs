//! Checkin aside: a worker cleans what comes home, and the one that returns it can leave.

use crate::close_reason::CloseReason;
use crate::crew::Lane;
use crate::entry::Entry;
use crate::manager::Manager;
use crate::shared::Shared;
use crate::store::{By, Seat, Store, Ticket};
use crate::strategy::Strategy;
use crate::sync::PlainMutex;
use crate::waiter::{Grant, Waiter};
use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

/// A connection that a worker cleans, and the one that returned it.
struct Homecoming {
    bell: Waiter<()>,
    stage: PlainMutex<Stage>,
}

/// Of the worker that is done and the user that leaves, the first decides whose the place is to give up.
enum Stage {
    Cleaning,
    /// The user has left: the connection is the pool's.
    Left,
    /// The worker is done, perhaps by a panic, which is the user's.
    Done(Option<Box<dyn Any + Send>>),
}

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Has a worker clean a connection, and waits for it as long as a return may take.
    #[cold]
    pub(crate) fn check_in_aside(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        let within = self.driver.settings.reset_timeout.unwrap_or(Duration::MAX);
        let deadline = self.driver.clock.deadline(within);
        let shared = self.this.upgrade().expect("whoever returns to it keeps it alive");
        let line = Arc::clone(&entry.record.line);
        let homecoming =
            Arc::new(Homecoming { bell: Waiter::new(), stage: PlainMutex::new(Stage::Cleaning) });
        let seen = Arc::clone(&homecoming);
        let job = Box::new(move || shared.clean_for(&seen, seat, entry));
        // Without a thread to be had, late is better than never.
        if let Err((_, Some(job))) = self.driver.crew.submit(Lane::Cleaning, job) {
            job();
        }
        if homecoming.bell.wait(deadline).is_none() && self.leave_behind(&homecoming, seat) {
            return line.home();
        }
        if let Stage::Done(Some(payload)) = mem::replace(&mut *homecoming.stage.lock(), Stage::Left) {
            resume_unwind(payload);
        }
    }

    /// Leaves a connection to its worker; false if that is done after all.
    fn leave_behind(&self, homecoming: &Homecoming, seat: Seat) -> bool {
        let mut stage = homecoming.stage.lock();
        if matches!(*stage, Stage::Done(_)) {
            return false;
        }
        *stage = Stage::Left;
        // Under the lock: the worker must not bring it home before this thread has let go.
        self.store.let_go(seat);
        true
    }

    fn clean_for(&self, homecoming: &Homecoming, seat: Seat, mut entry: Box<Entry<M::Connection>>) {
        let (cleaned, payload) = match catch_unwind(AssertUnwindSafe(|| self.clean(seat, &mut entry))) {
            Ok(cleaned) => (cleaned, None),
            Err(payload) => (Err(CloseReason::Panicked), Some(payload)),
        };
        let mut stage = homecoming.stage.lock();
        let left = matches!(*stage, Stage::Left);
        if left {
            // A payload may panic when it is dropped; a leaked one cannot.
            mem::forget(payload);
        } else {
            *stage = Stage::Done(payload);
        }
        drop(stage);
        match cleaned {
            Ok(()) if left => self.bring_home_late(seat, entry),
            Ok(()) => self.bring_home(seat, entry),
            Err(reason) => self.end(seat, entry, reason, if left { By::Pool } else { By::Holder }),
        }
        // One that refuses has left.
        let _ = homecoming.bell.offer(Grant::Word);
    }

    /// Puts back what nobody has any more: its thread may be waiting for it by now.
    fn bring_home_late(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        let nobody = Waiter::new();
        nobody.give_up();
        if let Some(entry) = self.store.arrive(seat, entry, &nobody, Ticket::MAX) {
            self.end_unkept(seat, entry);
        }
    }
}
