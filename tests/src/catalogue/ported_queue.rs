//! SQLAlchemy's tests of sizes, timeouts and waiting (4.5 and 4.6).

use super::proof::Proof::Law;
use super::row::{AS_IS, RESHAPED, Row};

pub(super) const ROWS: &[Row] = &[
    Row::by("QueuePoolTest.test_queuepool_del", RESHAPED, &[Law("sizes_walk_as_in_sqlalchemy")]),
    Row::by("QueuePoolTest.test_queuepool_close", AS_IS, &[Law("sizes_walk_as_in_sqlalchemy")]),
    Row::by(
        "QueuePoolTest.test_unlimited",
        AS_IS,
        &[
            Law("size_zero_without_a_limit_serves_everybody"),
            Law("unlimited_overflow_serves_everybody"),
            Law("size_zero_keeps_nothing"),
        ],
    ),
    Row::by(
        "QueuePoolTest.test_overflow_no_gc",
        AS_IS,
        &[Law("rounds_over_the_size_close_only_the_surplus")],
    ),
    Row::by(
        "QueuePoolTest.test_no_overflow",
        AS_IS,
        &[Law("the_limit_holds_under_many_threads"), Law("the_driver_never_sees_more_than_the_limit")],
    ),
    Row::by(
        "QueuePoolTest.test_max_overflow",
        AS_IS,
        &[Law("the_limit_holds_with_overflow"), Law("the_driver_never_sees_more_than_the_limit")],
    ),
    Row::by(
        "QueuePoolTest.test_overflow_reset_on_failed_connect",
        AS_IS,
        &[Law("a_failed_overflow_connect_leaves_the_counts")],
    ),
    Row::by(
        "QueuePoolTest.test_timeout_accessor",
        AS_IS,
        &[Law("the_pools_timeout_is_the_default"), Law("the_defaults_are_as_promised")],
    ),
    Row::by(
        "QueuePoolTest.test_recreate",
        AS_IS,
        &[Law("a_recreated_queue_has_its_present_size"), Law("a_recreated_pool_has_the_same_settings")],
    ),
    Row::by(
        "QueuePoolTest.test_timeout",
        AS_IS,
        &[Law("a_timeout_comes_not_before_its_time_and_soon_after"), Law("the_pools_timeout_is_the_default")],
    ),
    Row::by(
        "QueuePoolTest.test_timeout_subsecond_precision",
        RESHAPED,
        &[Law("a_timeout_comes_not_before_its_time_and_soon_after"), Law("a_timeout_says_how_long_it_was")],
    ),
    Row::by("QueuePoolTest.test_timeout_race", AS_IS, &[Law("nobody_times_out_early")]),
    Row::by(
        "QueuePoolTest.test_hanging_connect_within_overflow",
        AS_IS,
        &[Law("a_slow_connect_holds_up_nobody_else")],
    ),
    Row::by(
        "QueuePoolTest.test_waiters_handled",
        AS_IS,
        &[
            Law("a_return_to_an_invalidated_pool_serves_a_waiter"),
            Law("an_invalidation_serves_a_waiter"),
            Law("a_deadline_without_end_works"),
        ],
    ),
    Row::by("QueuePoolTest.test_notify_waiters", AS_IS, &[Law("one_reconnect_serves_all_that_wait")]),
];
