//! Mutants of opening: connects that fail, panic, are refused or come late.

use super::{killer::Killer::Law, mutant::Mutant};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "a connect that fails keeps its place",
        file: "place.rs",
        from: "self.shared.vacate(seat, self.record.take(), self.by);",
        to: "drop((seat, self.record.take()));",
        killers: &[Law("fake::static::a_failed_connect_serves_a_waiter")],
    },
    Mutant {
        name: "a connection in hand is forgotten when something panics",
        file: "place.rs",
        from: "self.shared.end(seat, entry, CloseReason::Panicked, self.by);",
        to: "drop((seat, entry));",
        killers: &[Law("fake::queue::a_panic_in_is_valid_closes_the_connection")],
    },
    Mutant {
        name: "one that failed its check is lent",
        file: "place.rs",
        from: "if driver.ask(entry, (deadline.remaining() / 2).min(LONGEST_CHECK)) {",
        to: "if driver.ask(entry, (deadline.remaining() / 2).min(LONGEST_CHECK)) || true {",
        killers: &[Law("fake::queue::a_failing_check_is_replaced_within_the_same_checkout")],
    },
    Mutant {
        name: "a check may take all the time that is left",
        file: "place.rs",
        from: "(deadline.remaining() / 2).min(LONGEST_CHECK)",
        to: "deadline.remaining().min(LONGEST_CHECK)",
        killers: &[Law("fake::static::a_check_is_given_half_of_the_time_that_is_left")],
    },
    Mutant {
        name: "a check may take as long as it likes",
        file: "place.rs",
        from: "(deadline.remaining() / 2).min(LONGEST_CHECK)",
        to: "(deadline.remaining() / 2).max(LONGEST_CHECK)",
        killers: &[Law("fake::static::a_check_is_given_five_seconds_at_most")],
    },
    Mutant {
        name: "a connect is not told what is left of the time",
        file: "driver.rs",
        from: "self.manager.connect(deadline.remaining())",
        to: "self.manager.connect(Duration::MAX)",
        killers: &[Law("fake::static::a_connect_is_given_the_time_that_is_left")],
    },
    Mutant {
        name: "a new connection that a hook refuses is not closed",
        file: "driver.rs",
        from: "self.driver.close(conn, self.info.take(), self.id, self.reason);",
        to: "drop(conn);",
        killers: &[Law("fake::queue::a_failing_hook_closes_the_connection")],
    },
    Mutant {
        name: "a connect belongs to the generation in which it ends",
        file: "driver.rs",
        from: "            generation,\n            opened,",
        to: "            generation: self.generation.load(Ordering::Acquire).max(generation),\n            opened,",
        killers: &[Law("fake::queue::a_connect_under_way_is_older")],
    },
    Mutant {
        name: "a lost connection is no reason to doubt the others",
        file: "driver.rs",
        from: "self.manager.classify(&error) == Fault::Lost",
        to: "self.manager.classify(&error) == Fault::Refused",
        killers: &[Law("fake::queue::after_one_lost_connection_the_others_are_not_asked")],
    },
    Mutant {
        name: "each report of one restart raises the generation",
        file: "driver.rs",
        from: "self.generation.compare_exchange(generation, next, Ordering::AcqRel, Ordering::Relaxed)",
        to: "Ok::<u64, u64>(self.generation.fetch_add(1, Ordering::AcqRel))",
        killers: &[Law("fake::queue::many_reports_of_one_restart_raise_the_generation_once")],
    },
    Mutant {
        name: "the last connect error is not forgotten when a connect succeeds",
        file: "last_connect_error.rs",
        from: "let forgotten = last.take();",
        to: "let forgotten = last.clone();",
        killers: &[Law("fake::queue::a_timeout_carries_the_last_connect_error")],
    },
    Mutant {
        name: "the first connect is never done",
        file: "first_connect.rs",
        from: "self.done.store(true, Ordering::Release);",
        to: "",
        killers: &[Law("fake::queue::the_first_connect_is_once_and_everybody_waits_for_it")],
    },
    Mutant {
        name: "those who wait for the first connect are not woken",
        file: "first_connect.rs",
        from: "self.0.bell.notify_all();",
        to: "",
        killers: &[Law("fake::queue::those_who_wait_for_the_first_connect_go_on_when_it_is_done")],
    },
    Mutant {
        name: "two make the first connect at the same time",
        file: "first_connect.rs",
        from: "*under_way = true;",
        to: "",
        killers: &[Law("fake::queue::the_first_connect_is_once_and_everybody_waits_for_it")],
    },
];
