//! The defects that SQLAlchemy 2.1.0b4's pool still has.

use super::proof::Proof::{CompileFail, Law, Model};
use super::row::Row;

pub(super) const ROWS: &[Row] = &[
    Row::by(
        "sqlalchemy-3B-1",
        "A connect that fails gives its place back and wakes nobody: a waiter waits out its timeout, or for ever.",
        &[
            Law("a_failed_connect_serves_a_waiter"),
            Law("a_panicked_connect_serves_a_waiter"),
            Law("a_failed_check_without_a_replacement_serves_a_waiter"),
            Model("a_place_that_is_given_up_goes_to_the_one_that_waits"),
            Model("one_that_leaves_hands_on_the_place_that_it_cannot_fill"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-2",
        "A dispose while connections are out resets the counter: from then on more are allowed than the limit.",
        &[
            Law("a_dispose_frees_no_place_that_is_taken"),
            Law("a_return_after_a_dispose_serves_a_waiter"),
            Law("a_dispose_is_told_for_each_idle_connection"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-3",
        "A listener that raises at a checkin loses the slot for ever; at an invalidation, until the handle is \
         collected; at a close, it ends a dispose in the middle.",
        &[
            Law("a_hook_that_panics_costs_its_connection"),
            Law("observers_that_panic_keep_nothing_open"),
            Law("an_observer_may_call_the_pool_and_panic"),
            Law("a_panic_in_a_hook_at_the_end_is_caught"),
            Law("a_panic_in_a_hook_of_its_user_costs_the_connection"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-4",
        "A connect listener that raises leaves a connection open that nobody closes.",
        &[
            Law("a_failing_hook_closes_the_connection"),
            Law("a_panicking_hook_closes_the_connection"),
            Law("a_first_connect_that_fails_is_tried_again"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-5",
        "A detached connection that is dropped, invalidated or cannot be reset is never closed.",
        &[
            Law("a_detached_connection_is_closed_on_drop"),
            Law("a_detached_connection_may_be_dropped_by_a_panic"),
            Law("a_hung_close_of_a_detached_one_holds_nobody"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-6",
        "A detached connection's place is free before its info is copied: it may end up with the next one's.",
        &[
            Law("what_hangs_on_a_detached_connection_stays_with_it"),
            Law("info_is_the_connections_and_record_info_the_places"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-7",
        "With more threads than its size, or when it is disposed, a pool of one connection a thread closes those that \
         other threads are using.",
        &[
            Law("over_the_size_an_idle_connection_of_another_thread_goes"),
            Law("all_threads_can_have_one_at_the_same_time"),
            Law("a_dispose_closes_nothing_that_is_out"),
            Law("arguments_that_make_no_sense_are_refused"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-8",
        "Static and assertion pools are not safe with threads: several first connections, a shared one rolled back or \
         recycled under its users, three that all hold the only one.",
        &[
            Law("static_callers_take_turns"),
            Law("of_many_at_once_one_has_it"),
            Law("of_many_that_meet_one_always_wins"),
            Law("every_loser_is_shown_the_winner"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-9",
        "An assertion pool that is made anew forgets that it was to keep the traceback.",
        &[Law("a_recreated_assertion_keeps_its_backtraces")],
    ),
    Row::by(
        "sqlalchemy-3B-10",
        "An overflow below -1 recurses until the stack is full.",
        &[Law("arguments_that_make_no_sense_are_refused"), Law("unlimited_overflow_serves_everybody")],
    ),
    Row::by(
        "sqlalchemy-3B-11",
        "Ages and invalidations are told by the wall clock: a step recycles all or nothing, and an invalidation in the \
         tick of a connect is lost.",
        &[
            Law("an_invalidation_in_the_same_instant_counts"),
            Law("a_connect_under_way_is_older"),
            Law("only_what_is_too_old_is_replaced"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-12",
        "A connect that takes longer than the recycling age is recycled at once: two connects a checkout.",
        &[Law("a_fresh_connection_is_never_too_old")],
    ),
    Row::by(
        "sqlalchemy-3B-13",
        "A newcomer may take what was returned for a waiter: some threads get ten times as many as others.",
        &[
            Law("a_newcomer_does_not_overtake_one_that_waits"),
            Law("waiters_are_served_first_come_first_served"),
            Law("churn_starves_nobody"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-14",
        "Who has begun to connect does not take what comes home meanwhile, and adds a surplus connection.",
        &[
            Law("a_waiter_behind_a_connect_takes_what_is_returned"),
            Model("one_that_waits_for_its_connect_has_it_or_what_comes_home_first"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-15",
        "Idle connections at the bottom of a Lifo are never recycled and never closed.",
        &[
            Law("what_grows_too_old_while_out_is_not_lent_again"),
            Law("what_must_go_does_not_wait_to_be_met"),
            Law("what_is_idle_for_too_long_is_closed"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-16",
        "A handle that was closed still shows the info of whoever has the connection next.",
        &[CompileFail("returned_is_gone")],
    ),
    Row::by(
        "sqlalchemy-3B-17",
        "An exit exception in a rollback keeps the slot until the handle is collected.",
        &[
            Law("a_panic_in_rollback_closes_the_connection"),
            Law("a_panicked_rollback_serves_a_waiter"),
            Law("a_second_panic_on_return_does_not_abort"),
        ],
    ),
    Row::by(
        "sqlalchemy-3B-18",
        "Without a limit the counter is changed without a lock.",
        &[Law("everything_at_once_loses_nothing_in_any_order"), Law("a_status_taken_in_a_storm_makes_sense")],
    ),
    Row::by(
        "sqlalchemy-3B-19",
        "A pool that nobody refers to any more closes nothing.",
        &[Law("dropping_the_last_clone_closes"), Law("a_pool_leaves_nothing_behind")],
    ),
    Row::by(
        "sqlalchemy-3B-20",
        "Arguments are not looked at: a negative timeout fails at some later checkout; a checkout tries again by \
         recursion.",
        &[
            Law("arguments_that_make_no_sense_are_refused"),
            Law("a_deadline_of_zero_works"),
            Law("a_deadline_without_end_works"),
        ],
    ),
];
