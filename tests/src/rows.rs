//! The rows: every law, and what it needs.

use crate::backend::{Backend, Skill};
use crate::backends::Fake;
use crate::laws::{
    assertion, build, checkout, close, commit, deadlines, detach, events, first_connect, hanging, hooks,
    invalidate, late, limits, moments, nested, order, panics, pre_ping, recovery, recreate, recycle,
    refusals, registry, reports, reset, reset_timeout, resize, retry, sharing, singleton_thread, storms,
    turns, upkeep, waiting,
};
use crate::laws::{
    brittle, contenders, crowds, details, dispose, findings, hook_order, logs, replacements, threads,
};
use crate::promise::{Ability, Promise};
use crate::table::{Law, Reason};

const QUEUE: (&str, Reason) = ("queue", "it is about Queue's own options");
const SINGLETON_THREAD: (&str, Reason) =
    ("singleton-thread", "it is about what SingletonThread alone promises");
const NULL: (&str, Reason) = ("null", "it is about what Null alone promises");
const STATIC: (&str, Reason) = ("static", "it is about what Static alone promises");
const ASSERTION: (&str, Reason) = ("assertion", "it is about what Assertion alone promises");

/// A law for every driver.
macro_rules! any {
    ($module:ident::$law:ident $(, $($ability:ident)+)?) => {
        Law::new(stringify!($law), &[$($(Ability::$ability),+)?], $module::$law::<B, S>)
    };
}

/// A law for drivers that follow a script.
macro_rules! scripted {
    ($module:ident::$law:ident $(, $($ability:ident)+)?) => {
        Law::new(stringify!($law), &[$($(Ability::$ability),+)?], |backend| $module::$law::<S>(script(backend)))
            .needing(Skill::Script)
    };
}

/// A law for every driver and one strategy.
macro_rules! only {
    ($strategy:ident, $module:ident::$law:ident) => {
        Law::new(stringify!($law), &[], $module::$law::<B>).only($strategy.0, $strategy.1)
    };
}

/// A law for drivers that follow a script, and one strategy.
macro_rules! only_scripted {
    ($strategy:ident, $module:ident::$law:ident) => {
        Law::new(stringify!($law), &[], |backend| $module::$law(script(backend)))
            .only($strategy.0, $strategy.1)
            .needing(Skill::Script)
    };
}

