//! Mutants of lending: what must not be lent is lent, and what may be is not.

use super::{
    killer::Killer::{Law, Unit},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "a connection of an older generation is lent",
        file: "lending.rs",
        from: "if entry.generation != self.driver.generation.load(Ordering::Relaxed) {",
        to: "if entry.generation == u64::MAX {",
        killers: &[Law("fake::queue::invalidating_the_pool_replaces_what_is_idle")],
    },
    Mutant {
        name: "a connection that is too old is lent",
        file: "lending.rs",
        from: "if now >= entry.expires {",
        to: "if now > entry.expires && now == Moment::NEVER {",
        killers: &[Law("fake::queue::only_what_is_too_old_is_replaced")],
    },
    Mutant {
        name: "a connect that ends in a closed pool is lent",
        file: "lending.rs",
        from: "if self.driver.is_closed() {",
        to: "if false {",
        killers: &[Law("fake::queue::a_connect_under_way_is_closed")],
    },
    Mutant {
        name: "a thread does not remember its slot",
        file: "lending.rs",
        from: "thread::remember_seat(self.pool, seat);",
        to: "let _ = thread::remember_seat;",
        killers: &[Law("fake::queue::affine_gives_each_thread_its_own_connection")],
    },
    Mutant {
        name: "a checkout hook is asked three times",
        file: "visit.rs",
        from: "const ROUNDS: u8 = 2;",
        to: "const ROUNDS: u8 = 3;",
        killers: &[Law("fake::queue::a_checkout_hook_is_asked_twice")],
    },
    Mutant {
        name: "the quick way asks no hook",
        file: "checkout.rs",
        from: "Condition::Fit if !self.driver.listeners.to_uses() => {",
        to: "Condition::Fit => {",
        killers: &[Law("fake::queue::a_checkout_and_its_return_are_told_in_order")],
    },
    Mutant {
        name: "what was opened for one who left counts as fresh for ever",
        file: "checkout.rs",
        from: "let now = self.now();\n        entry.fresh = false;",
        to: "let now = self.now();",
        killers: &[Law("fake::queue::what_was_opened_for_one_who_left_is_asked")],
    },
    Mutant {
        name: "what is handed to a waiter counts as fresh",
        file: "checkin.rs",
        from: "entry.fresh = false;",
        to: "",
        killers: &[Law("fake::static::what_is_handed_to_a_waiter_is_asked")],
    },
    Mutant {
        name: "jitter shortens an age by a fifth",
        file: "watch.rs",
        from: "self.share(number) / 10.0",
        to: "self.share(number) / 5.0",
        killers: &[Unit("jitter_shortens_an_age_by_at_most_a_tenth")],
    },
    Mutant {
        name: "all connections of a pool have the same jitter",
        file: "driver.rs",
        from: "self.watch.expiry(opened, id.get())",
        to: "self.watch.expiry(opened, 0)",
        killers: &[Law("fake::queue::connections_of_one_pool_do_not_all_grow_too_old_at_once")],
    },
    Mutant {
        name: "one that was idle for just as long as is allowed is not asked",
        file: "watch.rs",
        from: ">= self.asks_after.to_bits()",
        to: "> self.asks_after.to_bits()",
        killers: &[Law("fake::queue::only_what_was_idle_for_the_window_is_asked")],
    },
];
