//! Preparation aside: a worker connects or checks, and the caller can leave it.

use crate::crew::Lane;
use crate::errand::{Errand, News};
use crate::error::Error;
use crate::manager::Manager;
use crate::place::Place;
use crate::retry::Try;
use crate::shared::Shared;
use crate::store::{Expected, Store, Ticket};
use crate::strategy::Strategy;
use crate::time::Deadline;
use crate::visit::{Out, Visit};
use crate::waiter::Grant;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Sends a worker with the place, and waits for its connection or for one that comes home meanwhile.
    ///
    /// The worker keeps the place until it is done, whatever becomes of the caller; its connection goes to the store.
    pub(crate) fn prepare_aside(
        &self,
        place: Place<'_, M, S>,
        visit: Visit,
        first: Try,
    ) -> Result<Out<M>, Error<M::Error>> {
        let errand = Errand::new();
        let lane = if place.has_connection() { Lane::Checking } else { Lane::Opening };
        let ticket = match self.store.expect(&errand.sponsor, lane == Lane::Opening) {
            Expected::Waiting(ticket) => ticket,
            Expected::Idle(seat, mut entry) => {
                entry.fresh = false;
                if self.is_fit(&entry) {
                    drop(place);
                    return self.hand_out(Place::taken(self, seat, entry), visit);
                }
                // It came home this moment, and would need a worker as well: the place in hand is as good.
                self.bring_home(seat, entry);
                match self.store.expect(&errand.sponsor, false) {
                    Expected::Waiting(ticket) => ticket,
                    Expected::Idle(..) => unreachable!("one that does not look finds nothing"),
                }
            }
        };
        self.errands.add(&errand);
        // The worker may take as long as any caller would: what comes too late for this one is good for the next.
        let within = visit.deadline.remaining().max(self.driver.settings.timeout);
        let deadline = self.driver.clock.deadline(within);
        let (place, sent) = (place.into_pools(), Arc::clone(&errand));
        let job = Box::new(move || run(&sent, ticket, place, deadline, first));
        let number = match self.driver.crew.submit(lane, job) {
            Ok(number) => number,
            Err((cause, job)) => {
                self.decline(&errand.sponsor, ticket);
                if let Some(job) = job {
                    job();
                }
                return Err(Error::Worker { cause: Arc::new(cause) });
            }
        };
        let outcome = loop {
            if self.driver.is_closed() {
                self.decline(&errand.sponsor, ticket);
                break Err(Error::Closed);
            }
            match errand.sponsor.wait(visit.deadline) {
                Some(Grant::Value(seat, entry)) => break Ok(Place::taken(self, seat, entry)),
                Some(Grant::Place(_)) => unreachable!("one that has a place is given no other"),
                Some(Grant::Word) => {
                    if let Some(news) = errand.news() {
                        self.decline(&errand.sponsor, ticket);
                        match news {
                            // Whoever tried again stopped because of that.
                            News::Failed(_) if self.driver.is_closed() => break Err(Error::Closed),
                            News::Failed(error) => break Err(self.failed(error, visit)),
                            News::Panicked(payload) => resume_unwind(payload),
                        }
                    }
                }
                None => {
                    self.store.leave(ticket);
                    break Err(self.timed_out(None, visit));
                }
            }
        };
        // If it has not begun, nobody needs it any more: run here, it finds that its sponsor has left.
        if let Some(job) = self.driver.crew.cancel(lane, number) {
            job();
        }
        self.refit(outcome?, visit)
    }
}

/// What the worker does.
fn run<M: Manager, S: Strategy>(
    errand: &Errand<M>,
    ticket: Ticket,
    mut place: Place<'static, M, S>,
    deadline: Deadline,
    first: Try,
) {
    if errand.sponsor.has_left() {
        return bring(errand, ticket, place);
    }
    let wanted = || !errand.sponsor.has_left();
    match catch_unwind(AssertUnwindSafe(|| place.fill_at_last(deadline, first, wanted))) {
        Ok(Ok(())) => bring(errand, ticket, place),
        // The place is free before the caller hears of it: whatever it does next, it does not find it taken.
        Ok(Err(error)) => {
            drop(place);
            errand.fail(News::Failed(error));
        }
        Err(payload) => {
            drop(place);
            errand.fail(News::Panicked(payload));
        }
    }
}

/// Takes a connection to the store, if there is one. Not as its holder would: that one may have left, and have come
/// back.
fn bring<M: Manager, S: Strategy>(errand: &Errand<M>, ticket: Ticket, place: Place<'static, M, S>) {
    let shared = place.shared().this.upgrade();
    let (Some(shared), Some((seat, entry))) = (shared, place.keep()) else { return };
    if let Some(entry) = shared.store.arrive(seat, entry, &errand.sponsor, ticket) {
        shared.end_unkept(seat, entry);
    }
}
