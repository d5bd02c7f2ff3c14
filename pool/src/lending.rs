//! Lending: whether a connection is fit, what is done until it is, and who sees it before its user does.

use crate::close_reason::CloseReason;
use crate::entry::Entry;
use crate::error::Error;
use crate::event::Event;
use crate::manager::Manager;
use crate::place::Place;
use crate::refusal::Refusal;
use crate::retry::Try;
use crate::shared::Shared;
use crate::strategy::Strategy;
use crate::thread;
use crate::time::Moment;
use crate::trace;
use crate::visit::{Out, Visit};
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What an idle connection needs before it is lent.
pub(crate) enum Condition {
    Fit,
    MustBeAsked,
    MustGo(CloseReason),
}

impl<M: Manager, S: Strategy> Shared<M, S> {
    #[inline(always)]
    pub(crate) fn now(&self) -> Moment {
        if self.driver.watch.reads_clock { self.driver.clock.now() } else { Moment::START }
    }

    #[inline(always)]
    pub(crate) fn condition(&self, entry: &Entry<M::Connection>, now: Moment) -> Condition {
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
    #[inline(always)]
    pub(crate) fn lend(
        &self,
        entry: &mut Entry<M::Connection>,
        call_site: &'static Location<'static>,
        now: Moment,
    ) {
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
    pub(crate) fn prepare(
        &self,
        mut place: Place<'_, M, S>,
        visit: Visit,
    ) -> Result<Out<M>, Error<M::Error>> {
        let may_hang = self.driver.may_hang;
        if may_hang.connect || (may_hang.is_valid && place.has_connection()) {
            return self.prepare_aside(place, visit, Try::First);
        }
        match place.fill(visit.deadline) {
            Ok(()) => self.hand_out(place, visit),
            Err(error) if self.driver.tries_again(&error) => self.prepare_aside(place, visit, Try::Again),
            Err(error) => {
                drop(place);
                Err(self.failed(error, visit))
            }
        }
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
        if self.driver.listeners.to_uses()
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
            if let Some((seat, mut entry)) = place.keep() {
                // Asked for by a destructor, perhaps: then an unwinding tells nothing of the connection.
                entry.taken_unwinding = std::thread::panicking();
                self.check_in(seat, entry);
            }
            return Err(Error::Refused { cause: Some(Arc::new(error)) });
        }
        if let (Refusal::DeadAll, Some(entry)) = (&refusal, place.entry_mut()) {
            self.driver.outdate(entry.generation);
        }
        visit.rounds -= 1;
        if visit.rounds == 0 {
            place.end(CloseReason::Refused);
            return Err(Error::Refused { cause: None });
        }
        place.empty(CloseReason::Refused);
        self.prepare(place, visit)
    }
}
