//! The defects of mysql's own pool, of the object pools, and of adapters.

use super::proof::Proof::{Adapter, Law, Model};
use super::row::Row;

pub(super) const MYSQL_POOL: &[Row] = &[
    Row::by(
        "mysql-connect-under-lock",
        "A connect runs under the lock of the pool: a slow one blocks every checkout and every return.",
        &[Law("a_slow_connect_holds_up_nobody_else"), Law("no_lock_is_held_during_a_call")],
    ),
    Row::by(
        "mysql-reset-wakes-nobody",
        "A connection that cannot be reset is dropped and wakes nobody: a waiter sleeps for ever.",
        &[Law("a_failed_rollback_serves_a_waiter"), Law("a_panicked_rollback_serves_a_waiter")],
    ),
    Row::by(
        "mysql-ping-wakes-nobody",
        "Nor does one whose check failed.",
        &[
            Law("a_failed_check_without_a_replacement_serves_a_waiter"),
            Law("a_panic_in_is_valid_serves_a_waiter"),
        ],
    ),
    Row::by(
        "mysql-timeout-restarts",
        "Whoever is woken in vain begins to wait again, with the whole timeout.",
        &[
            Law("waiting_and_connecting_have_one_deadline"),
            Law("a_timeout_comes_not_before_its_time_and_soon_after"),
        ],
    ),
    Row::by(
        "mysql-recursion",
        "Each dead connection is a recursion, and starts the clock again.",
        &[
            Law("a_failing_check_is_replaced_within_the_same_checkout"),
            Law("one_caller_closes_one_outdated_connection"),
        ],
    ),
    Row::by(
        "mysql-unwrap",
        "A connection that is taken out of the pool keeps its place for ever.",
        &[
            Law("detaching_frees_the_place_at_once"),
            Law("a_detach_serves_a_waiter"),
            Law("what_is_taken_out_is_not_closed"),
        ],
    ),
    Row::by(
        "mysql-226",
        "Mended: a reset that failed clogged the pool.",
        &[Law("a_failed_rollback_closes_the_connection")],
    ),
    Row::by(
        "mysql-34",
        "Mended: after the server's idle timeout a checkout hung.",
        &[Law("a_killed_connection_is_replaced"), Law("a_hung_check_does_not_hold_its_caller")],
    ),
    Row::by(
        "mysql-0-0",
        "Mended: a pool of at least none and at most none waited for ever.",
        &[Law("arguments_that_make_no_sense_are_refused")],
    ),
];

pub(super) const OTHERS: &[Row] = &[
    Row::by(
        "fastpool-assert",
        "An assertion stands on the way of every return: it would panic in a destructor.",
        &[Law("everything_at_once_loses_nothing"), Law("a_second_panic_on_return_does_not_abort")],
    ),
    Row::by(
        "qp-lost-wake-up",
        "A place that is freed between a waiter's try and its entry in the list wakes nobody.",
        &[
            Model("a_place_that_is_given_up_goes_to_the_one_that_waits"),
            Model("one_value_is_had_by_one_at_a_time_and_no_waiter_sleeps_for_ever"),
        ],
    ),
    Row::by(
        "qp-overtaken",
        "A waiter that is woken and overtaken never enters the list again.",
        &[
            Law("a_newcomer_does_not_overtake_one_that_waits"),
            Law("nothing_is_lost_on_waiters_that_leave"),
            Model("what_comes_home_beyond_what_is_kept_goes_to_a_waiter_or_out"),
        ],
    ),
    Row::by(
        "object-pool-64",
        "A pool of exactly 64 is empty, or panics.",
        &[Law("a_queue_of_any_size_lends_all_of_it")],
    ),
    Row::by(
        "lockfree-object-pool-init",
        "What makes an object runs under the lock.",
        &[Law("no_lock_is_held_during_a_call"), Law("no_lock_is_held_during_a_hook")],
    ),
    Row::by(
        "async-sqlite-panic",
        "Mended: a panic in the user's closure ended the thread of the connection.",
        &[
            Law("a_hung_connect_that_panics_late_frees_its_place"),
            Law("a_payload_whose_end_panics_may_come_late"),
            Law("a_storm_of_panics_loses_nothing"),
        ],
    ),
];

pub(super) const ADAPTERS: &[Row] = &[
    Row::by(
        "deadpool-postgres-fast",
        "By default a connection is asked nothing before it is lent, only whether it is known to be closed.",
        &[
            Law("by_default_half_a_second_of_idleness_is_asked"),
            Law("a_failing_check_is_replaced_within_the_same_checkout"),
        ],
    ),
    Row::by(
        "r2d2-mysql-17",
        "The quick check at the return asks the server, each time.",
        &[
            Law("a_return_costs_the_driver_one_rollback"),
            Adapter("a_healthy_cycle_costs_one_trip_beside_its_statements"),
        ],
    ),
    Row::by(
        "r2d2-sqlite-is-valid",
        "The check executes nothing, and so never fails.",
        &[
            Adapter("a_file_overwritten_under_its_connection_is_lost"),
            Adapter("a_file_deleted_under_its_connection_is_lost_and_the_next_connect_makes_a_new_one"),
            Adapter("a_file_replaced_under_its_connection_is_lost_even_if_a_connect_came_between"),
        ],
    ),
    Row::by(
        "r2d2-sqlite-transaction",
        "A transaction that is left open goes back into the pool, and to the next user.",
        &[
            Adapter("a_transaction_left_open_reaches_no_other_user"),
            Law("an_open_transaction_is_rolled_back_on_return"),
        ],
    ),
    Row::by(
        "r2d2-postgres-check",
        "The check has no timeout, though the driver offers one.",
        &[Law("a_hung_check_does_not_hold_its_caller"), Law("a_hung_check_that_fails_late_is_replaced")],
    ),
    Row::by(
        "rust-postgres-755",
        "Dropping a connection blocks until the server has answered, or for ever, beyond every timeout.",
        &[
            Law("a_hung_drop_holds_nobody"),
            Law("a_hung_close_holds_nobody"),
            Law("a_hung_close_does_not_hold_the_replacement"),
            Law("a_hung_close_keeps_no_other_open"),
        ],
    ),
];
