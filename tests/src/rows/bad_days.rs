//! The laws about what goes wrong, by a driver, a user or the time, and what each needs.

use super::kinds::{any, only, only_scripted, scripted};
use crate::backend::{Backend, Skill};
use crate::laws::matrix::{laws as matrix, left, returned, served};
use crate::laws::{
    accounts, at_once, brittle, detach, findings, freshness, hanging, killed, late, panics, refusals,
    reset_timeout, retry, storms, takeover, threads, time_given,
};
use crate::promise::Promise;
use crate::table::Law;

/// These laws, as they are run for this driver and this strategy.
#[rustfmt::skip]
pub(super) fn rows<B: Backend, S: Promise>() -> Vec<Law<B>> {
    vec![
        // hanging
        scripted!(hanging::a_hung_connect_does_not_hold_its_caller).alone(),
        scripted!(hanging::a_hung_connect_that_fails_late_frees_its_place).alone(),
        scripted!(hanging::a_hung_connect_that_panics_late_frees_its_place).alone(),
        scripted!(hanging::a_hung_check_does_not_hold_its_caller, Keeps).alone(),
        scripted!(hanging::a_hung_check_that_fails_late_is_replaced, Keeps).alone(),
        scripted!(hanging::a_hung_rollback_holds_only_the_one_that_returns, Keeps).alone(),
        scripted!(hanging::a_hung_close_holds_nobody).alone(),
        scripted!(hanging::a_hung_drop_holds_nobody).alone(),
        scripted!(hanging::a_hung_close_does_not_hold_the_replacement, Keeps).alone(),
        scripted!(hanging::hung_closes_do_not_keep_a_pool_from_connecting).alone(),
        scripted!(hanging::a_hung_close_of_a_detached_one_holds_nobody).alone(),
        scripted!(hanging::a_pool_closes_while_its_driver_hangs).alone(),
        scripted!(hanging::a_pool_is_dropped_while_its_driver_hangs).alone(),
        scripted!(hanging::closing_frees_the_caller_of_a_hung_connect),
        scripted!(hanging::a_pool_whose_places_all_hang_says_so, Keeps).alone(),
        scripted!(hanging::abandoned_connects_are_bounded),
        scripted!(hanging::waiting_and_connecting_have_one_deadline, Waits).alone(),
        scripted!(hanging::try_get_leaves_a_hung_connect_in_time).alone(),
        scripted!(hanging::closing_ends_idle_workers_at_once).alone(),
        only_scripted!(QUEUE, hanging::an_idle_worker_ends_by_itself),
        // panics
        scripted!(panics::a_panic_in_connect_leaves_nothing_taken),
        scripted!(panics::a_panic_in_is_valid_closes_the_connection, Keeps),
        scripted!(panics::a_panic_in_classify_closes_the_connection, Keeps),
        scripted!(panics::a_panic_in_rollback_closes_the_connection, Keeps),
        scripted!(panics::a_panic_in_has_broken_closes_the_connection, Keeps),
        scripted!(panics::a_panic_in_close_leaves_nothing_taken),
        scripted!(panics::a_panic_in_drop_leaves_nothing_taken),
        scripted!(panics::a_second_panic_on_return_does_not_abort, Keeps),
        scripted!(panics::a_second_panic_at_the_end_does_not_abort),
        scripted!(panics::a_panic_serves_a_waiter, Waits),
        scripted!(panics::a_panic_in_is_valid_serves_a_waiter, Waits),
        only_scripted!(QUEUE, panics::a_panic_in_close_does_not_keep_the_others_open),
        scripted!(panics::a_storm_of_panics_loses_nothing),
        // late
        scripted!(late::a_late_check_is_not_asked_for_again, Keeps),
        only_scripted!(QUEUE, late::one_caller_closes_one_outdated_connection),
        scripted!(late::a_hung_close_keeps_no_other_open),
        only_scripted!(SINGLETON_THREAD, late::nothing_is_kept_for_a_thread_that_left_and_ended),
        only_scripted!(SINGLETON_THREAD, late::an_evicted_thread_does_not_wait_for_the_close),
        scripted!(late::churn_starves_nobody, Waits),
        // reset_timeout
        scripted!(reset_timeout::a_return_that_hangs_is_left_in_time, Keeps).alone(),
        scripted!(reset_timeout::a_return_that_hangs_and_fails_frees_its_place, Keeps).alone(),
        scripted!(reset_timeout::a_bounded_return_is_as_any_other),
        scripted!(reset_timeout::a_panic_of_a_bounded_return_reaches_its_user, Keeps),
        any!(reset_timeout::a_return_needs_some_time),
        // retry
        scripted!(retry::a_failed_connect_is_tried_again),
        scripted!(retry::a_refused_connect_is_not_tried_again),
        any!(retry::what_a_hook_refuses_is_not_tried_again),
        scripted!(retry::trying_again_ends_at_the_deadline).alone(),
        scripted!(retry::trying_again_ends_with_the_pool),
        only_scripted!(QUEUE, retry::one_that_tries_again_takes_what_comes_home),
        // storms
        any!(storms::everything_at_once_loses_nothing),
        only!(QUEUE, storms::everything_at_once_loses_nothing_in_any_order),
        // brittle
        scripted!(brittle::an_error_whose_words_panic_leaves_nothing_taken),
        scripted!(brittle::an_error_whose_end_panics_leaves_nothing_taken),
        scripted!(brittle::a_payload_whose_end_panics_does_not_get_out),
        scripted!(brittle::a_payload_whose_end_panics_may_come_late),
        scripted!(brittle::what_hangs_on_a_connection_may_panic_at_its_end),
        scripted!(brittle::what_hangs_on_a_record_may_panic_at_its_end),
        // threads
        any!(threads::a_thread_may_check_out_while_it_ends),
        any!(threads::what_a_thread_has_out_at_its_end_comes_home),
        only_scripted!(QUEUE, threads::a_connection_outlives_the_thread_that_took_it),
        any!(threads::many_short_threads_leave_nothing_behind),
        // findings
        scripted!(findings::what_is_taken_out_survives_what_hung_on_it),
        scripted!(findings::a_pool_outlives_its_last_error),
        any!(findings::no_more_are_closed_than_were_opened),
        // what the matrix found
        scripted!(detach::what_hangs_on_a_detached_connection_cannot_cost_it),
        scripted!(refusals::a_connection_refused_during_a_panic_goes_home, Keeps),
        // what no law had noticed
        scripted!(time_given::a_connect_is_given_the_time_that_is_left),
        scripted!(time_given::a_connect_without_end_is_told_so),
        scripted!(time_given::a_check_is_given_half_of_the_time_that_is_left, Keeps),
        scripted!(time_given::a_check_is_given_five_seconds_at_most, Keeps),
        scripted!(freshness::what_is_handed_to_a_waiter_is_asked, Keeps Waits),
        scripted!(freshness::what_was_opened_for_one_who_left_is_asked, Keeps),
        only!(QUEUE, freshness::connections_of_one_pool_do_not_all_grow_too_old_at_once),
        scripted!(at_once::those_who_wait_for_the_first_connect_go_on_when_it_is_done, Several),
        scripted!(at_once::a_failed_connect_is_told_when_it_has_failed),
        scripted!(at_once::a_failed_connect_has_freed_its_place_when_it_is_told),
        scripted!(at_once::a_caller_without_time_never_connects_itself),
        scripted!(at_once::a_panicked_connect_is_told_when_it_has_panicked),
        scripted!(at_once::whoever_waits_for_the_end_goes_on_when_it_comes),
        scripted!(at_once::a_worker_that_rests_begins_when_there_is_work).alone(),
        any!(accounts::checkouts_of_many_that_are_gone_are_counted, Nests),
        only!(QUEUE, accounts::checkouts_of_many_surplus_connections_are_counted),
        any!(accounts::what_comes_home_to_a_closed_pool_is_closed_because_of_that),
        only_scripted!(ASSERTION, takeover::after_an_orphaned_connect_fails_the_next_has_it_alone),
        only_scripted!(SINGLETON_THREAD, takeover::a_thread_that_takes_over_its_failed_connect_has_one),
        // killed
        any!(killed::a_connection_killed_while_out_is_replaced).needing(Skill::Kill),
        any!(killed::a_connection_killed_in_a_transaction_is_replaced).needing(Skill::Kill),
        any!(killed::the_server_never_sees_more_than_the_limit, Waits).needing(Skill::Count),
        any!(killed::a_closed_pool_leaves_nothing_at_the_server).needing(Skill::Count),
        // matrix
        scripted!(matrix::every_step_goes_wrong_in_some_cell),
        scripted!(matrix::every_life_takes_its_course),
        scripted!(matrix::whatever_goes_wrong_leaves_nothing_taken),
        scripted!(matrix::whatever_two_things_go_wrong_leave_nothing_taken),
        scripted!(matrix::whatever_goes_wrong_while_a_panic_unwinds_aborts_nothing),
        scripted!(matrix::whatever_goes_wrong_in_a_destructor_aborts_nothing),
        scripted!(matrix::whatever_goes_wrong_where_only_some_calls_may_hang_leaves_nothing_taken),
        scripted!(matrix::whatever_goes_wrong_however_one_returns_leaves_nothing_taken),
        scripted!(served::whatever_goes_wrong_serves_a_waiter, Waits),
        scripted!(served::whatever_two_things_go_wrong_serve_a_waiter, Waits),
        scripted!(served::whatever_goes_wrong_while_a_panic_unwinds_serves_a_waiter, Waits),
        scripted!(left::whatever_goes_wrong_after_its_caller_left_leaves_nothing_taken),
        scripted!(left::whatever_goes_wrong_after_its_pool_closed_leaves_nothing_open),
        scripted!(left::whatever_goes_wrong_after_its_pool_is_gone_leaves_nothing_open),
        scripted!(left::whatever_goes_wrong_after_its_caller_left_serves_a_waiter, Waits),
        scripted!(returned::whatever_goes_wrong_after_its_returner_left_leaves_nothing_taken),
        scripted!(returned::whatever_goes_wrong_after_its_returner_left_serves_a_waiter, Waits),
    ]
}
