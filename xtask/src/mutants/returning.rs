//! Mutants of the way home: what is kept must be clean, whole and of today.

use super::{
    killer::Killer::{Law, Stress},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "nothing is rolled back",
        file: "checkin.rs",
        from: "driver.roll_back(entry)?;",
        to: "",
        killers: &[
            Law("fake::queue::an_open_transaction_is_rolled_back_on_return"),
            Stress("hangs-nowhere::static"),
        ],
    },
    Mutant {
        name: "a rollback that fails is overlooked",
        file: "checkin.rs",
        from: "driver.roll_back(entry)?;",
        to: "let _ = driver.roll_back(entry);",
        killers: &[
            Law("fake::queue::a_failed_rollback_closes_the_connection"),
            Stress("hangs-nowhere::static"),
        ],
    },
    Mutant {
        name: "a broken connection is kept",
        file: "checkin.rs",
        from: "if driver.manager.has_broken(&mut entry.conn) {",
        to: "if driver.manager.has_broken(&mut entry.conn) && false {",
        killers: &[
            Law("fake::queue::a_broken_connection_is_closed_on_return"),
            Stress("hangs-nowhere::static"),
        ],
    },
    Mutant {
        name: "an outdated connection is kept at its return",
        file: "checkin.rs",
        from: "if entry.generation != driver.generation.load(Ordering::Relaxed) {",
        to: "if entry.generation == u64::MAX {",
        killers: &[Law("fake::queue::invalidating_the_pool_closes_what_is_out_at_its_return")],
    },
    Mutant {
        name: "the connection of one that panicked is kept",
        file: "checkin.rs",
        from: "if entry.taken_unwinding {",
        to: "if entry.taken_unwinding || true {",
        killers: &[
            Law("fake::queue::an_owners_panic_closes_the_connection"),
            Stress("hangs-nowhere::static"),
        ],
    },
    Mutant {
        name: "a connection whose rollback panicked is forgotten",
        file: "checkin.rs",
        from: "self.shared.end(self.seat, entry, CloseReason::Panicked, By::Holder);",
        to: "drop(entry);",
        killers: &[
            Law("fake::queue::a_panic_in_rollback_closes_the_connection"),
            Stress("hangs-nowhere::static"),
        ],
    },
    Mutant {
        name: "idleness counts from the checkout",
        file: "checkin.rs",
        from: "entry.idle_since = driver.clock.now();",
        to: "",
        killers: &[Law("fake::queue::idleness_counts_from_the_return")],
    },
    Mutant {
        name: "one that declines throws away the connection that it was given",
        file: "leaving.rs",
        from: "Some(Grant::Value(seat, entry)) => self.bring_home(seat, entry),",
        to: "Some(Grant::Value(..)) => {}",
        killers: &[Stress("closes-at-once::queue")],
    },
    Mutant {
        name: "a connection that is taken away keeps its place",
        file: "pooled_connection.rs",
        from: "this.shared.vacate(this.seat, Some(entry.record), By::Holder);",
        to: "let _ = By::Holder;",
        killers: &[Law("fake::queue::detaching_frees_the_place_at_once")],
    },
    Mutant {
        name: "one that is to be replaced is lent again",
        file: "pooled_connection.rs",
        from: "entry.expires = Moment::START;",
        to: "let _ = Moment::START;",
        killers: &[Law("fake::queue::a_soft_invalidation_is_told_in_order"), Stress("hangs-nowhere::static")],
    },
    Mutant {
        name: "a detached connection that is dropped is not closed",
        file: "detached.rs",
        from: "if let Some(conn) = self.conn.take() {",
        to: "if let Some(conn) = self.conn.take().filter(|_| self.id.get() == 0) {",
        killers: &[Law("fake::queue::a_detached_connection_is_closed_on_drop")],
    },
    Mutant {
        name: "a flush leaves what is out",
        file: "shared.rs",
        from: "self.driver.outdate(self.driver.generation.load(Ordering::Acquire));",
        to: "",
        killers: &[Law("fake::queue::a_dispose_is_told_for_each_idle_connection")],
    },
];
