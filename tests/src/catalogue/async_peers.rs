//! The defects of the asynchronous pools: deadpool, bb8, mobc and sqlx.

use super::proof::Proof::{Adapter, Law, Model};
use super::row::Row;

pub(super) const DEADPOOL: &[Row] = &[
    Row::by(
        "deadpool-resize-down",
        "A pool that is made smaller before it is full lends as many as before.",
        &[Law("a_lowered_limit_holds_on_a_pool_that_was_not_full")],
    ),
    Row::beyond(
        "deadpool-retain",
        "A panic in the closure of `retain` poisons the lock: every later checkout panics.",
        "There is no `retain`: nothing of the user's runs over the idle connections, and no lock here can be poisoned.",
    ),
    Row::by(
        "deadpool-aborted-get",
        "Mended: a checkout that was given up deadlocked the pool, or left its state behind.",
        &[
            Law("a_waiter_that_leaves_is_passed_over"),
            Law("nothing_is_lost_on_waiters_that_leave"),
            Law("a_hung_connect_does_not_hold_its_caller"),
            Model("one_that_leaves_hands_on_the_value_that_came_at_the_last_moment"),
        ],
    ),
    Row::by(
        "deadpool-wrong-counts",
        "Mended: the counts of the status were wrong.",
        &[
            Law("totals_add_up"),
            Law("sizes_walk_as_in_sqlalchemy"),
            Law("a_status_taken_in_a_storm_makes_sense"),
        ],
    ),
    Row::by(
        "deadpool-recycle-error",
        "Mended: after a check that failed there could be more than the limit.",
        &[Law("what_fails_is_replaced_within_the_limit")],
    ),
    Row::by(
        "deadpool-post-create",
        "Mended: a hook that failed after a connect let a counter overflow.",
        &[Law("a_failing_hook_closes_the_connection"), Law("a_replacement_is_prepared_whole_or_not_at_all")],
    ),
    Row::by(
        "deadpool-380",
        "Mended: a resize let a counter underflow, and every later call panicked.",
        &[
            Law("resizing_in_the_middle_of_everything_loses_nothing"),
            Law("shrinking_closes_what_is_too_much"),
        ],
    ),
    Row::by(
        "deadpool-191",
        "After a restart of the server one caller after another finds a dead connection.",
        &[
            Law("after_one_lost_connection_the_others_are_not_asked"),
            Law("a_failing_check_is_replaced_within_the_same_checkout"),
        ],
    ),
];

pub(super) const BB8: &[Row] = &[
    Row::by(
        "bb8-connect-panic",
        "A panic in a connect keeps the place for ever.",
        &[Law("a_panic_in_connect_leaves_nothing_taken"), Law("a_panicked_connect_serves_a_waiter")],
    ),
    Row::by(
        "bb8-one-permit",
        "Two returns between the look and the sleep of two waiters wake one of them.",
        &[
            Model("one_value_is_had_by_one_at_a_time_and_no_waiter_sleeps_for_ever"),
            Model("what_comes_home_beyond_what_is_kept_goes_to_a_waiter_or_out"),
            Law("a_crowd_is_served"),
        ],
    ),
    Row::by(
        "bb8-59",
        "Mended: a checkout that was given up lost its connection.",
        &[
            Law("nothing_is_lost_on_waiters_that_leave"),
            Model("one_that_leaves_hands_on_the_place_that_it_cannot_fill"),
        ],
    ),
    Row::by(
        "bb8-67",
        "Mended: once in trouble, every checkout timed out for ever.",
        &[Law("churn_starves_nobody"), Law("a_hung_connect_that_fails_late_frees_its_place")],
    ),
    Row::by(
        "bb8-122",
        "A return between a waiter's check and its sleep is lost: deadlock.",
        &[
            Model("one_value_is_had_by_one_at_a_time_and_no_waiter_sleeps_for_ever"),
            Law("the_limit_holds_under_many_threads"),
        ],
    ),
    Row::by(
        "bb8-154",
        "Mended: a guard took the lock that its own thread held.",
        &[Law("no_lock_is_held_during_a_call"), Law("no_lock_is_held_during_a_hook")],
    ),
    Row::by(
        "bb8-167",
        "Mended: connections that came home broken starved the waiters.",
        &[Law("broken_connections_do_not_starve_the_waiters"), Law("a_broken_return_serves_a_waiter")],
    ),
    Row::by(
        "bb8-221-223",
        "Mended: more connections than the limit.",
        &[Law("the_driver_never_sees_more_than_the_limit"), Law("what_fails_is_replaced_within_the_limit")],
    ),
    Row::by(
        "bb8-246",
        "A query that was read by half makes the next checkout of its connection time out.",
        &[
            Adapter("a_statement_that_was_never_dropped_costs_its_connection_and_no_more"),
            Law("a_hung_check_that_fails_late_is_replaced"),
        ],
    ),
];

