//! Serving: who joins the line of a stock, who is served from it, and who may be served before it.

use crate::order::PickOrder;
use crate::room::Room;
use crate::stock::{Stock, take_own};
use crate::store::{Expected, Numbered, Seat};
use crate::waiter::{Bell, Waiter};
use crate::waiting_line::{Offered, Wants};
use std::sync::Arc;

impl<T: Numbered + Send + 'static, O: PickOrder> Stock<T, O> {
    /// Joins the line, unless it finds something after all.
    pub(crate) fn line_up(&self, room: &mut Room<T>, wants: Wants, waiter: &Arc<Waiter<T>>) -> Expected<T> {
        self.raise_for_one(room);
        if wants != (Wants::Values { looks: false })
            && let Some((seat, value)) = self.look_again(room)
        {
            self.lower(1);
            return Expected::Idle(seat, value);
        }
        Expected::Waiting(room.line.join(wants, waiter))
    }

    /// Takes what is promised to one that is not awake yet, and lets that one wait again.
    pub(crate) fn overtake(&self, room: &mut Room<T>) -> Option<(Seat, Box<T>)> {
        if !room.line.bears_overtaking() {
            return None;
        }
        self.raise_for_one(room);
        if let Some(found) = self.look_again(room) {
            self.lower(1);
            return Some(found);
        }
        let taken = room.line.overtake();
        if taken.is_none() {
            self.lower(1);
        }
        taken
    }

    /// Before one is in the line.
    fn raise_for_one(&self, room: &mut Room<T>) {
        self.raise();
        room.looked &= !room.line.is_empty();
    }

    /// The first in the line that wants an idle value looks into every slot once more, by taking; for those after it
    /// that has been done.
    fn look_again(&self, room: &mut Room<T>) -> Option<(Seat, Box<T>)> {
        if room.looked {
            return None;
        }
        let mut slots = self.slots.iter();
        let found = slots.find_map(|(seat, slot)| Some((seat as Seat, take_own(room, slot)?)));
        room.looked = found.is_none();
        found
    }

    /// Gives a value to the oldest waiter: the bell to wake it, or the value if nobody took it.
    pub(crate) fn give_value(
        &self,
        room: &mut Room<T>,
        seat: Seat,
        value: Box<T>,
    ) -> Result<Bell<T>, Box<T>> {
        let Offered { asked, result } = room.line.give_value(seat, value);
        self.lower(asked);
        result
    }

    /// Gives a place to the oldest waiter that can use one, if there are both: the bell to wake it.
    pub(crate) fn give_place(&self, room: &mut Room<T>) -> Option<Bell<T>> {
        if room.shut || room.line.is_empty() || !room.has_a_place() {
            return None;
        }
        let seat = self.reserve(room);
        let Offered { asked, result } = room.line.give_place(seat);
        self.lower(asked);
        if result.is_none() {
            self.unreserve(room, seat);
        }
        result
    }
}
