//! SQLAlchemy's tests of slots, handles and driver calls (4.1 and 4.2).

use super::proof::Proof::Law;
use super::row::{AS_IS, MEANINGLESS, RESHAPED, Row};

pub(super) const ROWS: &[Row] = &[
    Row::beyond(
        "PoolTest.test_cursor_iterable",
        MEANINGLESS,
        "It is about a driver's cursor behind a proxy; here a handle derefs to the driver's own connection.",
    ),
    Row::by(
        "PoolTest.test_no_connect_on_recreate",
        AS_IS,
        &[
            Law("a_dispose_costs_the_driver_one_close"),
            Law("a_new_pool_opens_nothing"),
            Law("recreating_and_disposing_open_nothing"),
        ],
    ),
    Row::by(
        "PoolTest.test_info",
        AS_IS,
        &[
            Law("info_is_the_connections_and_record_info_the_places"),
            Law("what_hangs_on_a_detached_connection_stays_with_it"),
        ],
    ),
    Row::by(
        "PoolTest.test_raw_connection_context",
        RESHAPED,
        &[Law("an_owned_handle_comes_home"), Law("an_owners_panic_closes_the_connection")],
    ),
    Row::by(
        "PoolTest.test_rec_info",
        AS_IS,
        &[
            Law("info_is_the_connections_and_record_info_the_places"),
            Law("the_record_outlives_the_connection"),
        ],
    ),
    Row::by(
        "PoolTest.test_rec_unconnected",
        RESHAPED,
        &[Law("a_new_pool_opens_nothing"), Law("try_get_serves_what_needs_no_waiting")],
    ),
    Row::by(
        "PoolTest.test_rec_close_reopen",
        AS_IS,
        &[Law("invalidating_one_closes_it_at_once"), Law("a_dispose_spares_no_strategy")],
    ),
    Row::by(
        "PoolTest.test_recreate_state",
        AS_IS,
        &[
            Law("the_defaults_are_as_promised"),
            Law("a_recreated_pool_has_the_same_settings"),
            Law("a_recreated_queue_has_its_present_size"),
        ],
    ),
    Row::beyond(
        "PoolTest.test_is_asyncio_from_dialect",
        MEANINGLESS,
        "This pool is synchronous: no class of it is for an event loop.",
    ),
    Row::beyond(
        "PoolTest.test_is_asyncio_from_dialect_cls",
        MEANINGLESS,
        "This pool is synchronous: no class of it is for an event loop.",
    ),
    Row::beyond(
        "PoolTest.test_rec_fairy_default_dialect",
        MEANINGLESS,
        "A handle has one connection behind it, the manager's; there is no default dialect that could wrap it.",
    ),
    Row::by(
        "PoolTest.test_rec_fairy_adapted_dialect",
        RESHAPED,
        &[Law("an_adapters_session_derefs_to_the_drivers")],
    ),
    Row::by("PoolDialectTest.test_queue_pool", AS_IS, &[Law("a_dispose_costs_the_driver_one_close")]),
    Row::by("PoolDialectTest.test_assertion_pool", AS_IS, &[Law("a_dispose_costs_the_driver_one_close")]),
    Row::by("PoolDialectTest.test_singleton_pool", AS_IS, &[Law("a_dispose_costs_the_driver_one_close")]),
    Row::by("PoolDialectTest.test_static_pool", AS_IS, &[Law("a_dispose_costs_the_driver_one_close")]),
    Row::by("PoolDialectTest.test_null_pool", AS_IS, &[Law("null_costs_the_driver_a_connect_and_a_close")]),
];
