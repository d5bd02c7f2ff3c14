//! Mutants of overtaking: one that waits is forgotten, passed over too often, or robbed of what it has.

use super::{
    killer::Killer::{Law, Model, Unit},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "one that goes back to sleep counts as awake",
        file: "waiter.rs",
        from: "if matches!(state.call, Call::Rung(_)) {",
        to: "if false {",
        killers: &[Model("one_that_is_overtaken_is_served_by_the_next_return")],
    },
    Mutant {
        name: "one that woke up in vain is not woken again",
        file: "waiter.rs",
        from: "Call::Rung(_) => return Ok(Bell(None)),",
        to: "Call::Rung(_) | Call::InVain => return Ok(Bell(None)),",
        killers: &[Model("one_that_is_overtaken_is_served_by_the_next_return")],
    },
    Mutant {
        name: "one that is overtaken does not wait again",
        file: "waiting_line.rs",
        from: "        self.line.insert(ticket, queued);\n        Some((seat, value))",
        to: "        Some((seat, value))",
        killers: &[Model("one_that_is_overtaken_is_served_by_the_next_return")],
    },
    Mutant {
        name: "one that is overtaken does not raise attention again",
        file: "serving.rs",
        from: "        self.raise_for_one(room);\n        if let Some(found)",
        to: "        self.raise_for_one(room);\n        self.lower(1);\n        if let Some(found)",
        killers: &[Model("one_that_is_overtaken")],
    },
    Mutant {
        name: "what comes home while one is overtaken is left where it is",
        file: "serving.rs",
        from: "        if let Some(found) = self.look_again(room) {\n            self.lower(1);\n            return Some(found);\n        }\n",
        to: "",
        killers: &[Model("one_that_is_overtaken_has_what_else_comes_home")],
    },
    Mutant {
        name: "one that was overtaken loses its turn",
        file: "waiting_line.rs",
        from: "self.line.insert(ticket, queued);",
        to: "self.line.insert(Ticket::MAX, queued);",
        killers: &[Law("fake::queue::one_that_wakes_up_is_overtaken_within_the_bound")],
    },
    Mutant {
        name: "a strict queue is like any other",
        file: "strategy/queue.rs",
        from: "if self.strict {",
        to: "if false {",
        killers: &[Law("fake::queue::nobody_is_overtaken_in_a_strict_queue")],
    },
    Mutant {
        name: "one can be overtaken without end",
        file: "overtaking.rs",
        from: "most: MOST, counted",
        to: "most: u64::MAX, counted",
        killers: &[Unit("overtaking")],
    },
    Mutant {
        name: "a turn that one lost counts as nothing",
        file: "overtaking.rs",
        from: "self.counted += FELT - 1;",
        to: "",
        killers: &[Unit("overtaking")],
    },
    Mutant {
        name: "nobody is ever overtaken",
        file: "overtaking.rs",
        from: "self.counted - counted_at_joining < self.most",
        to: "false",
        killers: &[Law("fake::queue::one_that_wakes_up_is_overtaken_within_the_bound")],
    },
];
