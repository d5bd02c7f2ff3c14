//! `Stock`: slots, a list and a waiting line. Queue keeps its values in one; Static and Assertion in one of size 1.

use crate::chunks::Chunks;
use crate::id::PoolId;
use crate::order::PickOrder;
use crate::overtaking::Overtaking;
use crate::room::Room;
use crate::slot::Slot;
use crate::store::{By, Entered, Expected, NO_SEAT, Numbered, Seat, Store, Tally, Ticket};
use crate::sync::{AtomicUsize, Mutex, Ordering};
use crate::thread;
use crate::waiter::{Grant, Waiter};
use crate::waiting_line::Wants;
use crossbeam_utils::CachePadded;
use std::marker::PhantomData;
use std::mem;
use std::panic::Location;
use std::sync::Arc;

/// Slots for the values that are kept, a list for those without a slot, and a line for those who wait.
///
/// While `attention` is 0, values come and go through the slots alone. It is raised by one for each that waits, one
/// while more places are taken than values are kept, and one for ever when the stock is shut. No wake-up is lost:
/// one that is about to wait raises `attention`, then takes from every slot; one that returns swaps its value in,
/// then reads `attention`. Both change the slot, in one order or the other, so either the first finds the value or
/// the second sees `attention` raised.
#[derive(Debug)]
pub struct Stock<T, O> {
    pool: PoolId,
    pub(crate) slots: Chunks<Slot<T>>,
    attention: CachePadded<AtomicUsize>,
    pub(crate) room: Mutex<Room<T>>,
    order: PhantomData<O>,
}

impl<T: Numbered + Send + 'static, O: PickOrder + Send + Sync> Store<T> for Stock<T, O> {
    #[inline(always)]
    fn take(&self, _: &'static Location<'static>) -> Option<(Seat, Box<T>)> {
        if !O::SLOTS {
            let mut room = self.room.lock();
            let free = room.line.is_empty() && !room.shut;
            return if free { O::pick(&mut room.list).map(|value| (NO_SEAT, value)) } else { None };
        }
        if self.attention.load(Ordering::Relaxed) != 0 {
            return None;
        }
        let seat = thread::seat(self.pool)?;
        let value = self.slots.get(seat as usize)?.take()?;
        Some((seat, value))
    }

    fn enter(&self, _: &'static Location<'static>, waiter: Option<&Arc<Waiter<T>>>) -> Entered<T> {
        let mut room = self.room.lock();
        if room.shut {
            return Entered::Shut;
        }
        if room.may_hold_idle()
            && let Some((seat, value)) = self.find_idle(&mut room)
        {
            return Entered::Idle(seat, value);
        }
        if room.has_a_place() {
            return Entered::Vacant(self.reserve(&mut room), None);
        }
        let Some(waiter) = waiter else { return Entered::Full };
        if let Some((seat, value)) = self.overtake(&mut room) {
            return Entered::Idle(seat, value);
        }
        match self.line_up(&mut room, Wants::Anything, waiter) {
            Expected::Idle(seat, value) => Entered::Idle(seat, value),
            Expected::Waiting(ticket) => Entered::Waiting(ticket),
        }
    }

    fn expect(&self, waiter: &Arc<Waiter<T>>, looks: bool) -> Expected<T> {
        let mut room = self.room.lock();
        if looks
            && room.may_hold_idle()
            && let Some((seat, value)) = self.find_idle(&mut room)
        {
            return Expected::Idle(seat, value);
        }
        self.line_up(&mut room, Wants::Values { looks }, waiter)
    }

    fn leave(&self, ticket: Ticket) -> Option<usize> {
        let mut room = self.room.lock();
        let position = room.line.leave(ticket)?;
        self.lower(1);
        Some(position)
    }

    #[inline(always)]
    fn wants_back(&self, _: Seat, number: u64) -> bool {
        self.attention.load(Ordering::Relaxed) == 0 || self.wants_back_now(number)
    }

    #[inline(always)]
    fn put(&self, seat: Seat, value: Box<T>) -> Option<Box<T>> {
        let Some(slot) = self.slots.get(seat as usize) else { return self.put_without_slot(value) };
        slot.put(value);
        if self.attention.load(Ordering::Relaxed) == 0 {
            return None;
        }
        self.settle(seat, slot)
    }

    fn arrive(&self, seat: Seat, value: Box<T>, sponsor: &Arc<Waiter<T>>, ticket: Ticket) -> Option<Box<T>> {
        let mut room = self.room.lock();
        if room.shut {
            return Some(value);
        }
        let offered = sponsor.offer(Grant::Value(seat, value));
        if room.line.leave(ticket).is_some() {
            self.lower(1);
        }
        drop(room);
        match offered {
            Err(Grant::Value(seat, value)) => self.put(seat, value),
            _ => None,
        }
    }

    fn vacate(&self, seat: Seat, _: By, number: Option<u64>) {
        let mut room = self.room.lock();
        room.leaving.retain(|leaving| Some(*leaving) != number);
        match room.given_up.iter().position(|known| Some(*known) == number) {
            Some(index) => {
                room.given_up.swap_remove(index);
                self.release(seat);
                self.lower(1);
            }
            None => self.unreserve(&mut room, seat),
        }
        let bell = self.give_place(&mut room);
        drop(room);
        drop(bell);
    }

    fn is_given_up(&self, number: u64) -> bool {
        self.room.lock().is_given_up(number)
    }

    fn drain(&self) -> Vec<(Seat, Box<T>)> {
        self.take_idle(&mut self.room.lock(), |_| true)
    }

    fn pick_idle(&self, picks: &mut dyn FnMut(&T, usize) -> bool) -> Vec<(Seat, Box<T>)> {
        let mut room = self.room.lock();
        // If anybody waits, nothing is idle, and what comes home is on its way to them.
        if room.shut || !room.line.is_empty() {
            return Vec::new();
        }
        let mut idle = self.count_idle(&room);
        self.take_idle(&mut room, |value| {
            let picked = picks(value, idle);
            idle -= usize::from(picked);
            picked
        })
    }

    fn reserve_ahead(&self, min_idle: usize) -> Option<Seat> {
        let mut room = self.room.lock();
        let needed = !room.shut
            && room.line.is_empty()
            && room.places < room.kept
            && self.count_idle(&room) < min_idle;
        needed.then(|| self.reserve(&mut room))
    }

    fn shut(&self) -> Vec<(Seat, Box<T>)> {
        let mut room = self.room.lock();
        if !mem::replace(&mut room.shut, true) {
            self.raise();
        }
        room.line.wake_all();
        self.take_idle(&mut room, |_| true)
    }

    fn tally(&self) -> Tally {
        let room = self.room.lock();
        let (places, idle, waiting) = (room.places, self.count_idle(&room), room.line.len());
        Tally { kept: room.kept, limit: room.limit, places, idle, waiting, given_up: room.given_up.len() }
    }
}

