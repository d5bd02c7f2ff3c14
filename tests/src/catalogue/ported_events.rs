//! SQLAlchemy's tests of events and of the first connect (4.3 and 4.4).

use super::proof::Proof::Law;
use super::row::{AS_IS, MEANINGLESS, RESHAPED, Row};

pub(super) const ROWS: &[Row] = &[
    Row::by(
        "PoolEventsTest.test_close",
        AS_IS,
        &[
            Law("a_dispose_is_told_for_each_idle_connection"),
            Law("a_checkout_and_its_return_are_told_in_order"),
        ],
    ),
    Row::by("PoolEventsTest.test_detach", AS_IS, &[Law("a_detached_connection_is_told_in_order")]),
    Row::by("PoolEventsTest.test_detach_close", AS_IS, &[Law("a_detached_connection_is_told_in_order")]),
    Row::by(
        "PoolEventsTest.test_first_connect_event",
        AS_IS,
        &[Law("a_checkout_and_its_return_are_told_in_order")],
    ),
    Row::by(
        "PoolEventsTest.test_first_connect_event_fires_once",
        AS_IS,
        &[Law("the_first_connect_is_once_and_everybody_waits_for_it"), Law("events_agree_with_the_totals")],
    ),
    Row::by(
        "PoolEventsTest.test_first_connect_on_previously_recreated",
        AS_IS,
        &[Law("hooks_travel_with_a_recreation")],
    ),
    Row::by(
        "PoolEventsTest.test_first_connect_on_subsequently_recreated",
        AS_IS,
        &[Law("hooks_travel_with_a_recreation")],
    ),
    Row::by(
        "PoolEventsTest.test_connect_event",
        AS_IS,
        &[
            Law("a_checkout_and_its_return_are_told_in_order"),
            Law("on_connect_runs_once_for_each_connection"),
        ],
    ),
    Row::by("PoolEventsTest.test_connect_insert_event", AS_IS, &[Law("hooks_are_called_in_the_order_given")]),
    Row::by(
        "PoolEventsTest.test_connect_event_fires_subsequent",
        AS_IS,
        &[Law("on_connect_runs_once_for_each_connection"), Law("events_agree_with_the_totals")],
    ),
    Row::by(
        "PoolEventsTest.test_connect_on_previously_recreated",
        AS_IS,
        &[Law("hooks_travel_with_a_recreation")],
    ),
    Row::by(
        "PoolEventsTest.test_connect_on_subsequently_recreated",
        AS_IS,
        &[Law("hooks_travel_with_a_recreation")],
    ),
    Row::by(
        "PoolEventsTest.test_checkout_event",
        AS_IS,
        &[Law("a_checkout_and_its_return_are_told_in_order")],
    ),
    Row::by(
        "PoolEventsTest.test_checkout_event_fires_subsequent",
        AS_IS,
        &[Law("a_checkout_and_its_return_are_told_in_order"), Law("events_agree_with_the_totals")],
    ),
    Row::by(
        "PoolEventsTest.test_checkout_event_on_subsequently_recreated",
        AS_IS,
        &[Law("hooks_travel_with_a_recreation")],
    ),
    Row::by(
        "PoolEventsTest.test_checkin_event",
        AS_IS,
        &[
            Law("a_checkout_and_its_return_are_told_in_order"),
            Law("a_return_is_shown_before_and_after_it_is_cleaned"),
        ],
    ),
    Row::by(
        "PoolEventsTest.test_reset_event",
        AS_IS,
        &[
            Law("a_checkout_and_its_return_are_told_in_order"),
            Law("a_return_is_shown_before_and_after_it_is_cleaned"),
        ],
    ),
    Row::by(
        "PoolEventsTest.test_soft_invalidate_event_no_exception",
        AS_IS,
        &[Law("a_soft_invalidation_is_told_in_order")],
    ),
    Row::by(
        "PoolEventsTest.test_soft_invalidate_event_exception",
        AS_IS,
        &[Law("a_soft_invalidation_is_told_in_order"), Law("every_hook_is_called_at_its_moment")],
    ),
    Row::by(
        "PoolEventsTest.test_invalidate_event_no_exception",
        AS_IS,
        &[Law("an_invalidation_is_told_in_order")],
    ),
    Row::by(
        "PoolEventsTest.test_invalidate_event_exception",
        AS_IS,
        &[
            Law("an_invalidation_is_told_in_order"),
            Law("a_failed_reset_is_told_in_order"),
            Law("an_invalidation_says_why"),
        ],
    ),
    Row::by(
        "PoolEventsTest.test_checkin_event_gc",
        RESHAPED,
        &[
            Law("a_checkout_and_its_return_are_told_in_order"),
            Law("an_invalidation_is_told_in_order"),
            Law("a_return_of_an_older_connection_is_told_as_its_end"),
        ],
    ),
    Row::by(
        "PoolEventsTest.test_checkin_event_on_subsequently_recreated",
        AS_IS,
        &[Law("hooks_travel_with_a_recreation")],
    ),
    Row::beyond(
        "PoolEventsTest.test_listen_targets_scope",
        MEANINGLESS,
        "Hooks and observers belong to one pool: there is no class of pools and no engine to listen to.",
    ),
    Row::beyond(
        "PoolEventsTest.test_listen_targets_per_subclass",
        MEANINGLESS,
        "Hooks and observers belong to one pool: strategies have no subclasses.",
    ),
    Row::by(
        "PoolEventsTest.test_connect_event_fails_invalidates",
        AS_IS,
        &[
            Law("a_replacement_is_prepared_whole_or_not_at_all"),
            Law("a_failing_hook_closes_the_connection"),
            Law("a_panicking_hook_closes_the_connection"),
        ],
    ),
    Row::by(
        "PoolFirstConnectSyncTest.test_sync",
        AS_IS,
        &[Law("the_first_connect_is_once_and_everybody_waits_for_it")],
    ),
];
