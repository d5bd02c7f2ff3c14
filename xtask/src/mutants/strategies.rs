//! Mutants of single strategies: SingletonThread, Null and Assertion.

use super::{killer::Killer::Law, mutant::Mutant};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "over the size no idle connection of another thread goes",
        file: "benches.rs",
        from: "if hall.places >= self.kept {",
        to: "if hall.places > self.kept {",
        killers: &[Law("fake::singleton-thread::over_the_size_an_idle_connection_of_another_thread_goes")],
    },
    Mutant {
        name: "a thread that left its connect is taken to have one still",
        file: "benches.rs",
        from: "self.benches.get(seat as usize)?.claim.store(None);",
        to: "",
        killers: &[Law("fake::singleton-thread::a_connect_error_is_the_drivers_own")],
    },
    Mutant {
        name: "a worker that gives up a bench takes its thread's claim",
        file: "benches.rs",
        from: "if by == By::Holder {",
        to: "if by == By::Holder || by == By::Pool {",
        killers: &[Law("fake::singleton-thread::a_thread_that_takes_over_its_failed_connect_has_one")],
    },
    Mutant {
        name: "what arrives for a thread that ended is kept",
        file: "benches.rs",
        from: "hall.places <= self.kept && bench.owner.load(Ordering::Relaxed) != 0",
        to: "hall.places <= self.kept",
        killers: &[Law("fake::singleton-thread::nothing_is_kept_for_a_thread_that_left_and_ended")],
    },
    Mutant {
        name: "a thread that comes back for its connect does not wait for it",
        file: "benches.rs",
        from: "hall.waiters.insert(seat, Arc::clone(waiter));",
        to: "",
        killers: &[Law("fake::singleton-thread::a_thread_that_takes_over_its_failed_connect_has_one")],
    },
    Mutant {
        name: "nobody hears that a thread has ended",
        file: "thread.rs",
        from: "listeners.push((pool, listener));",
        to: "drop(listener);",
        killers: &[Law("fake::singleton-thread::a_thread_that_ends_closes_its_own")],
    },
    Mutant {
        name: "a closed pool of the strategy Null still connects",
        file: "strategy/null.rs",
        from: "if self.shut.load(Ordering::SeqCst) != 0 {",
        to: "if self.shut.load(Ordering::SeqCst) == 2 {",
        killers: &[Law("fake::null::a_closed_pool_asks_the_driver_nothing")],
    },
    Mutant {
        name: "Assertion does not know its first checkout any more when its connect was left",
        file: "strategy/assertion.rs",
        from: "        self.unclaim();\n        self.stock.leave(ticket)",
        to: "        self.stock.leave(ticket)",
        killers: &[Law("fake::assertion::after_an_orphaned_connect_it_works")],
    },
    Mutant {
        name: "Assertion keeps the claim of a connect that failed",
        file: "strategy/assertion.rs",
        from: "if by == By::Holder {",
        to: "if by == By::Holder && false {",
        killers: &[Law("fake::assertion::after_a_failed_connect_it_works")],
    },
    Mutant {
        name: "a worker that gives up its place takes Assertion's claim",
        file: "strategy/assertion.rs",
        from: "if by == By::Holder {",
        to: "if by == By::Holder || by == By::Pool {",
        killers: &[Law("fake::assertion::after_an_orphaned_connect_fails_the_next_has_it_alone")],
    },
    Mutant {
        name: "Assertion names the second checkout instead of the first",
        file: "strategy/assertion.rs",
        from: "Err(first) => Err(first.unwrap_or(call_site)),",
        to: "Err(_) => Err(call_site),",
        killers: &[Law("fake::assertion::a_second_checkout_is_refused_and_names_the_first")],
    },
];
