//! SQLAlchemy's tests of replacement, dispose, reset and the smaller pools (4.7 to 4.10).

use super::proof::Proof::{CompileFail, Law};
use super::row::{AS_IS, MEANINGLESS, RESHAPED, Row};

pub(super) const ROWS: &[Row] = &[
    Row::by("QueuePoolTest.test_recycle", RESHAPED, &[Law("only_what_is_too_old_is_replaced")]),
    Row::by(
        "QueuePoolTest.test_recycle_on_invalidate",
        AS_IS,
        &[
            Law("invalidating_the_pool_replaces_what_is_idle"),
            Law("invalidating_the_pool_closes_what_is_out_at_its_return"),
        ],
    ),
    Row::by(
        "QueuePoolTest.test_recycle_on_soft_invalidate",
        AS_IS,
        &[Law("a_soft_invalidation_is_told_in_order")],
    ),
    Row::by("QueuePoolTest.test_invalidate", AS_IS, &[Law("invalidating_one_closes_it_at_once")]),
    Row::by(
        "QueuePoolTest.test_reconnect",
        AS_IS,
        &[Law("a_returned_connection_is_used_again"), Law("invalidating_one_closes_it_at_once")],
    ),
    Row::by(
        "QueuePoolTest.test_detach_via_invalidate",
        AS_IS,
        &[
            Law("invalidating_one_costs_the_driver_one_close"),
            Law("a_connections_number_is_its_own"),
            CompileFail("detached_is_gone"),
        ],
    ),
    Row::by(
        "QueuePoolTest.test_connrec_invalidated_within_checkout_no_race",
        RESHAPED,
        &[Law("an_invalidation_within_a_checkout_is_no_error")],
    ),
    Row::by(
        "QueuePoolTest.test_error_on_pooled_reconnect_cleanup_invalidate",
        AS_IS,
        &[
            Law("after_failed_reconnects_a_success_is_told_as_ever"),
            Law("a_failed_replacement_serves_a_waiter"),
            Law("a_failed_overflow_connect_leaves_the_counts"),
        ],
    ),
    Row::by(
        "QueuePoolTest.test_error_on_pooled_reconnect_cleanup_recycle",
        RESHAPED,
        &[Law("a_failed_replacement_leaves_nothing_taken")],
    ),
    Row::by(
        "QueuePoolTest.test_error_on_pooled_reconnect_cleanup_wcheckout_event",
        AS_IS,
        &[
            Law("a_refused_connection_that_cannot_be_replaced_leaves_nothing_taken"),
            Law("a_hook_that_panics_costs_its_connection"),
        ],
    ),
    Row::by(
        "QueuePoolTest.test_connect_handler_not_called_for_recycled",
        AS_IS,
        &[Law("after_failed_reconnects_a_success_is_told_as_ever")],
    ),
    Row::by(
        "QueuePoolTest.test_connect_checkout_handler_always_gets_info",
        AS_IS,
        &[Law("a_replacement_is_prepared_whole_or_not_at_all")],
    ),
    Row::by(
        "QueuePoolTest.test_userspace_disconnectionerror_weakref_finalizer",
        RESHAPED,
        &[Law("a_return_cleans_the_replacement"), Law("a_checkout_hook_is_asked_twice")],
    ),
    Row::by(
        "QueuePoolTest.test_recycle_pool_no_race",
        RESHAPED,
        &[
            Law("disconnects_at_once_close_and_open_each_once"),
            Law("many_reports_of_one_restart_raise_the_generation_once"),
        ],
    ),
    Row::by(
        "QueuePoolTest.test_dispose_closes_pooled",
        AS_IS,
        &[Law("a_dispose_is_told_for_each_idle_connection"), Law("a_dispose_closes_nothing_that_is_out")],
    ),
    Row::by(
        "QueuePoolTest.test_detach",
        AS_IS,
        &[Law("detaching_frees_the_place_at_once"), Law("a_detached_connection_is_closed_on_drop")],
    ),
    Row::by(
        "QueuePoolTest.test_no_double_checkin",
        RESHAPED,
        &[CompileFail("returned_is_gone"), Law("everything_at_once_loses_nothing")],
    ),
    Row::by("QueuePoolTest.test_lifo", AS_IS, &[Law("lifo_lends_the_last_returned")]),
    Row::by("QueuePoolTest.test_fifo", AS_IS, &[Law("fifo_lends_the_longest_idle")]),
    Row::by(
        "ResetOnReturnTest.test_custom",
        AS_IS,
        &[
            Law("reset_nothing_asks_the_driver_nothing"),
            Law("no_hook_sees_a_connection_that_is_gone"),
            Law("a_detached_connection_is_told_in_order"),
            Law("a_return_is_shown_before_and_after_it_is_cleaned"),
        ],
    ),
    Row::beyond(
        "ResetOnReturnTest.test_custom_via_engine",
        MEANINGLESS,
        "There is no engine above the pool that would roll back for it.",
    ),
    Row::by(
        "ResetOnReturnTest.test_plain_rollback_via_engine",
        RESHAPED,
        &[
            Law("a_return_costs_the_driver_one_rollback"),
            Law("a_return_is_shown_before_and_after_it_is_cleaned"),
        ],
    ),
    Row::by(
        "ResetOnReturnTest.test_plain_rollback",
        AS_IS,
        &[
            Law("a_return_is_shown_before_and_after_it_is_cleaned"),
            Law("an_open_transaction_is_rolled_back_on_return"),
        ],
    ),
    Row::by(
        "ResetOnReturnTest.test_plain_commit",
        AS_IS,
        &[
            Law("what_was_left_uncommitted_is_committed_on_return"),
            Law("a_return_costs_the_driver_one_commit"),
        ],
    ),
    Row::by(
        "ResetOnReturnTest.test_plain_none",
        AS_IS,
        &[Law("reset_nothing_asks_the_driver_nothing"), Law("reset_nothing_leaves_the_transaction_open")],
    ),
    Row::by(
        "SingletonThreadPoolTest.test_cleanup",
        RESHAPED,
        &[
            Law("all_threads_can_have_one_at_the_same_time"),
            Law("over_the_size_an_idle_connection_of_another_thread_goes"),
        ],
    ),
    Row::by(
        "SingletonThreadPoolTest.test_cleanup_no_gc",
        "R*, switched off there",
        &[Law("all_threads_can_have_one_at_the_same_time"), Law("many_short_threads_leave_nothing_behind")],
    ),
    Row::by(
        "SingletonThreadPoolTest.test_no_rollback_from_nested_connections",
        RESHAPED,
        &[
            Law("a_nested_checkout_is_refused_at_once"),
            Law("a_shared_connection_is_the_same_for_all_who_ask"),
            Law("a_shared_connection_comes_home_with_its_last_handle"),
        ],
    ),
    Row::by(
        "AssertionPoolTest.test_connect_error",
        AS_IS,
        &[Law("a_second_checkout_is_refused_and_names_the_first"), Law("of_many_that_meet_one_always_wins")],
    ),
    Row::by("AssertionPoolTest.test_connect_multiple", AS_IS, &[Law("sequential_checkouts_are_fine")]),
    Row::by(
        "NullPoolTest.test_reconnect",
        AS_IS,
        &[Law("null_opens_and_closes_each_time"), Law("invalidating_one_closes_it_at_once")],
    ),
    Row::by("StaticPoolTest.test_recreate", AS_IS, &[Law("a_recreated_pool_has_the_same_settings")]),
    Row::by(
        "StaticPoolTest.test_connect",
        AS_IS,
        &[Law("a_returned_connection_is_used_again"), Law("static_callers_take_turns")],
    ),
    Row::beyond(
        "CreatorCompatibilityTest.test_creator_callable_outside_noarg",
        MEANINGLESS,
        "A connect has one signature, that of the trait: there is nothing to find out about a creator.",
    ),
    Row::beyond(
        "CreatorCompatibilityTest.test_creator_callable_outside_witharg",
        MEANINGLESS,
        "A connect has one signature, that of the trait: there is nothing to find out about a creator.",
    ),
    Row::beyond(
        "CreatorCompatibilityTest.test_creator_patching_arg_to_noarg",
        MEANINGLESS,
        "A connect has one signature, that of the trait, and a manager cannot be exchanged under a pool.",
    ),
];