impl<T: Numbered + Send + 'static, O: PickOrder> Stock<T, O> {
    pub(crate) fn new(pool: PoolId, kept: usize, limit: Option<usize>, overtaking: Overtaking) -> Self {
        let room = Room::new(kept, limit, overtaking);
        Self {
            pool,
            slots: Chunks::new(Slot::empty),
            attention: CachePadded::new(AtomicUsize::new(0)),
            room: Mutex::new(room),
            order: PhantomData,
        }
    }

    #[cfg(all(test, loom))]
    pub(crate) fn attention(&self) -> usize {
        self.attention.load(Ordering::Relaxed)
    }

    /// How much overtaking the line has counted.
    #[cfg(all(test, loom))]
    pub(crate) fn overtaking(&self) -> u64 {
        self.room.lock().line.overtaking()
    }

    /// What came home while `attention` was raised: to the one that waits, or back out if it is not kept.
    #[cold]
    fn settle(&self, seat: Seat, slot: &Slot<T>) -> Option<Box<T>> {
        let mut room = self.room.lock();
        if room.shut {
            return slot.take();
        }
        if room.must_look()
            && let Some(value) = slot.take()
        {
            if room.is_given_up(value.number()) || room.sends_away(value.number()) {
                return Some(value);
            }
            match self.give_value(&mut room, seat, value) {
                Ok(bell) => {
                    drop(room);
                    drop(bell);
                    return None;
                }
                Err(unwanted) => slot.put(unwanted),
            }
        }
        if room.places > room.kept && self.count_idle_exactly(&room) > room.kept {
            return slot.take();
        }
        None
    }

    #[cold]
    fn wants_back_now(&self, number: u64) -> bool {
        let mut room = self.room.lock();
        !room.shut
            && !room.is_given_up(number)
            && !room.sends_away(number)
            && (!room.line.is_empty() || room.places <= room.kept || self.count_idle(&room) < room.kept)
    }

    fn put_without_slot(&self, value: Box<T>) -> Option<Box<T>> {
        let mut room = self.room.lock();
        if room.shut || room.is_given_up(value.number()) || room.sends_away(value.number()) {
            return Some(value);
        }
        let value = if room.line.is_empty() {
            value
        } else {
            match self.give_value(&mut room, NO_SEAT, value) {
                Ok(bell) => {
                    drop(room);
                    drop(bell);
                    return None;
                }
                Err(unwanted) => unwanted,
            }
        };
        if self.count_idle_exactly(&room) >= room.kept {
            return Some(value);
        }
        match self.claim_slot(&room) {
            NO_SEAT => room.list.push_back(value),
            seat => self.slots.get_or_make(seat as usize).put(value),
        }
        None
    }

    /// The value of the slot that this thread used last, else any.
    fn find_idle(&self, room: &mut Room<T>) -> Option<(Seat, Box<T>)> {
        let own = thread::seat(self.pool)
            .and_then(|seat| Some((seat, take_own(room, self.slots.get(seat as usize)?)?)));
        own.or_else(|| {
            let mut idle = self.slots.iter().filter(|(_, slot)| slot.looks_idle());
            idle.find_map(|(seat, slot)| Some((seat as Seat, take_own(room, slot)?)))
        })
        .or_else(|| Some((NO_SEAT, O::pick(&mut room.list)?)))
    }

    /// Takes out the idle values that are picked. Others are put back before the lock is free: one that misses its
    /// value meanwhile comes to the lock.
    pub(crate) fn take_idle(
        &self,
        room: &mut Room<T>,
        mut picks: impl FnMut(&T) -> bool,
    ) -> Vec<(Seat, Box<T>)> {
        let mut taken = Vec::new();
        for (seat, slot) in self.slots.iter() {
            match take_own(room, slot) {
                Some(value) if picks(&value) => taken.push((seat as Seat, value)),
                Some(value) => slot.put(value),
                None => {}
            }
        }
        for value in mem::take(&mut room.list) {
            if picks(&value) {
                taken.push((NO_SEAT, value));
            } else {
                room.list.push_back(value);
            }
        }
        taken
    }

    pub(crate) fn reserve(&self, room: &mut Room<T>) -> Seat {
        room.places += 1;
        if room.places == room.kept + 1 {
            self.raise();
        }
        self.claim_slot(room)
    }

    pub(crate) fn unreserve(&self, room: &mut Room<T>, seat: Seat) {
        self.release(seat);
        self.free(room);
    }

    fn release(&self, seat: Seat) {
        if let Some(slot) = self.slots.get(seat as usize) {
            slot.release();
        }
    }

    pub(crate) fn free(&self, room: &mut Room<T>) {
        room.places -= 1;
        if room.places == room.kept {
            self.lower(1);
        }
    }

    fn claim_slot(&self, room: &Room<T>) -> Seat {
        let slots = if O::SLOTS { room.kept } else { 0 };
        let free = (0..slots).find(|seat| self.slots.get_or_make(*seat).claim());
        free.map_or(NO_SEAT, |seat| seat as Seat)
    }

    /// By taking and putting back: a value that comes home at this moment is counted, or sees `attention` raised.
    pub(crate) fn count_idle_exactly(&self, room: &Room<T>) -> usize {
        if !O::SLOTS {
            return room.list.len();
        }
        let idle = self.slots.iter().filter(|(_, slot)| match take_own(room, slot) {
            Some(value) => {
                slot.put(value);
                true
            }
            None => false,
        });
        room.list.len() + idle.count()
    }

    fn count_idle(&self, room: &Room<T>) -> usize {
        room.list.len() + self.slots.iter().filter(|(_, slot)| slot.looks_idle()).count()
    }

    // Relaxed is enough: it is the slots' swaps that order these with the other side's reading.
    pub(crate) fn raise(&self) {
        self.attention.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn lower(&self, by: usize) {
        self.attention.fetch_sub(by, Ordering::Relaxed);
    }
}

/// Takes the value of a slot, unless it was given up: that is on its way out, and whoever returned it comes for it.
pub(crate) fn take_own<T: Numbered>(room: &Room<T>, slot: &Slot<T>) -> Option<Box<T>> {
    let value = slot.take()?;
    if room.is_given_up(value.number()) {
        slot.put(value);
        return None;
    }
    Some(value)
}
