//! Mutants of what users are told: reports, events, totals, the end.

use super::{
    killer::Killer::{Footprint, Law},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "the report of a timeout names no holders",
        file: "leaving.rs",
        from: "holders: self.driver.records.holders(self.driver.clock.now()),",
        to: "holders: Vec::new(),",
        killers: &[Law("fake::queue::a_timeout_names_the_holders")],
    },
    Mutant {
        name: "one that has returned is a holder still",
        file: "own_line.rs",
        from: "self.0.call_site.store(None);",
        to: "",
        killers: &[Law("fake::queue::a_holders_thread_is_named")],
    },
    Mutant {
        name: "holders are sorted shortest first",
        file: "record.rs",
        from: "holders.sort_by_key(|holder| std::cmp::Reverse(holder.held_for));",
        to: "holders.sort_by_key(|holder| holder.held_for);",
        killers: &[Law("fake::queue::a_timeout_names_the_holders")],
    },
    Mutant {
        name: "the checkouts of a place that is gone are forgotten",
        file: "record.rs",
        from: "pages.checkouts_of_the_retired += record.line.checkouts();",
        to: "",
        killers: &[Law("fake::null::checkouts_of_many_that_are_gone_are_counted")],
    },
    Mutant {
        name: "the record of a place that is gone is never forgotten",
        file: "record.rs",
        from: "pages.lines.retain(|line| !Arc::ptr_eq(line, &record.line));",
        to: "",
        killers: &[Footprint("connections_that_are_gone_leave_nothing")],
    },
    Mutant {
        name: "a return is told before its reset",
        file: "checkin.rs",
        from: "driver.listeners.tell(Event::Reset { connection: entry.id, closing: true });",
        to: "driver.listeners.tell(Event::Checkin(Some(entry.id)));",
        killers: &[Law("fake::queue::a_return_of_an_older_connection_is_told_as_its_end")],
    },
    Mutant {
        name: "an observer that is added later is not told",
        file: "hooks.rs",
        from: "self.to_ends.store(more.listen_to_ends(), Ordering::Relaxed);",
        to: "",
        killers: &[Law("fake::queue::an_invalidation_says_why")],
    },
    Mutant {
        name: "an observer that panics costs the connection",
        file: "hooks.rs",
        from: "quietly(|| observer.observe(&event));",
        to: "observer.observe(&event);",
        killers: &[Law("fake::queue::an_observer_may_call_the_pool_and_panic")],
    },
    Mutant {
        name: "whoever waits for the end is not woken",
        file: "farewell.rs",
        from: "self.bell.notify_all();",
        to: "",
        killers: &[Law("fake::static::whoever_waits_for_the_end_goes_on_when_it_comes")],
    },
    Mutant {
        name: "a pool whose last clone is dropped stays open",
        file: "pool.rs",
        from: "if self.shared.lifeline.one_less() {\n            self.shared.close();",
        to: "if self.shared.lifeline.one_less() {",
        killers: &[Law("fake::queue::dropping_the_last_clone_closes")],
    },
];