pub(super) const MOBC: &[Row] = &[
    Row::by(
        "mobc-set-max-open",
        "The limit that is set at run time has no effect.",
        &[Law("a_lowered_limit_holds_on_a_pool_that_was_not_full"), Law("growing_serves_those_who_wait")],
    ),
    Row::by(
        "mobc-idle-lifetime",
        "The time that a connection may be idle is counted from its connect: one in steady use is replaced.",
        &[Law("idleness_counts_from_the_return"), Law("what_is_idle_for_too_long_is_closed")],
    ),
    Row::by(
        "mobc-no-cleaner",
        "A lifetime that is given to the builder starts no cleaner.",
        &[Law("only_what_is_too_old_is_replaced"), Law("what_grows_too_old_while_out_is_not_lent_again")],
    ),
    Row::beyond(
        "mobc-clean-rate",
        "A rate of cleaning of a second or less is ignored.",
        "There is no rate to be set: age is judged at the checkout, and arguments that make no sense are refused.",
    ),
    Row::by(
        "mobc-63",
        "Mended: the pool stopped serving.",
        &[Law("everything_at_once_loses_nothing"), Law("churn_starves_nobody")],
    ),
    Row::by(
        "mobc-gauges",
        "Mended: its gauges drifted.",
        &[Law("totals_add_up"), Law("events_agree_with_the_totals"), Law("everything_at_once_loses_nothing")],
    ),
];

pub(super) const SQLX: &[Row] = &[
    Row::by(
        "sqlx-num-idle",
        "The count of idle connections is raised after the place is free: it wraps, and the reaper spins without end.",
        &[Law("a_status_taken_in_a_storm_makes_sense"), Law("many_short_threads_leave_nothing_behind")],
    ),
    Row::by(
        "sqlx-4349",
        "The check at the return has no timeout: a peer that is silent keeps one place after another.",
        &[
            Law("a_hung_rollback_holds_only_the_one_that_returns"),
            Law("a_return_that_hangs_is_left_in_time"),
            Law("a_return_that_hangs_and_fails_frees_its_place"),
        ],
    ),
    Row::by(
        "sqlx-83",
        "Mended: a checkout that was given up at a bad moment lost its connection.",
        &[
            Law("nothing_is_lost_on_waiters_that_leave"),
            Model("one_that_leaves_hands_on_the_value_that_came_at_the_last_moment"),
        ],
    ),
    Row::by(
        "sqlx-622",
        "Mended: a waiter that was woken and left did not wake the next, beside idle connections.",
        &[
            Law("a_waiter_that_leaves_is_passed_over"),
            Model("one_that_leaves_hands_on_the_place_that_it_cannot_fill"),
        ],
    ),
    Row::by(
        "sqlx-1210",
        "Mended: on a pool of one, two callers at once timed out.",
        &[Law("static_callers_take_turns"), Law("the_limit_holds_under_many_threads")],
    ),
    Row::by(
        "sqlx-918",
        "Mended: one more of its stalls, of which the source gives no more than the number.",
        &[Law("a_crowd_is_served"), Law("a_return_serves_a_waiter")],
    ),
    Row::by(
        "sqlx-1149",
        "Mended: a place that was given up woke a waiter that had been woken already, and others cut in line.",
        &[
            Law("a_failed_connect_serves_a_waiter"),
            Law("a_newcomer_does_not_overtake_one_that_waits"),
            Model("a_place_that_is_given_up_goes_to_the_one_that_waits"),
        ],
    ),
    Row::by(
        "sqlx-1396",
        "Mended: a return that runs as a task is lost if the task does not run.",
        &[Law("what_a_thread_has_out_at_its_end_comes_home"), Law("an_owned_handle_outlives_its_pool")],
    ),
    Row::by(
        "sqlx-1869",
        "Mended: counting the idle connections spun without end under load; a guard kept its pool alive.",
        &[Law("a_status_taken_in_a_storm_makes_sense"), Law("dropping_the_last_clone_closes")],
    ),
    Row::by(
        "sqlx-3051",
        "All connections reach their lifetime at once and are replaced in one wave, in the way of their callers.",
        &[Law("jitter_spreads_and_repeats")],
    ),
    Row::by(
        "sqlx-timed-out",
        "\"Pool timed out\" and nothing else (#865, #1137, #2276, #3241): nobody can tell why, or who has what.",
        &[
            Law("a_timeout_names_the_holders"),
            Law("a_timeout_carries_the_last_connect_error"),
            Law("a_pool_whose_places_all_hang_says_so"),
            Law("a_timeout_tells_the_position_in_line"),
        ],
    ),
];
