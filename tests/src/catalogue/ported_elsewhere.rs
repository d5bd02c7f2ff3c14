//! SQLAlchemy's tests of the pool that stand elsewhere, or stood there in 0.7.0 (4.11).

use super::proof::Proof::{CompileFail, FastPath, Law};
use super::row::{AS_IS, RESHAPED, Row};

pub(super) const SEED: &[Row] = &[
    Row::by(
        "0.7.0 PoolTest.test_manager",
        RESHAPED,
        &[Law("a_key_has_one_pool"), Law("a_pool_is_made_once_for_many_who_ask")],
    ),
    Row::by("0.7.0 PoolTest.test_bad_args", RESHAPED, &[Law("a_pool_that_cannot_be_made_is_tried_again")]),
    Row::by(
        "0.7.0 PoolTest.test_non_thread_local_manager",
        RESHAPED,
        &[Law("a_key_has_one_pool"), Law("a_shared_connection_is_shared_with_nobody_else")],
    ),
    Row::by(
        "0.7.0 PoolTest.testthreadlocal_del",
        RESHAPED,
        &[Law("a_shared_connection_comes_home_with_its_last_handle")],
    ),
    Row::by(
        "0.7.0 PoolTest.testthreadlocal_close",
        RESHAPED,
        &[Law("a_shared_connection_comes_home_with_its_last_handle")],
    ),
    Row::by(
        "0.7.0 QueuePoolTest.test_mixed_close",
        RESHAPED,
        &[
            Law("a_shared_connection_comes_home_with_its_last_handle"),
            Law("a_shared_connection_is_shared_with_nobody_else"),
        ],
    ),
    Row::by(
        "0.7.0 QueuePoolTest.test_overflow_no_gc_tlocal",
        RESHAPED,
        &[
            Law("rounds_over_the_size_close_only_the_surplus"),
            Law("a_shared_connection_comes_home_with_its_last_handle"),
        ],
    ),
    Row::by(
        "0.7.0 QueuePoolTest.test_weakref_kaboom",
        RESHAPED,
        &[Law("a_shared_connection_comes_home_with_its_last_handle")],
    ),
    Row::by(
        "0.7.0 QueuePoolTest.test_trick_the_counter",
        RESHAPED,
        &[Law("a_shared_connection_comes_home_with_its_last_handle")],
    ),
    Row::by(
        "0.7.0 QueuePoolTest.test_threadfairy",
        RESHAPED,
        &[Law("a_shared_connection_is_the_same_for_all_who_ask")],
    ),
    Row::by(
        "0.7.0 DeprecatedPoolListenerTest.test_listeners",
        RESHAPED,
        &[
            Law("events_agree_with_the_totals"),
            Law("an_observer_added_later_is_told_from_then_on"),
            Law("hooks_travel_with_a_recreation"),
            Law("every_hook_is_called_at_its_moment"),
        ],
    ),
    Row::by(
        "0.7.0 DeprecatedPoolListenerTest.test_listeners_callables",
        RESHAPED,
        &[
            Law("events_agree_with_the_totals"),
            Law("hooks_are_called_in_the_order_given"),
            Law("hooks_travel_with_a_recreation"),
            Law("hooks_are_called_in_their_order"),
        ],
    ),
];

pub(super) const ELSEWHERE: &[Row] = &[
    Row::by(
        "PrePingMockTest.test_ping_not_on_first_connect",
        AS_IS,
        &[Law("a_fresh_connection_is_not_asked")],
    ),
    Row::by(
        "PrePingMockTest.test_ping_not_on_reconnect",
        AS_IS,
        &[Law("a_fresh_connection_is_not_asked"), Law("what_is_too_old_is_not_checked_first")],
    ),
    Row::by(
        "PrePingMockTest.test_connect_across_restart",
        AS_IS,
        &[Law("a_killed_connection_is_replaced"), Law("after_one_lost_connection_the_others_are_not_asked")],
    ),
    Row::by(
        "PrePingMockTest.test_handle_error_sets_disconnect",
        RESHAPED,
        &[
            Law("only_a_lost_connection_raises_the_generation"),
            Law("another_fault_replaces_only_the_one_that_has_it"),
        ],
    ),
    Row::by(
        "PrePingMockTest.test_raise_db_is_stopped",
        AS_IS,
        &[Law("a_failed_replacement_is_the_callers_error")],
    ),
    Row::by("PrePingMockTest.test_waits_til_exec_wo_ping_db_is_stopped", AS_IS, &[Law("never_asks_nothing")]),
    Row::by(
        "PrePingMockTest.test_waits_til_exec_wo_ping_db_is_restarted",
        AS_IS,
        &[Law("never_asks_nothing")],
    ),
    Row::by(
        "PrePingMockTest.test_pre_ping_weakref_finalizer",
        RESHAPED,
        &[Law("a_return_cleans_the_replacement")],
    ),
    Row::by(
        "MockReconnectTest.test_invalidate_dont_call_finalizer",
        RESHAPED,
        &[Law("no_hook_sees_a_connection_that_is_gone")],
    ),
    Row::by(
        "MockReconnectTest.test_dialect_initialize_once",
        RESHAPED,
        &[Law("the_first_connect_is_once_and_everybody_waits_for_it"), Law("events_agree_with_the_totals")],
    ),
    Row::by(
        "MockReconnectTest.test_dialect_initialize_retry_if_exception",
        RESHAPED,
        &[Law("a_first_connect_that_fails_is_tried_again")],
    ),
    Row::by(
        "RealReconnectTest.test_multiple_invalidate",
        RESHAPED,
        &[Law("many_reports_of_one_restart_raise_the_generation_once")],
    ),
    Row::by("RealReconnectTest.test_invalidate_twice", RESHAPED, &[CompileFail("detached_is_gone")]),
    Row::by("RealReconnectTest.test_null_pool", RESHAPED, &[Law("null_opens_and_closes_each_time")]),
    Row::by("PoolLoggingTest.test_stpool_echo", RESHAPED, &[Law("a_life_is_told_in_the_originals_words")]),
    Row::by("PoolLoggingTest.test_stpool_logging", RESHAPED, &[Law("a_life_is_told_in_the_originals_words")]),
    Row::by("PoolLoggingTest.test_queuepool_echo", RESHAPED, &[Law("a_life_is_told_in_the_originals_words")]),
    Row::by(
        "PoolLoggingTest.test_queuepool_logging",
        RESHAPED,
        &[
            Law("a_life_is_told_in_the_originals_words"),
            Law("every_replacement_is_told_with_its_reason"),
            Law("every_failure_is_told_with_the_drivers_error"),
        ],
    ),
    Row::by(
        "AsyncEngineTest.test_pool_exhausted_some_timeout",
        RESHAPED,
        &[Law("a_timeout_comes_not_before_its_time_and_soon_after")],
    ),
    Row::by("AsyncEngineTest.test_pool_exhausted_no_timeout", RESHAPED, &[Law("a_deadline_of_zero_works")]),
    Row::by(
        "aaa_profiling QueuePoolTest.test_first_connect",
        RESHAPED,
        &[FastPath("an_allocation_would_be_seen"), Law("a_bounded_driver_is_called_in_the_callers_thread")],
    ),
    Row::by(
        "aaa_profiling QueuePoolTest.test_second_connect",
        RESHAPED,
        &[
            FastPath("a_lean_cycle_allocates_nothing"),
            FastPath("a_cycle_with_all_defaults_allocates_nothing"),
            FastPath("each_setting_reads_the_clock_as_often_as_it_needs"),
        ],
    ),
];
