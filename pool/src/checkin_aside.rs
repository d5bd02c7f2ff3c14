//! Checkin aside: a worker cleans what comes home, and the one that returns it can leave.

use crate::close_reason::CloseReason;
use crate::crew::Lane;
use crate::entry::Entry;
use crate::homecoming::{Homecoming, Return};
use crate::manager::Manager;
use crate::shared::Shared;
use crate::store::{By, Seat, Store, Ticket};
use crate::strategy::Strategy;
use crate::waiter::Waiter;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Has a worker clean a connection, and waits for it as long as a return may take.
    #[cold]
    pub(crate) fn check_in_aside(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        let within = self.driver.settings.reset_timeout.unwrap_or(Duration::MAX);
        let deadline = self.driver.clock.deadline(within);
        let shared = self.this.upgrade().expect("whoever returns to it keeps it alive");
        let (homecoming, line) = (Arc::new(Homecoming::default()), Arc::clone(&entry.record.line));
        let seen = Arc::clone(&homecoming);
        let job = Box::new(move || shared.clean_for(&seen, seat, entry));
        // Without a thread to be had, late is better than never.
        if let Err((_, Some(job))) = self.driver.crew.submit(Lane::Cleaning, job) {
            job();
        }
        match homecoming.wait(deadline, || self.store.let_go(seat)) {
            Return::Over => {}
            Return::Panicked(payload) => resume_unwind(payload),
            Return::Left => line.home(),
        }
    }

    fn clean_for(&self, homecoming: &Homecoming, seat: Seat, mut entry: Box<Entry<M::Connection>>) {
        let (cleaned, panicked) = match catch_unwind(AssertUnwindSafe(|| self.clean(seat, &mut entry))) {
            Ok(cleaned) => (cleaned, None),
            Err(payload) => (Err(CloseReason::Panicked), Some(payload)),
        };
        let left = match cleaned {
            Ok(()) => {
                let left = homecoming.decide();
                let bring_home = if left { Self::bring_home_late } else { Self::bring_home };
                bring_home(self, seat, entry);
                left
            }
            Err(reason) => {
                let record = self.close_unclean(entry, reason);
                // Decided when only the place is left to be given up: a close may take its time.
                let left = homecoming.decide();
                self.vacate(seat, Some(record), if left { By::Pool } else { By::Holder });
                left
            }
        };
        if left {
            // A payload may panic when it is dropped; a leaked one cannot.
            mem::forget(panicked);
        } else {
            homecoming.end(panicked);
        }
    }

    /// Puts back what nobody has any more: its thread may be waiting for it by now.
    fn bring_home_late(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        let nobody = Arc::new(Waiter::new());
        nobody.give_up();
        if let Some(entry) = self.store.arrive(seat, entry, &nobody, Ticket::MAX) {
            self.end_unkept(seat, entry);
        }
    }
}
