//! Reshaping: the size of a stock changes while it is used, and the places of lost values are freed.

use crate::order::PickOrder;
use crate::stock::Stock;
use crate::store::{Numbered, Seat};

impl<T: Numbered + Send + 'static, O: PickOrder> Stock<T, O> {
    /// Keeps and allows so many from now on. Takes out the idle ones that are too many; what is out and too much goes
    /// when it comes home. Whoever waits has the new places.
    pub(crate) fn resize(&self, kept: usize, limit: Option<usize>) -> Vec<(Seat, Box<T>)> {
        let mut room = self.room.lock();
        let was_over = room.places > room.kept;
        (room.kept, room.limit) = (kept, limit);
        match (was_over, room.places > room.kept) {
            (false, true) => self.raise(),
            (true, false) => self.lower(1),
            _ => {}
        }
        if room.shut {
            return Vec::new();
        }
        while self.give_place(&mut room).is_some() {}
        let mut surplus = self.count_idle_exactly(&room).saturating_sub(kept).max(room.places_beyond_limit());
        let taken = self.take_idle(&mut room, |_| {
            let goes = surplus > 0;
            surplus -= usize::from(goes);
            goes
        });
        room.leaving.extend(taken.iter().map(|(_, value)| value.number()));
        taken
    }

    /// Frees the place of a value that its holder will not bring back, unless it is home, or `is_lost` says otherwise.
    /// Should it come back after all, it has no place, and goes; one return and one who gives it up decide by the lock
    /// which of them frees the place. Until then `attention` stays raised, so that every return comes to the lock.
    pub(crate) fn give_up(&self, number: u64, is_lost: impl FnOnce() -> bool) -> bool {
        let mut room = self.room.lock();
        self.raise();
        let mut is_home = false;
        // By taking: one that comes home at this moment is found, or sees `attention` raised.
        self.take_idle(&mut room, |value| {
            is_home |= value.number() == number;
            false
        });
        if is_home || room.shut || room.is_given_up(number) || !is_lost() {
            self.lower(1);
            return false;
        }
        room.given_up.push(number);
        self.free(&mut room);
        let bell = self.give_place(&mut room);
        drop(room);
        drop(bell);
        true
    }
}