/// Every law, as it is run for this driver and this strategy.
#[rustfmt::skip]
pub fn rows<B: Backend, S: Promise>() -> Vec<Law<B>> {
    vec![
        // checkout
        any!(checkout::a_returned_connection_is_used_again, Keeps),
        any!(checkout::parallel_checkouts_have_different_connections, Several),
        any!(checkout::nested_checkouts_have_different_connections, Nests),
        any!(checkout::clones_are_one_pool, Keeps),
        any!(checkout::try_get_serves_what_needs_no_waiting),
        any!(checkout::try_get_never_waits_for_another_caller, Waits),
        any!(checkout::an_owned_handle_comes_home),
        any!(checkout::a_connections_number_is_its_own, Keeps),
        any!(checkout::a_connection_knows_its_age),
        any!(checkout::the_manager_can_be_asked),
        scripted!(checkout::a_new_pool_opens_nothing),
        scripted!(checkout::a_slow_connect_holds_up_nobody_else, Several),
        scripted!(checkout::no_lock_is_held_during_a_call),
        scripted!(checkout::a_bounded_driver_is_called_in_the_callers_thread),
        // limits
        only!(QUEUE, limits::sizes_walk_as_in_sqlalchemy),
        any!(limits::the_limit_holds_under_many_threads, Waits),
        only!(QUEUE, limits::the_limit_holds_with_overflow),
        only_scripted!(QUEUE, limits::the_driver_never_sees_more_than_the_limit),
        only!(QUEUE, limits::overflow_is_closed_on_return),
        only_scripted!(QUEUE, limits::a_surplus_connection_costs_the_driver_one_close),
        only_scripted!(QUEUE, limits::returning_together_keeps_no_more_than_the_size),
        only!(QUEUE, limits::unlimited_overflow_serves_everybody),
        only!(QUEUE, limits::zero_overflow_stops_at_the_size),
        only!(QUEUE, limits::size_zero_keeps_nothing),
        only!(QUEUE, limits::size_zero_without_a_limit_serves_everybody),
        only_scripted!(QUEUE, limits::a_failed_overflow_connect_leaves_the_counts),
        only!(QUEUE, limits::rounds_over_the_size_close_only_the_surplus),
        // order
        only!(QUEUE, order::lifo_lends_the_last_returned),
        only!(QUEUE, order::fifo_lends_the_longest_idle),
        only!(QUEUE, order::lifo_uses_few_and_fifo_uses_all),
        only!(QUEUE, order::affine_gives_each_thread_its_own_connection),
        only!(QUEUE, order::affine_lends_a_newcomer_what_is_idle),
        // waiting
        any!(waiting::waiters_are_served_first_come_first_served, Waits),
        any!(waiting::a_waiter_that_leaves_is_passed_over, Waits),
        any!(waiting::nothing_is_lost_on_waiters_that_leave, Waits),
        any!(waiting::a_crowd_is_served, Waits),
        any!(waiting::a_return_serves_a_waiter, Waits),
        any!(waiting::an_invalidation_serves_a_waiter, Waits),
        any!(waiting::a_detach_serves_a_waiter, Waits),
        any!(waiting::a_return_to_an_invalidated_pool_serves_a_waiter, Waits),
        any!(waiting::an_owners_panic_serves_a_waiter, Waits),
        scripted!(waiting::a_broken_return_serves_a_waiter, Waits),
        scripted!(waiting::a_failed_rollback_serves_a_waiter, Waits),
        scripted!(waiting::a_panicked_rollback_serves_a_waiter, Waits),
        scripted!(waiting::a_failed_connect_serves_a_waiter, Waits),
        scripted!(waiting::a_panicked_connect_serves_a_waiter, Waits),
        scripted!(waiting::a_failed_replacement_serves_a_waiter, Waits),
        only_scripted!(QUEUE, waiting::a_waiter_behind_a_connect_takes_what_is_returned),
        only_scripted!(QUEUE, waiting::broken_connections_do_not_starve_the_waiters),
        any!(waiting::a_timeout_tells_the_position_in_line, Waits),
        // turns
        only!(STATIC, turns::static_callers_take_turns),
        only!(NULL, turns::null_opens_and_closes_each_time),
        only_scripted!(NULL, turns::null_costs_the_driver_a_connect_and_a_close),
        // singleton_thread
        only!(SINGLETON_THREAD, singleton_thread::a_thread_gets_its_own_connection_again),
        only!(SINGLETON_THREAD, singleton_thread::a_nested_checkout_is_refused_at_once),
        only!(SINGLETON_THREAD, singleton_thread::over_the_size_an_idle_connection_of_another_thread_goes),
        only!(SINGLETON_THREAD, singleton_thread::all_threads_can_have_one_at_the_same_time),
        only!(SINGLETON_THREAD, singleton_thread::a_thread_that_ends_closes_its_own),
        only!(SINGLETON_THREAD, singleton_thread::a_thread_that_panics_leaves_nothing),
        // assertion
        only!(ASSERTION, assertion::a_second_checkout_is_refused_and_names_the_first),
        only!(ASSERTION, assertion::the_named_call_site_is_the_present_one),
        only!(ASSERTION, assertion::a_backtrace_comes_on_request),
        only!(ASSERTION, assertion::sequential_checkouts_are_fine),
        only!(ASSERTION, assertion::of_many_at_once_one_has_it),
        only_scripted!(ASSERTION, assertion::after_a_failed_connect_it_works),
        only_scripted!(ASSERTION, assertion::after_an_orphaned_connect_it_works),
        // deadlines
        any!(deadlines::a_timeout_comes_not_before_its_time_and_soon_after, Waits).alone(),
        any!(deadlines::the_pools_timeout_is_the_default, Waits).alone(),
        any!(deadlines::a_deadline_of_zero_works, Waits).alone(),
        any!(deadlines::an_idle_connection_needs_no_time, Keeps),
        any!(deadlines::a_deadline_without_end_works, Waits),
        any!(deadlines::a_timeout_without_end_opens_connections),
        // reports
        only!(QUEUE, reports::a_timeout_names_the_holders),
        any!(reports::a_holders_thread_is_named),
        any!(reports::every_way_of_asking_names_its_call_site),
        any!(reports::holders_can_be_off),
        any!(reports::a_connect_error_reaches_the_caller_with_its_cause),
        scripted!(reports::a_connect_error_is_the_drivers_own),
        only_scripted!(QUEUE, reports::a_timeout_carries_the_last_connect_error),
        only!(QUEUE, reports::a_status_reads_as_in_sqlalchemy),
        any!(reports::totals_add_up),
        // reset
        any!(reset::an_open_transaction_is_rolled_back_on_return),
        any!(reset::what_was_committed_stays),
        any!(reset::reset_nothing_leaves_the_transaction_open, Keeps),
        any!(reset::an_owners_panic_closes_the_connection),
        any!(reset::a_checkout_during_a_panic_is_no_reason_to_close, Keeps),
        scripted!(reset::a_return_costs_the_driver_one_rollback, Keeps),
        scripted!(reset::reset_nothing_asks_the_driver_nothing),
        scripted!(reset::a_failed_rollback_closes_the_connection, Keeps),
        scripted!(reset::a_broken_connection_is_closed_on_return, Keeps),
        scripted!(reset::a_failed_close_is_closed_all_the_same, Keeps),
        // recycle
        any!(recycle::only_what_is_too_old_is_replaced, Keeps),
        any!(recycle::jitter_spreads_and_repeats, Keeps),
        any!(recycle::without_an_age_nothing_is_replaced, Keeps),
        any!(recycle::by_default_half_an_hour_is_too_old, Keeps),
        any!(recycle::use_does_not_make_it_younger, Keeps),
        any!(recycle::what_grows_too_old_while_out_is_not_lent_again, Keeps),
        scripted!(recycle::a_fresh_connection_is_never_too_old, Keeps),
        scripted!(recycle::a_failed_replacement_leaves_nothing_taken, Keeps),
        scripted!(recycle::what_is_too_old_is_not_checked_first, Keeps),
        // pre_ping
        scripted!(pre_ping::only_what_was_idle_for_the_window_is_asked, Keeps),
        scripted!(pre_ping::by_default_half_a_second_of_idleness_is_asked, Keeps),
        scripted!(pre_ping::idleness_counts_from_the_return, Keeps),
        scripted!(pre_ping::a_fresh_connection_is_not_asked, Keeps),
        scripted!(pre_ping::always_asks_at_every_checkout, Keeps),
        scripted!(pre_ping::never_asks_nothing, Keeps),
        scripted!(pre_ping::a_failing_check_is_replaced_within_the_same_checkout, Keeps),
        any!(pre_ping::a_killed_connection_is_replaced, Keeps).needing(Skill::Kill),
        scripted!(pre_ping::a_failed_replacement_is_the_callers_error, Keeps),
        scripted!(pre_ping::only_a_lost_connection_raises_the_generation, Keeps),
        only_scripted!(QUEUE, pre_ping::after_one_lost_connection_the_others_are_not_asked),
        only_scripted!(QUEUE, pre_ping::another_fault_replaces_only_the_one_that_has_it),
        only_scripted!(QUEUE, pre_ping::many_reports_of_one_restart_raise_the_generation_once),
        scripted!(pre_ping::one_that_is_asked_is_in_use, Keeps Waits),
        // invalidate
        any!(invalidate::invalidating_one_closes_it_at_once),
        only!(QUEUE, invalidate::invalidating_one_leaves_the_others),
        scripted!(invalidate::invalidating_one_costs_the_driver_one_close),
        any!(invalidate::invalidating_the_pool_replaces_what_is_idle, Keeps),
        any!(invalidate::invalidating_the_pool_closes_what_is_out_at_its_return),
        only!(QUEUE, invalidate::invalidating_the_pool_closes_each_older_one_once),
        scripted!(invalidate::a_connect_under_way_is_older, Keeps),
        scripted!(invalidate::an_older_connection_costs_the_driver_one_close, Keeps),
        // close
        any!(close::a_closed_pool_gives_nothing),
        scripted!(close::a_closed_pool_asks_the_driver_nothing),
        any!(close::closing_sends_waiters_away_at_once, Waits),
        any!(close::closing_closes_what_is_idle, Keeps),
        any!(close::closing_closes_what_is_out_at_its_return),
        any!(close::close_and_wait_waits_for_the_last),
        any!(close::close_and_wait_with_nothing_out_returns_at_once),
        any!(close::close_and_wait_names_who_is_still_out).alone(),
        scripted!(close::dropping_the_last_clone_closes, Keeps),
        any!(close::an_owned_handle_outlives_its_pool),
        scripted!(close::an_orphaned_handle_costs_the_driver_one_close),
        scripted!(close::an_orphaned_handle_may_be_dropped_by_a_panic),
        scripted!(close::a_connect_under_way_is_closed),
        any!(close::closing_in_the_middle_of_everything_loses_nothing),
        only_scripted!(QUEUE, close::a_pool_leaves_nothing_behind),
        // detach
        any!(detach::detaching_frees_the_place_at_once),
        scripted!(detach::a_detached_connection_is_closed_on_drop),
        any!(detach::what_is_taken_out_is_not_closed),
        scripted!(detach::what_is_taken_out_costs_the_driver_nothing),
        scripted!(detach::a_detached_connection_may_be_dropped_by_a_panic),
        // hooks
        any!(hooks::on_connect_runs_once_for_each_connection),
        scripted!(hooks::on_connect_prepares_the_connection),
        scripted!(hooks::the_record_outlives_the_connection, Keeps),
        any!(hooks::a_failing_hook_closes_the_connection),
        scripted!(hooks::a_panicking_hook_closes_the_connection),
        // build
        only!(QUEUE, build::build_connected_opens_what_it_is_told),
        any!(build::build_connected_gives_its_thread_a_connection, Keeps),
        any!(build::build_connected_fails_fast, Keeps),
        only_scripted!(QUEUE, build::a_failed_build_leaves_nothing_open),
        any!(build::build_connected_refuses_more_than_are_kept),
        only_scripted!(QUEUE, build::arguments_that_make_no_sense_are_refused),
        only_scripted!(QUEUE, build::the_defaults_are_as_promised),
        any!(build::a_pool_has_a_name),
        scripted!(build::worker_threads_carry_the_pools_name),
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
        // events
        any!(events::a_checkout_and_its_return_are_told_in_order),
        any!(events::a_return_of_an_older_connection_is_told_as_its_end),
        any!(events::a_replacement_is_told_before_the_checkout, Keeps),
        only!(QUEUE, events::a_surplus_return_is_told_as_its_end),
        any!(events::an_invalidation_is_told_in_order),
        any!(events::a_soft_invalidation_is_told_in_order, Keeps),
        any!(events::a_detached_connection_is_told_in_order),
        any!(events::a_dispose_is_told_for_each_idle_connection, Keeps),
        any!(events::info_is_the_connections_and_record_info_the_places),
        scripted!(events::a_failed_reset_is_told_in_order, Keeps),
        any!(events::a_close_is_told_for_each_connection, Keeps),
        any!(events::an_observer_added_later_is_told_from_then_on),
        scripted!(events::an_observer_may_call_the_pool_and_panic),
        scripted!(first_connect::the_first_connect_is_once_and_everybody_waits_for_it, Several),
        scripted!(first_connect::a_slow_first_connect_holds_nobody_beyond_their_deadline, Several).alone(),
        scripted!(first_connect::a_first_connect_that_fails_is_tried_again),
        scripted!(refusals::a_checkout_hook_is_asked_twice),
        scripted!(refusals::a_refused_connection_goes_home),
        scripted!(refusals::a_checkout_hook_can_outdate_all),
        scripted!(refusals::a_hook_that_panics_costs_its_connection),
        // late
        scripted!(late::a_late_check_is_not_asked_for_again, Keeps),
        only_scripted!(QUEUE, late::one_caller_closes_one_outdated_connection),
        scripted!(late::a_hung_close_keeps_no_other_open),
        only_scripted!(SINGLETON_THREAD, late::nothing_is_kept_for_a_thread_that_left_and_ended),
        only_scripted!(SINGLETON_THREAD, late::an_evicted_thread_does_not_wait_for_the_close),
        scripted!(late::churn_starves_nobody, Waits),
        // moments
        scripted!(moments::every_hook_is_called_at_its_moment),
        any!(moments::hooks_are_called_in_their_order),
        any!(moments::hooks_see_what_is_hung_on_the_connection),
        any!(moments::a_reset_hook_that_fails_closes_the_connection, Keeps),
        any!(moments::a_new_connection_says_why_it_is_closed),
        any!(moments::an_invalidation_says_why),
        any!(invalidate::many_who_report_one_restart_outdate_once, Nests),
        any!(refusals::a_connection_called_dead_is_closed_for_that),
        scripted!(moments::a_panic_in_a_hook_at_the_end_is_caught),
        scripted!(moments::a_panic_in_a_hook_of_its_user_costs_the_connection),
        // recreate
        scripted!(recreate::recreating_and_disposing_open_nothing),
        any!(recreate::a_recreated_pool_has_the_same_settings),
        any!(recreate::a_recreated_pool_commits_as_the_first_did),
        any!(recreate::hooks_travel_with_a_recreation),
        only!(QUEUE, recreate::a_recreated_queue_has_its_present_size),
        only!(ASSERTION, recreate::a_recreated_assertion_keeps_its_backtraces),
        // resize
        only!(QUEUE, resize::growing_serves_those_who_wait),
        only!(QUEUE, resize::shrinking_closes_what_is_too_much),
        only!(QUEUE, resize::a_waiter_is_served_within_the_lowered_limit),
        only!(QUEUE, resize::a_lowered_limit_holds_on_a_pool_that_was_not_full),
        only!(QUEUE, resize::a_size_that_makes_no_sense_is_refused),
        only!(QUEUE, resize::resizing_in_the_middle_of_everything_loses_nothing),
        only_scripted!(QUEUE, resize::a_grown_pool_opens_as_many_at_a_time),
        // recovery
        only!(QUEUE, recovery::a_lost_place_is_used_again),
        only_scripted!(QUEUE, recovery::what_comes_back_late_frees_no_place_twice),
        only!(QUEUE, recovery::what_is_out_for_a_short_time_is_not_lost),
        only_scripted!(QUEUE, recovery::a_forgotten_handle_does_not_hold_up_the_end),
        only_scripted!(QUEUE, recovery::a_recovery_that_meets_a_return_frees_one_place),
        // sharing
        any!(sharing::a_shared_connection_is_the_same_for_all_who_ask),
        scripted!(sharing::a_shared_connection_comes_home_with_its_last_handle),
        any!(sharing::a_shared_connection_is_shared_with_nobody_else, Several),
        any!(sharing::shared_connections_of_two_pools_are_two),
        any!(sharing::overlapping_uses_are_an_error),
        any!(sharing::only_the_last_handle_gives_the_connection_away),
        any!(sharing::a_panic_of_any_handle_closes_the_shared_connection),
        any!(sharing::a_shared_connection_outlives_its_pools_end),
        // registry
        any!(registry::a_key_has_one_pool),
        any!(registry::a_pool_is_made_once_for_many_who_ask),
        any!(registry::a_pool_that_cannot_be_made_is_tried_again),
        any!(registry::a_forgotten_pool_is_closed),
        // commit
        any!(commit::what_was_left_uncommitted_is_committed_on_return),
        any!(commit::what_will_be_closed_is_committed_first),
        only!(QUEUE, commit::a_surplus_connection_is_committed_first),
        any!(commit::what_did_not_come_home_well_is_not_committed),
        any!(commit::the_last_choice_of_a_return_holds),
        scripted!(commit::a_return_costs_the_driver_one_commit),
        scripted!(commit::a_failed_commit_closes_the_connection),
        // nested
        any!(nested::a_checkout_that_waits_for_its_own_thread_is_refused, Waits),
        any!(nested::a_checkout_of_another_thread_is_not_refused, Waits),
        only!(QUEUE, nested::a_nested_checkout_that_need_not_wait_is_served),
        any!(nested::refusing_nested_ones_needs_holders),
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
        // upkeep
        only!(QUEUE, upkeep::missing_idle_connections_are_opened_ahead),
        only_scripted!(QUEUE, upkeep::no_more_are_opened_ahead_than_are_kept),
        only_scripted!(QUEUE, upkeep::opening_ahead_is_tried_again_after_a_breather),
        only_scripted!(QUEUE, upkeep::what_is_idle_for_too_long_is_closed),
        only_scripted!(QUEUE, upkeep::what_must_go_does_not_wait_to_be_met),
        only_scripted!(QUEUE, upkeep::what_was_opened_ahead_is_replaced_when_it_is_old),
        only_scripted!(QUEUE, upkeep::an_idle_connection_is_kept_alive),
        only_scripted!(QUEUE, upkeep::a_dead_idle_connection_is_replaced_unasked),
        only_scripted!(QUEUE, upkeep::a_hung_upkeep_holds_up_no_other_pool),
        only!(QUEUE, upkeep::a_caretaker_exists_only_while_a_pool_wants_one).alone(),
        only!(QUEUE, upkeep::upkeep_that_makes_no_sense_is_refused),
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
        // contenders
        only!(ASSERTION, contenders::of_many_that_meet_one_always_wins),
        only!(ASSERTION, contenders::a_backtrace_is_the_present_holders),
        only!(ASSERTION, contenders::every_loser_is_shown_the_winner),
        // dispose
        scripted!(dispose::a_dispose_costs_the_driver_one_close, Keeps),
        any!(dispose::a_dispose_spares_no_strategy, Keeps),
        any!(dispose::a_dispose_closes_nothing_that_is_out, Several),
        any!(dispose::a_dispose_frees_no_place_that_is_taken, Waits),
        any!(dispose::a_return_after_a_dispose_serves_a_waiter, Waits),
        only_scripted!(QUEUE, dispose::observers_that_panic_keep_nothing_open),
        // replacements
        scripted!(replacements::a_refused_connection_that_cannot_be_replaced_leaves_nothing_taken),
        scripted!(replacements::a_replacement_is_prepared_whole_or_not_at_all),
        scripted!(replacements::after_failed_reconnects_a_success_is_told_as_ever, Keeps),
        scripted!(replacements::a_return_cleans_the_replacement, Keeps),
        scripted!(replacements::a_failed_check_without_a_replacement_serves_a_waiter, Keeps Waits),
        only_scripted!(QUEUE, replacements::what_fails_is_replaced_within_the_limit),
        only_scripted!(QUEUE, replacements::disconnects_at_once_close_and_open_each_once),
        scripted!(replacements::an_invalidation_within_a_checkout_is_no_error, Keeps),
        // hook_order
        scripted!(hook_order::hooks_are_called_in_the_order_given),
        scripted!(hook_order::no_lock_is_held_during_a_hook),
        scripted!(hook_order::no_hook_sees_a_connection_that_is_gone),
        scripted!(hook_order::a_return_is_shown_before_and_after_it_is_cleaned, Keeps),
        any!(hook_order::events_agree_with_the_totals),
        // crowds
        any!(crowds::one_reconnect_serves_all_that_wait, Waits),
        any!(crowds::a_newcomer_does_not_overtake_one_that_waits, Waits),
        any!(crowds::nobody_times_out_early, Waits),
        scripted!(crowds::each_caller_has_the_connect_error, Several),
        only_scripted!(QUEUE, crowds::every_timeout_carries_the_last_connect_error),
        any!(crowds::a_timeout_says_how_long_it_was, Waits),
        only!(QUEUE, crowds::a_queue_of_any_size_lends_all_of_it),
        any!(crowds::a_status_taken_in_a_storm_makes_sense),
        // details
        any!(details::an_invalidation_in_the_same_instant_counts, Keeps),
        any!(details::what_hangs_on_a_detached_connection_stays_with_it),
        scripted!(details::an_adapters_session_derefs_to_the_drivers),
        // logs
        scripted!(logs::a_life_is_told_in_the_originals_words),
        scripted!(logs::every_replacement_is_told_with_its_reason, Keeps),
        scripted!(logs::every_failure_is_told_with_the_drivers_error, Keeps),
        // findings
        scripted!(findings::what_is_taken_out_survives_what_hung_on_it),
        scripted!(findings::a_pool_outlives_its_last_error),
        any!(findings::no_more_are_closed_than_were_opened),
    ]
}

fn script<B: Backend>(backend: &B) -> &Fake {
    backend.script().expect("a driver that has the skill has a script")
}
