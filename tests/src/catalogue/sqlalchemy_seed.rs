//! The defects of SQLAlchemy 0.7.0's pool that were mended since.

use super::proof::Proof::{Adapter, CompileFail, Law, Model};
use super::row::Row;

pub(super) const ROWS: &[Row] = &[
    Row::by(
        "sqlalchemy-3A-1",
        "A connect runs under the lock of the counter: one that hangs holds up every other creation, and every \
         return of an overflow connection.",
        &[Law("a_slow_connect_holds_up_nobody_else"), Law("no_lock_is_held_during_a_call")],
    ),
    Row::by(
        "sqlalchemy-3A-2",
        "The first connect is not guarded: with several threads its listeners run several times.",
        &[Law("the_first_connect_is_once_and_everybody_waits_for_it")],
    ),
    Row::by(
        "sqlalchemy-3A-3",
        "A first connect that failed once is taken to be done: nothing is ever initialised.",
        &[Law("a_first_connect_that_fails_is_tried_again")],
    ),
    Row::by(
        "sqlalchemy-3A-4",
        "A slot whose reconnect fails never comes back: a pool without overflow is dead.",
        &[
            Law("a_failed_replacement_leaves_nothing_taken"),
            Law("a_failed_replacement_serves_a_waiter"),
            Law("a_failed_replacement_is_the_callers_error"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-5",
        "The same after a checkout listener's refusal: the slot is out for as long as anybody keeps the exception.",
        &[
            Law("a_refused_connection_that_cannot_be_replaced_leaves_nothing_taken"),
            Law("a_checkout_hook_is_asked_twice"),
            Law("a_refused_connection_goes_home"),
            Law("a_hook_that_panics_costs_its_connection"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-6",
        "After a recycling that failed, the next checkout has the connection that was closed.",
        &[Law("a_failed_replacement_leaves_nothing_taken")],
    ),
    Row::by(
        "sqlalchemy-3A-7",
        "A connect listener that fails at a reconnect leaves a connection in the slot that is half initialised.",
        &[Law("a_replacement_is_prepared_whole_or_not_at_all")],
    ),
    Row::by(
        "sqlalchemy-3A-8",
        "A handle that is dropped rolls back the connection that was replaced, and the live one goes back uncleaned.",
        &[Law("a_return_cleans_the_replacement")],
    ),
    Row::by(
        "sqlalchemy-3A-9",
        "Waiters are not woken when the pool is replaced after a disconnect: they wait out their timeout.",
        &[
            Law("one_reconnect_serves_all_that_wait"),
            Law("an_invalidation_serves_a_waiter"),
            Law("a_return_to_an_invalidated_pool_serves_a_waiter"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-10",
        "Each of N dead connections has the pool disposed anew.",
        &[
            Law("many_reports_of_one_restart_raise_the_generation_once"),
            Law("disconnects_at_once_close_and_open_each_once"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-11",
        "Invalidated or returned twice, a slot stands in the queue twice: two threads share a connection.",
        &[
            CompileFail("returned_is_gone"),
            CompileFail("detached_is_gone"),
            Law("parallel_checkouts_have_different_connections"),
            Law("everything_at_once_loses_nothing"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-12",
        "What was to run at the return runs on a connection that was closed.",
        &[
            Law("no_hook_sees_a_connection_that_is_gone"),
            Law("an_older_connection_costs_the_driver_one_close"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-13",
        "A size of zero means without limit, and is one: with no overflow nothing can ever connect.",
        &[
            Law("size_zero_keeps_nothing"),
            Law("size_zero_without_a_limit_serves_everybody"),
            Law("arguments_that_make_no_sense_are_refused"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-14",
        "A pool that is made anew forgets some of its arguments, and its subclass.",
        &[
            Law("a_recreated_pool_has_the_same_settings"),
            Law("a_recreated_pool_commits_as_the_first_did"),
            Law("hooks_travel_with_a_recreation"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-15",
        "Disposed, an assertion pool hands out the connection that it closed.",
        &[Law("a_dispose_spares_no_strategy")],
    ),
    Row::by(
        "sqlalchemy-3A-16",
        "A static pool cannot be disposed or invalidated, and fails when a second holder detaches.",
        &[
            Law("a_dispose_spares_no_strategy"),
            Law("invalidating_one_closes_it_at_once"),
            Law("detaching_frees_the_place_at_once"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-17",
        "Over its size, a pool of one connection a thread may close the one that it has just opened.",
        &[
            Law("over_the_size_an_idle_connection_of_another_thread_goes"),
            Law("all_threads_can_have_one_at_the_same_time"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-18",
        "What one thread shares with itself breaks when another returns it, when it is detached or invalidated, or \
         when it is opened and closed out of step.",
        &[
            CompileFail("singleton_thread_handle_stays"),
            CompileFail("detached_is_gone"),
            Law("a_nested_checkout_is_refused_at_once"),
            Law("a_shared_connection_is_the_same_for_all_who_ask"),
            Law("only_the_last_handle_gives_the_connection_away"),
            Law("a_shared_connection_comes_home_with_its_last_handle"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-19",
        "After a reset that failed, the checkin listener is handed the closed connection.",
        &[Law("no_hook_sees_a_connection_that_is_gone"), Law("a_failed_reset_is_told_in_order")],
    ),
    Row::by(
        "sqlalchemy-3A-20",
        "A plain rollback at the return does not undo savepoints and two-phase transactions.",
        &[
            Adapter("a_return_rolls_back_whatever_was_begun_and_however"),
            Law("an_open_transaction_is_rolled_back_on_return"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-21",
        "The error of a timeout cuts the seconds: half a second reads as none.",
        &[Law("a_timeout_says_how_long_it_was")],
    ),
    Row::beyond(
        "sqlalchemy-3A-22",
        "A finalizer is called when the interpreter is half gone, or never.",
        "A handle comes home where its scope ends: there is no collector that could be late.",
    ),
    Row::by(
        "sqlalchemy-3A-23",
        "The line for a checkout is missing from the log if the level was set late; closes and resets are not logged.",
        &[
            Law("a_life_is_told_in_the_originals_words"),
            Law("every_replacement_is_told_with_its_reason"),
            Law("every_failure_is_told_with_the_drivers_error"),
        ],
    ),
    Row::by(
        "sqlalchemy-3A-24",
        "Whoever loses a race for a place begins to wait again, with the whole timeout.",
        &[
            Law("a_timeout_comes_not_before_its_time_and_soon_after"),
            Law("waiting_and_connecting_have_one_deadline"),
            Law("nobody_times_out_early"),
            Model("one_that_leaves_hands_on_the_value_that_came_at_the_last_moment"),
        ],
    ),
];
