//! Tending: idle connections that are too old or idle for too long go, others are asked, missing ones are opened.

use crate::caretaker::{self, Charge};
use crate::close_reason::CloseReason;
use crate::crew::Lane;
use crate::entry::Entry;
use crate::lending::Condition;
use crate::manager::Manager;
use crate::place::Place;
use crate::shared::Shared;
use crate::store::Store;
use crate::strategy::Strategy;
use crate::time::Moment;
use crate::trace;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A worker opens missing connections. Dropped, another one may.
struct Refill<M: Manager, S: Strategy>(Arc<Shared<M, S>>);

/// After a failed connect, none is opened ahead of need for so long.
const BREATHER: Duration = Duration::from_secs(1);

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Has the caretaker come by, if there is anything to look after.
    pub(crate) fn ask_for_upkeep(&self) {
        let Some(every) = self.upkeep.period() else { return };
        let charge: Weak<dyn Charge> = self.this.clone();
        if let Err(error) = caretaker::take_on(self.pool, every, charge) {
            trace::upkeep_failed(self.driver.name(), &error);
        }
    }

    /// Why an idle connection must go, if it must, while so many are idle.
    fn must_go(&self, entry: &Entry<M::Connection>, idle: usize, now: Moment) -> Option<CloseReason> {
        match self.condition(entry, now) {
            Condition::MustGo(reason) => Some(reason),
            // One that was opened ahead and never lent grows old too.
            _ if now >= entry.expires => Some(CloseReason::Recycled),
            _ if idle <= self.upkeep.min_idle => None,
            _ => {
                let longest = self.upkeep.idle_timeout?;
                (now.since(entry.unused_since()) >= longest).then_some(CloseReason::Idle)
            }
        }
    }

    fn close_what_must_go(&self, now: Moment) {
        let must_go = &mut |entry: &Entry<_>, idle: usize| self.must_go(entry, idle, now).is_some();
        for (seat, entry) in self.store.pick_idle(must_go) {
            let reason = self.must_go(&entry, usize::MAX, now).unwrap_or(CloseReason::Idle);
            let place = Place::taken(self, seat, entry).into_pools();
            self.send(Lane::Closing, move || place.end(reason));
        }
    }

    /// One that does not answer is replaced.
    fn ask_what_was_idle_for_long(&self, now: Moment) {
        let Some(keepalive) = self.upkeep.keepalive else { return };
        let is_due = &mut |entry: &Entry<_>, _: usize| now.since(entry.idle_since) >= keepalive;
        for (seat, entry) in self.store.pick_idle(is_due) {
            let mut place = Place::taken(self, seat, entry).into_pools();
            let deadline = self.driver.clock.deadline(self.driver.settings.timeout);
            self.send(Lane::Checking, move || {
                if place.fill(deadline).is_ok() {
                    place.bring_home();
                }
            });
        }
    }

    fn open_what_is_missing(&self) {
        let failed_lately = self.driver.last_connect_error().is_some_and(|(_, ago)| ago < BREATHER);
        if self.upkeep.min_idle == 0 || failed_lately || self.refilling.swap(true, Ordering::AcqRel) {
            return;
        }
        let Some(shared) = self.this.upgrade() else { return };
        let refill = Refill(shared);
        self.send(Lane::Opening, move || refill.run());
    }

    /// Has a worker do it: the caretaker has other pools to serve.
    fn send(&self, lane: Lane, job: impl FnOnce() + Send + 'static) {
        // Without a thread to be had, the job is dropped, and its place with it: the connection is closed here.
        let _ = self.driver.crew.submit(lane, Box::new(job));
    }
}

impl<M: Manager, S: Strategy> Charge for Shared<M, S> {
    fn tend(&self) {
        let now = self.driver.clock.now();
        self.close_what_must_go(now);
        self.ask_what_was_idle_for_long(now);
        self.open_what_is_missing();
    }
}

impl<M: Manager, S: Strategy> Refill<M, S> {
    /// One after the other: a server that has just come back is not overrun.
    fn run(&self) {
        let Self(shared) = self;
        while let Some(seat) = shared.store.reserve_ahead(shared.upkeep.min_idle) {
            let mut place = Place::vacant(shared, seat).into_pools();
            let deadline = shared.driver.clock.deadline(shared.driver.settings.timeout);
            if place.fill(deadline).is_err() {
                break;
            }
            place.bring_home();
        }
    }
}

impl<M: Manager, S: Strategy> Drop for Refill<M, S> {
    fn drop(&mut self) {
        self.0.refilling.store(false, Ordering::Release);
    }
}
