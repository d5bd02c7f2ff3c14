//! The defects of r2d2, and of Diesel on top of it.

use super::proof::Proof::{Adapter, Law};
use super::row::Row;

pub(super) const R2D2: &[Row] = &[
    Row::by(
        "r2d2-a",
        "Closing a broken connection wakes nobody: a waiter sleeps to its timeout beside a free place.",
        &[Law("a_broken_return_serves_a_waiter"), Law("broken_connections_do_not_starve_the_waiters")],
    ),
    Row::by(
        "r2d2-b",
        "A panic in the check, in the quick check at the return or in an event handler keeps the place for ever.",
        &[
            Law("a_panic_in_is_valid_closes_the_connection"),
            Law("a_panic_in_has_broken_closes_the_connection"),
            Law("an_observer_may_call_the_pool_and_panic"),
            Law("a_hook_that_panics_costs_its_connection"),
        ],
    ),
    Row::by(
        "r2d2-c",
        "A panic in a connect or in the customizer keeps the place for ever.",
        &[
            Law("a_panic_in_connect_leaves_nothing_taken"),
            Law("a_panicking_hook_closes_the_connection"),
            Law("a_hung_connect_that_panics_late_frees_its_place"),
        ],
    ),
    Row::by(
        "r2d2-d",
        "A connection that is older than its lifetime when it is returned is kept and lent again.",
        &[Law("what_grows_too_old_while_out_is_not_lent_again")],
    ),
    Row::by(
        "r2d2-e",
        "Each pool has three threads, which live on for half a minute after it; a shared one's reaper for ever.",
        &[
            Law("a_bounded_driver_is_called_in_the_callers_thread"),
            Law("closing_ends_idle_workers_at_once"),
            Law("an_idle_worker_ends_by_itself"),
            Law("a_pool_is_dropped_while_its_driver_hangs"),
            Adapter("a_closed_pool_leaves_nothing_but_the_file_and_no_thread"),
        ],
    ),
    Row::by(
        "r2d2-f",
        "The handler of timeouts is called under the lock: it must not ask the pool anything.",
        &[
            Law("no_lock_is_held_during_a_hook"),
            Law("an_observer_may_call_the_pool_and_panic"),
            Law("no_lock_is_held_during_a_call"),
        ],
    ),
    Row::by(
        "r2d2-g",
        "The longest of all timeouts panics.",
        &[Law("a_deadline_without_end_works"), Law("a_timeout_without_end_opens_connections")],
    ),
    Row::by(
        "r2d2-h",
        "While the server is down every checkout lasts its whole timeout, and one waiter alone is told why.",
        &[
            Law("a_connect_error_reaches_the_caller_with_its_cause"),
            Law("each_caller_has_the_connect_error"),
            Law("every_timeout_carries_the_last_connect_error"),
        ],
    ),
    Row::by(
        "r2d2-i",
        "Building waits until the count is exactly right: it freezes if a connection is lost meanwhile.",
        &[
            Law("build_connected_opens_what_it_is_told"),
            Law("build_connected_fails_fast"),
            Law("a_failed_build_leaves_nothing_open"),
        ],
    ),
    Row::by(
        "r2d2-2",
        "Mended: the check ran under the lock of the pool.",
        &[Law("no_lock_is_held_during_a_call"), Law("one_that_is_asked_is_in_use")],
    ),
    Row::by(
        "r2d2-22",
        "Mended: its own threads kept a pool alive that everybody had dropped.",
        &[Law("dropping_the_last_clone_closes"), Law("a_pool_leaves_nothing_behind")],
    ),
    Row::by(
        "r2d2-stack",
        "Mended: idle connections were lent in turn, so that none was ever idle for long.",
        &[Law("lifo_uses_few_and_fifo_uses_all"), Law("lifo_lends_the_last_returned")],
    ),
    Row::by(
        "r2d2-33-73",
        "Mended: no checkout without waiting, and none with a timeout of its own.",
        &[
            Law("try_get_serves_what_needs_no_waiting"),
            Law("try_get_never_waits_for_another_caller"),
            Law("a_timeout_comes_not_before_its_time_and_soon_after"),
        ],
    ),
    Row::by(
        "r2d2-barging",
        "A newcomer takes what was returned for a waiter: a greedy thread starves a polite one.",
        &[
            Law("a_newcomer_does_not_overtake_one_that_waits"),
            Law("waiters_are_served_first_come_first_served"),
        ],
    ),
    Row::by(
        "r2d2-three-threads",
        "Connects run on three threads: the fourth waits behind three slow ones.",
        &[Law("a_slow_connect_holds_up_nobody_else"), Law("abandoned_connects_are_bounded")],
    ),
];

pub(super) const DIESEL_R2D2: &[Row] = &[
    Row::by(
        "diesel-closes-transactions",
        "A connection that comes home with an open transaction is closed instead of rolled back.",
        &[
            Law("an_open_transaction_is_rolled_back_on_return"),
            Adapter("a_transaction_left_open_reaches_no_other_user"),
        ],
    ),
    Row::by(
        "diesel-2104",
        "After a panic the next user could commit the transaction of the former.",
        &[
            Law("an_owners_panic_closes_the_connection"),
            Adapter("what_a_panicking_user_began_is_undone_and_holds_up_nobody"),
        ],
    ),
    Row::by(
        "diesel-3156",
        "Every connection was taken for broken: none was ever used again.",
        &[Law("a_returned_connection_is_used_again"), Law("a_return_costs_the_driver_one_rollback")],
    ),
    Row::by(
        "diesel-3252",
        "The transaction that a test begins on purpose was taken for one left open.",
        &[
            Law("reset_nothing_leaves_the_transaction_open"),
            Adapter("one_that_postgres_gave_up_is_begun_anew"),
        ],
    ),
    Row::by(
        "diesel-3016",
        "A network that drops packets blocks the driver, and the pool with it.",
        &[
            Law("a_hung_connect_does_not_hold_its_caller"),
            Law("a_hung_check_does_not_hold_its_caller"),
            Law("a_hung_close_holds_nobody"),
        ],
    ),
    Row::by(
        "diesel-4729",
        "The pooled connection does not pass on the calls for the search path, so that its reset is silently off.",
        &[Adapter("the_drivers_own_methods_are_there")],
    ),
];
