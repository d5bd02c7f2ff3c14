//! Checkout: the healthy way, in a few instructions, and the slow way, for everything else.

use crate::close_reason::CloseReason;
use crate::entry::Entry;
use crate::error::Error;
use crate::holder::Holder;
use crate::lending::Condition;
use crate::manager::Manager;
use crate::place::Place;
use crate::shared::Shared;
use crate::store::{By, Entered, Seat, Store, Ticket};
use crate::strategy::Strategy;
use crate::thread;
use crate::visit::{Out, Patience, Visit};
use crate::waiter::{Grant, Waiter};
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// Why a checkout ends without a connection. Always in a box: so a connection comes back in two registers.
pub(crate) enum Unserved<E> {
    /// All are out, and it does not wait.
    Full,
    Failed(Error<E>),
}

impl<E> Unserved<E> {
    pub(crate) fn found_none(&self) -> bool {
        matches!(self, Self::Full)
    }

    #[cold]
    pub(crate) fn into_error(self) -> Error<E> {
        match self {
            Self::Full => unreachable!("one that waits gets a connection or an error"),
            Self::Failed(error) => error,
        }
    }
}

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Checks a connection out. It stays a function of its own while its steps are written out in it: at each call of
    /// `get` it would cost 1,200 bytes, and a step that returns through memory a third of the time.
    #[inline]
    pub(crate) fn check_out(
        &self,
        call_site: &'static Location<'static>,
        within: Duration,
        patience: Patience,
    ) -> Result<Out<M>, Box<Unserved<M::Error>>> {
        let Some((seat, mut entry)) = self.store.take(call_site) else {
            return self.check_out_slowly(call_site, within, patience);
        };
        let now = self.now();
        entry.fresh = false;
        match self.condition(&entry, now) {
            Condition::Fit if !self.driver.listeners.to_uses() => {
                self.lend(&mut entry, call_site, now);
                Ok((seat, entry))
            }
            _ => self.refit_at_length(seat, entry, call_site, within, patience),
        }
    }

    #[cold]
    fn check_out_slowly(
        &self,
        call_site: &'static Location<'static>,
        within: Duration,
        patience: Patience,
    ) -> Result<Out<M>, Box<Unserved<M::Error>>> {
        match self.find_or_open(call_site, within, patience) {
            Ok(Some(out)) => Ok(out),
            Ok(None) => Err(Box::new(Unserved::Full)),
            Err(error) => Err(Box::new(Unserved::Failed(error))),
        }
    }

    /// Finds a connection, opens one, or waits. None only for one that does not wait.
    fn find_or_open(
        &self,
        call_site: &'static Location<'static>,
        within: Duration,
        patience: Patience,
    ) -> Result<Option<Out<M>>, Error<M::Error>> {
        let visit = Visit::new(&self.driver.clock, call_site, within);
        if S::PER_THREAD {
            thread::at_exit(self.pool, self.this.clone());
        }
        let entered = match self.store.enter(call_site, None) {
            Entered::Full if patience == Patience::Waits => {
                if let Some(at) = self.nested_in() {
                    return Err(Error::AlreadyCheckedOut { at, backtrace: None });
                }
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

    /// Where this thread has checked a connection out already, if it must not wait for another one then.
    fn nested_in(&self) -> Option<&'static Location<'static>> {
        if !self.driver.settings.refuse_nested {
            return None;
        }
        let holders = self.driver.records.holders(self.driver.clock.now());
        holders.iter().find(|holder| holder.is_this_thread()).map(Holder::call_site)
    }

    #[cold]
    fn refit_at_length(
        &self,
        seat: Seat,
        entry: Box<Entry<M::Connection>>,
        call_site: &'static Location<'static>,
        within: Duration,
        patience: Patience,
    ) -> Result<Out<M>, Box<Unserved<M::Error>>> {
        if self.store.is_given_up(entry.id.get()) {
            self.end(seat, entry, CloseReason::Recovered, By::Pool);
            return self.check_out_slowly(call_site, within, patience);
        }
        let visit = Visit::new(&self.driver.clock, call_site, within);
        self.refit(Place::taken(self, seat, entry), visit).map_err(|error| Box::new(Unserved::Failed(error)))
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
}
