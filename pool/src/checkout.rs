//! Checkout: the healthy way, in a few instructions, and the slow way, for everything else.

use crate::close_reason::CloseReason;
use crate::entry::Entry;
use crate::error::Error;
use crate::event::Event;
use crate::manager::Manager;
use crate::open_error::OpenError;
use crate::place::Place;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::store::{By, Entered, Seat, Store, Ticket};
use crate::strategy::Strategy;
use crate::thread;
use crate::time::{Deadline, Moment};
use crate::timeout_report::TimeoutReport;
use crate::trace;
use crate::waiter::{Grant, Waiter};
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A connection that is out, and the seat that it comes home to.
pub(crate) type Out<M> = (Seat, Box<Entry<<M as Manager>::Connection>>);

/// One checkout on its slow way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    pub(crate) call_site: &'static Location<'static>,
    pub(crate) within: Duration,
    pub(crate) deadline: Deadline,
    /// How often the checkout hooks may still be asked.
    rounds: u8,
}

/// A hook that calls one connection after another dead is asked so often.
const ROUNDS: u8 = 2;

/// Whether one may wait for other callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    Waits,
    DoesNotWait,
}

/// What an idle connection needs before it is lent.
enum Condition {
    Fit,
    MustBeAsked,
    MustGo(CloseReason),
}

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Checks a connection out. None only for one that does not wait.
    #[inline]
    pub(crate) fn check_out(
        &self,
        call_site: &'static Location<'static>,
        within: Duration,
        patience: Patience,
    ) -> Result<Option<Out<M>>, Error<M::Error>> {
        let Some((seat, mut entry)) = self.store.take(call_site) else {
            return self.check_out_slowly(call_site, within, patience);
        };
        let now = self.now();
        entry.fresh = false;
        match self.condition(&entry, now) {
            Condition::Fit if !self.driver.listeners.some() => {
                self.lend(&mut entry, call_site, now);
                Ok(Some((seat, entry)))
            }
            _ => self.refit_at_length(seat, entry, call_site, within),
        }
    }

    #[cold]
    fn check_out_slowly(
        &self,
        call_site: &'static Location<'static>,
        within: Duration,
        patience: Patience,
    ) -> Result<Option<Out<M>>, Error<M::Error>> {
        let visit = self.visit(call_site, within);
        if S::PER_THREAD {
            thread::at_exit(self.pool, self.this.clone());
        }
        let entered = match self.store.enter(call_site, None) {
            Entered::Full if patience == Patience::Waits => {
                let waiter = Arc::new(Waiter::new());
                match self.store.enter(call_site, Some(&waiter)) {
                    Entered::Waiting(ticket) => return self.wait(&waiter, ticket, visit).map(Some),
                    entered => entered,
                }
            }
            entered => entered,
        };
        match entered {
            Entered::Idle(seat, mut entry) => {
                entry.fresh = false;
                self.refit(Place::taken(self, seat, entry), visit).map(Some)
            }
            Entered::Vacant(seat, evicted) => {
                let place = Place::vacant(self, seat);
                let place =
                    place.with_record(evicted.map(|entry| self.driver.end(entry, CloseReason::ThreadGone)));
                self.prepare(place, visit).map(Some)
            }
            Entered::Full | Entered::Waiting(_) => Ok(None),
            Entered::Refused(claim) => {
                Err(Error::AlreadyCheckedOut { at: claim.at, backtrace: claim.backtrace })
            }
            Entered::Shut => {
                // It may have looked for a moment as if something were out.
                self.driver.farewell.announce();
                Err(Error::Closed)
            }
        }
    }

    #[cold]
    fn refit_at_length(
        &self,
        seat: Seat,
        entry: Box<Entry<M::Connection>>,
        call_site: &'static Location<'static>,
        within: Duration,
    ) -> Result<Option<Out<M>>, Error<M::Error>> {
        self.refit(Place::taken(self, seat, entry), self.visit(call_site, within)).map(Some)
    }

    /// Waits in the line until there is a connection, a place, or no hope.
    fn wait(
        &self,
        waiter: &Waiter<Entry<M::Connection>>,
        ticket: Ticket,
        visit: Visit,
    ) -> Result<Out<M>, Error<M::Error>> {
        loop {
            match waiter.wait(visit.deadline) {
                Some(Grant::Value(seat, entry)) => return self.refit(Place::taken(self, seat, entry), visit),
                Some(Grant::Place(seat)) => return self.prepare(Place::vacant(self, seat), visit),
                Some(Grant::Word) if !self.driver.is_closed() => {}
                Some(Grant::Word) => {
                    self.decline(waiter, ticket);
                    return Err(Error::Closed);
                }
                None => return Err(self.timed_out(self.store.leave(ticket), visit)),
            }
        }
    }

    /// Leaves the line, and gives back what was given at the last moment.
    pub(crate) fn decline(&self, waiter: &Waiter<Entry<M::Connection>>, ticket: Ticket) {
        match waiter.give_up() {
            Some(Grant::Value(seat, entry)) => self.bring_home(seat, entry),
            Some(Grant::Place(seat)) => self.vacate(seat, None, By::Holder),
            Some(Grant::Word) | None => {
                self.store.leave(ticket);
            }
        }
    }

    /// Puts an untouched connection back.
    pub(crate) fn bring_home(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        if let Some(entry) = self.store.put(seat, entry) {
            self.end_unkept(seat, entry);
        }
    }

    /// Lends a connection if it is fit; else asks it, or replaces it in its place.
    pub(crate) fn refit(&self, mut place: Place<'_, M, S>, visit: Visit) -> Result<Out<M>, Error<M::Error>> {
        let now = self.now();
        match place.entry_mut().map(|entry| self.condition(entry, now)) {
            Some(Condition::Fit) => return self.hand_out(place, visit),
            Some(Condition::MustGo(CloseReason::PoolClosed)) => {
                place.end(CloseReason::PoolClosed);
                return Err(Error::Closed);
            }
            Some(Condition::MustGo(reason)) => place.empty(reason),
            Some(Condition::MustBeAsked) | None => {}
        }
        self.prepare(place, visit)
    }

    /// Whether an idle connection can be lent as it is.
    pub(crate) fn is_fit(&self, entry: &Entry<M::Connection>) -> bool {
        matches!(self.condition(entry, self.now()), Condition::Fit)
    }

    /// Makes a place's connection ready, here or on a worker, and lends it.
    fn prepare(&self, mut place: Place<'_, M, S>, visit: Visit) -> Result<Out<M>, Error<M::Error>> {
        let may_hang = self.driver.may_hang;
        if may_hang.connect || (may_hang.is_valid && place.has_connection()) {
            return self.prepare_aside(place, visit);
        }
        place.fill(visit.deadline).map_err(|error| self.failed(error, visit))?;
        self.hand_out(place, visit)
    }

    /// Lends a connection that is ready.
    pub(crate) fn hand_out(
        &self,
        mut place: Place<'_, M, S>,
        visit: Visit,
    ) -> Result<Out<M>, Error<M::Error>> {
        if self.driver.is_closed() {
            place.end(CloseReason::PoolClosed);
            return Err(Error::Closed);
        }
        if self.driver.listeners.some()
            && let Some(refusal) = self.show(&mut place)
        {
            return self.replace(place, refusal, visit);
        }
        let now = self.now();
        if let Some(entry) = place.entry_mut() {
            self.lend(entry, visit.call_site, now);
        }
        let (seat, entry) = place.keep().expect("a place that is handed out has a connection");
        thread::remember_seat(self.pool, seat);
        Ok((seat, entry))
    }

    /// Shows a connection to the checkout hooks, until one refuses it; then to the observers.
    fn show(&self, place: &mut Place<'_, M, S>) -> Option<Refusal<M::Error>> {
        let hooks = self.driver.listeners.all();
        let entry = place.entry_mut()?;
        let mut shown = hooks.checkout.iter().map(|hook| hook(&mut entry.conn, &mut entry.record.info));
        let refusal = shown.find_map(Result::err);
        if refusal.is_none() {
            hooks.tell(Event::Checkout(entry.id));
        }
        refusal
    }

    /// Does what a checkout hook's refusal asks for.
    fn replace(
        &self,
        mut place: Place<'_, M, S>,
        refusal: Refusal<M::Error>,
        mut visit: Visit,
    ) -> Result<Out<M>, Error<M::Error>> {
        if let Refusal::Refuse(error) = refusal {
            if let Some((seat, entry)) = place.keep() {
                self.check_in(seat, entry);
            }
            return Err(Error::Refused { cause: Some(Arc::new(error)) });
        }
        if let (Refusal::DeadAll, Some(entry)) = (&refusal, place.entry_mut()) {
            self.driver.outdate(entry.generation);
        }
        visit.rounds -= 1;
        if visit.rounds == 0 {
            place.end(CloseReason::Invalidated);
            return Err(Error::Refused { cause: None });
        }
        place.empty(CloseReason::Invalidated);
        self.prepare(place, visit)
    }

    /// What a checkout ends with whose connect brought nothing.
    pub(crate) fn failed(&self, error: OpenError<M::Error>, visit: Visit) -> Error<M::Error> {
        match error {
            OpenError::Failed(cause) => Error::connect(cause),
            OpenError::TooLate => self.timed_out(None, visit),
        }
    }

    #[inline]
    fn now(&self) -> Moment {
        if self.driver.watch.reads_clock { self.driver.clock.now() } else { Moment::START }
    }

    #[inline]
    fn condition(&self, entry: &Entry<M::Connection>, now: Moment) -> Condition {
        let watch = &self.driver.watch;
        if entry.generation != self.driver.generation.load(Ordering::Relaxed) {
            let closed = self.driver.is_closed();
            return Condition::MustGo(if closed { CloseReason::PoolClosed } else { CloseReason::Outdated });
        }
        if entry.fresh {
            return Condition::Fit;
        }
        if now >= entry.expires {
            let asked = entry.expires == Moment::START;
            let reason = if asked { CloseReason::SoftInvalidated } else { CloseReason::Recycled };
            return Condition::MustGo(reason);
        }
        if watch.asks_always || watch.asks(entry.idle_since, now) {
            return Condition::MustBeAsked;
        }
        Condition::Fit
    }

    /// Notes who has it from now on.
    #[inline]
    fn lend(&self, entry: &mut Entry<M::Connection>, call_site: &'static Location<'static>, now: Moment) {
        entry.taken_unwinding = std::thread::panicking();
        let line = &entry.record.line;
        line.count();
        if self.driver.watch.holders {
            line.taken(thread::number(), entry.id, call_site, now);
        }
        if trace::tells_every_checkout() {
            trace::checked_out(self.driver.name(), entry.id);
        }
    }

    fn visit(&self, call_site: &'static Location<'static>, within: Duration) -> Visit {
        Visit { call_site, within, deadline: self.driver.clock.deadline(within), rounds: ROUNDS }
    }

    pub(crate) fn timed_out(&self, position: Option<usize>, visit: Visit) -> Error<M::Error> {
        self.driver.counters.timeouts.fetch_add(1, Ordering::Relaxed);
        trace::timed_out(self.driver.name(), visit.within);
        let report = TimeoutReport {
            pool: self.driver.name().to_owned(),
            waited: visit.within,
            position,
            status: self.status(),
            holders: self.driver.records.holders(self.driver.clock.now()),
            last_connect_error: self.driver.last_connect_error(),
        };
        Error::Timeout { report: Box::new(report) }
    }
}
