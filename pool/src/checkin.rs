//! Checkin: a connection comes home, is cleaned, and is kept or closed.

use crate::close_reason::CloseReason;
use crate::entry::Entry;
use crate::event::Event;
use crate::manager::Manager;
use crate::shared::Shared;
use crate::shield::quietly;
use crate::store::{By, Seat, Store};
use crate::strategy::Strategy;
use crate::trace;
use std::sync::atomic::Ordering;

/// A connection on its way home. Should the driver panic meanwhile, it is closed and its place is free.
struct Returning<'s, M: Manager, S: Strategy> {
    shared: &'s Shared<M, S>,
    seat: Seat,
    entry: Option<Box<Entry<M::Connection>>>,
}

impl<M: Manager, S: Strategy> Shared<M, S> {
    /// Takes a connection back; what cannot be kept is closed. Panics only if the driver does.
    #[inline]
    pub(crate) fn check_in(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        if std::thread::panicking() {
            return self.check_in_while_unwinding(seat, entry);
        }
        if self.driver.watch.cleans_aside {
            return self.check_in_aside(seat, entry);
        }
        self.clean_and_put(seat, entry);
    }

    /// The owner panicked while it had the connection: nobody knows in which state it is. One that was taken during
    /// an unwinding, by a destructor, comes home as usual, except that a second panic must not get through.
    #[cold]
    fn check_in_while_unwinding(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        if entry.taken_unwinding {
            quietly(|| match self.driver.watch.cleans_aside {
                true => self.check_in_aside(seat, entry),
                false => self.clean_and_put(seat, entry),
            });
        } else {
            self.end(seat, entry, CloseReason::Panicked, By::Holder);
        }
    }

    #[inline(always)]
    fn clean_and_put(&self, seat: Seat, entry: Box<Entry<M::Connection>>) {
        let mut returning = Returning { shared: self, seat, entry: Some(entry) };
        let Some(entry) = &mut returning.entry else { return };
        let cleaned = self.clean(seat, entry);
        let Some(entry) = returning.entry.take() else { return };
        match cleaned {
            Ok(()) => self.bring_home(seat, entry),
            Err(reason) => self.end(seat, entry, reason, By::Holder),
        }
    }

    /// Makes a connection ready for its next user, or says why it must go. One that goes anyway is not cleaned first.
    #[inline(always)]
    pub(crate) fn clean(&self, seat: Seat, entry: &mut Entry<M::Connection>) -> Result<(), CloseReason> {
        let driver = &*self.driver;
        if trace::tells_every_checkout() {
            trace::being_returned(driver.name(), entry.id);
        }
        if entry.generation != driver.generation.load(Ordering::Relaxed) {
            let closed = driver.is_closed();
            let reason = if closed { CloseReason::PoolClosed } else { CloseReason::Outdated };
            return Err(self.see_off(entry, reason));
        }
        if !self.store.wants_back(seat, entry.id.get()) {
            return Err(self.see_off(entry, self.unwanted(entry)));
        }
        if driver.listeners.to_uses() {
            driver.tell_of_a_reset(entry)?;
        }
        if driver.watch.rolls_back {
            driver.roll_back(entry)?;
        } else if driver.watch.commits {
            driver.commit(entry)?;
        }
        if driver.manager.has_broken(&mut entry.conn) {
            return Err(CloseReason::Broken);
        }
        if driver.listeners.to_uses() {
            driver.tell_of_a_checkin(entry);
        }
        if driver.watch.stamps_return {
            entry.idle_since = driver.clock.now();
        }
        if driver.watch.holders {
            entry.record.line.home();
        }
        entry.fresh = false;
        Ok(())
    }

    /// Why the store does not want a connection back.
    #[cold]
    pub(crate) fn unwanted(&self, entry: &Entry<M::Connection>) -> CloseReason {
        match self.driver.is_closed() {
            true => CloseReason::PoolClosed,
            false if self.store.is_given_up(entry.id.get()) => CloseReason::Recovered,
            false => CloseReason::Surplus,
        }
    }

    /// What becomes of a connection that will be closed: nobody touches it any more, but what its user wants committed
    /// is committed.
    #[cold]
    fn see_off(&self, entry: &mut Entry<M::Connection>, reason: CloseReason) -> CloseReason {
        let driver = &*self.driver;
        driver.listeners.tell(Event::Reset { connection: entry.id, closing: true });
        if let Err(failure) = driver.commit(entry) {
            return failure;
        }
        driver.listeners.tell(Event::Checkin(Some(entry.id)));
        reason
    }
}

impl<M: Manager, S: Strategy> Drop for Returning<'_, M, S> {
    #[inline]
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.shared.end(self.seat, entry, CloseReason::Panicked, By::Holder);
        }
    }
}
