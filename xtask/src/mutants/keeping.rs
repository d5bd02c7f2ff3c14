//! Mutants of what is kept: too much, too little, or in the wrong place.

use super::{
    killer::Killer::{Law, Model, Stress},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "one more is opened than may be",
        file: "room.rs",
        from: "self.limit.is_none_or(|limit| self.places < limit)",
        to: "self.limit.is_none_or(|limit| self.places <= limit)",
        killers: &[Law("fake::queue::the_driver_never_sees_more_than_the_limit")],
    },
    Mutant {
        name: "one surplus connection is kept",
        file: "stock.rs",
        from: "self.count_idle_exactly(&room) > room.kept",
        to: "self.count_idle_exactly(&room) > room.kept + 1",
        killers: &[Law("fake::queue::returning_together_keeps_no_more_than_the_size")],
    },
    Mutant {
        name: "those that are idle are counted by looking",
        file: "stock.rs",
        from: "self.count_idle_exactly(&room) >= room.kept",
        to: "self.count_idle(&room) >= room.kept",
        killers: &[Model("what_comes_home_beyond_what_is_kept")],
    },
    Mutant {
        name: "a surplus connection is cleaned before it is closed",
        file: "stock.rs",
        from: "self.attention.load(Ordering::Relaxed) == 0 || self.wants_back_now(number)",
        to: "self.attention.load(Ordering::Relaxed) == 0 || self.wants_back_now(number) || true",
        killers: &[Law("fake::queue::a_surplus_connection_costs_the_driver_one_close")],
    },
    Mutant {
        name: "a place that is given up is given to nobody",
        file: "stock.rs",
        from: "self.unreserve(&mut room, seat),\n        }\n        let bell = self.give_place(&mut room);",
        to: "self.unreserve(&mut room, seat),\n        }\n        let bell = ();",
        killers: &[
            Law("fake::static::an_invalidation_serves_a_waiter"),
            Model("one_that_leaves_hands_on_the_place"),
        ],
    },
    Mutant {
        name: "those who return do not hear that more are out than are kept",
        file: "stock.rs",
        from: "if room.places == room.kept + 1 {",
        to: "if room.places == usize::MAX {",
        killers: &[Law("fake::queue::sizes_walk_as_in_sqlalchemy")],
    },
    Mutant {
        name: "what is emptied forgets the list",
        file: "stock.rs",
        from: "for value in mem::take(&mut room.list) {",
        to: "for value in std::collections::VecDeque::<Box<T>>::new() {",
        killers: &[Stress("hangs-nowhere::queue-lifo")],
    },
    Mutant {
        name: "a slot that is given up stays taken",
        file: "slot.rs",
        from: "self.word.store(EMPTY, Ordering::Relaxed);",
        to: "",
        killers: &[Law("fake::singleton-thread::a_thread_that_ends_closes_its_own")],
    },
    Mutant {
        name: "a value that comes home does not look idle",
        file: "slot.rs",
        from: "self.word.store(IDLE, Ordering::Relaxed);",
        to: "",
        killers: &[Law("fake::queue::affine_lends_a_newcomer_what_is_idle")],
    },
    Mutant {
        name: "a slot is claimed twice",
        file: "slot.rs",
        from: "if free {",
        to: "if false {",
        killers: &[Law("fake::queue::nested_checkouts_have_different_connections")],
    },
];
