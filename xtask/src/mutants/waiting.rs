//! Mutants of those who wait: lost wake-ups, lost grants, the wrong order.

use super::{
    killer::Killer::{Law, Model, Stress},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "whoever is given something is not woken",
        file: "waiter.rs",
        from: "waiter.condition.notify_one();",
        to: "",
        killers: &[Law("fake::static::a_return_serves_a_waiter"), Model("one_value_is_had_by_one_at_a_time")],
    },
    Mutant {
        name: "one that is about to wait looks into the slots instead of taking",
        file: "serving.rs",
        from: "slots.find_map(|(seat, slot)| Some((seat as Seat, take_own(room, slot)?)))",
        to: "slots.find_map(|(seat, slot)| Some((seat as Seat, slot.looks_idle().then(|| slot.take())??)))",
        killers: &[Model("one_value_is_had_by_one_at_a_time")],
    },
    Mutant {
        name: "one that is about to wait does not look into the slots again",
        file: "serving.rs",
        from: "if room.looked {",
        to: "if true {",
        killers: &[Model("one_value_is_had_by_one_at_a_time")],
    },
    Mutant {
        name: "one that waits does not raise attention",
        file: "serving.rs",
        from: "self.raise();\n        room.looked &=",
        to: "room.looked &=",
        killers: &[Law("fake::static::a_return_serves_a_waiter"), Model("one_value_is_had_by_one_at_a_time")],
    },
    Mutant {
        name: "one that leaves the line does not lower attention",
        file: "stock.rs",
        from: "room.line.leave(ticket)?;\n        self.lower(1);",
        to: "room.line.leave(ticket)?;",
        killers: &[Model("one_that_leaves_hands_on_the_value")],
    },
    Mutant {
        name: "a swap orders nothing",
        file: "sync.rs",
        from: "self.key.swap(key, Ordering::AcqRel)",
        to: "self.key.swap(key, Ordering::Relaxed)",
        killers: &[Model("one_value_is_had_by_one_at_a_time")],
    },
    Mutant {
        name: "a swap does not see what was done before the other one",
        file: "sync.rs",
        from: "self.key.swap(key, Ordering::AcqRel)",
        to: "self.key.swap(key, Ordering::Release)",
        killers: &[Model("one_value_is_had_by_one_at_a_time")],
    },
    Mutant {
        name: "one that leaves throws away what it was given at the last moment",
        file: "waiter.rs",
        from: "match mem::replace(&mut self.state.lock().lot, Lot::Gone) {\n            Lot::Served(grant) => Some(grant),",
        to: "match mem::replace(&mut self.state.lock().lot, Lot::Gone) {\n            Lot::Served(_) => None,",
        killers: &[Model("the_end_of_a_queue_meets_a_worker")],
    },
    Mutant {
        name: "one whose time is over throws away what it is given at that moment",
        file: "waiter.rs",
        from: "                break;",
        to: "                state.lot = Lot::Gone;",
        killers: &[Stress("hangs-nowhere::queue")],
    },
    Mutant {
        name: "a waiter that left is not passed over",
        file: "waiting_line.rs",
        from: "Err(Grant::Value(_, refused)) => value = refused,",
        to: "Err(Grant::Value(_, refused)) => return Offered { asked, result: Err(refused) },",
        killers: &[Stress("hangs-nowhere::queue")],
    },
    Mutant {
        name: "a place is given to one that has a place",
        file: "waiting_line.rs",
        from: "find(|(_, queued)| queued.wants == Wants::Anything",
        to: "find(|(_, queued)| queued.wants != Wants::Values { looks: false }",
        killers: &[Law("fake::queue::a_failed_connect_serves_a_waiter")],
    },
    Mutant {
        name: "the last that came is served first",
        file: "waiting_line.rs",
        from: "self.line.pop_first()",
        to: "self.line.pop_last()",
        killers: &[Law("fake::static::waiters_are_served_first_come_first_served")],
    },
    Mutant {
        name: "the position in the line is one too small",
        file: "waiting_line.rs",
        from: ".count() + 1)",
        to: ".count())",
        killers: &[Law("fake::static::a_timeout_tells_the_position_in_line")],
    },
    Mutant {
        name: "closing does not wake those who wait",
        file: "stock.rs",
        from: "room.line.wake_all();",
        to: "",
        killers: &[Law("fake::static::closing_sends_waiters_away_at_once")],
    },
    Mutant {
        name: "one that closes while another does has not closed",
        file: "shared.rs",
        from: "in self.store.shut() {",
        to: "in is_first.then(|| self.store.shut()).into_iter().flatten() {",
        killers: &[Model("somebody_closed_too")],
    },
];
