//! What the pool says of its connections' lives: the original's words and levels, through `tracing`.
//!
//! Without the feature every function here is empty.

use crate::close_reason::CloseReason;
use crate::id::ConnectionId;
use std::fmt::Display;
use std::time::Duration;

/// Whether checkouts and returns are to be told at all: one relaxed load, and nothing without the feature.
#[inline]
pub(crate) fn tells_every_checkout() -> bool {
    #[cfg(feature = "tracing")]
    return tracing::level_filters::LevelFilter::current() >= tracing::level_filters::LevelFilter::DEBUG;
    #[cfg(not(feature = "tracing"))]
    false
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) $level:ident { $($message:tt)+ })*) => { $(
        $(#[$doc])*
        #[cold]
        #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nobody listens"))]
        pub(crate) fn $name(pool: &str, $($arg: $type),*) {
            #[cfg(feature = "tracing")]
            tracing::$level!(target: "cenote", pool, $($message)+);
        }
    )* };
}

messages! {
    created(connection: ConnectionId) debug { %connection, "Created new connection" }
    connect_failed(error: &dyn Display) debug { %error, "Error on connect()" }
    hook_refused(connection: ConnectionId, error: &dyn Display) debug { %connection, %error, "Error in a connect hook" }
    checked_out(connection: ConnectionId) debug { %connection, "Connection checked out from pool" }
    being_returned(connection: ConnectionId) debug { %connection, "Connection being returned to pool" }
    pre_ping(connection: ConnectionId) debug { %connection, "Pool pre-ping on connection" }
    pre_ping_failed(connection: ConnectionId, error: &dyn Display) info { %connection, %error, "Pool pre-ping on connection failed" }
    pool_invalidated(generation: u64) info { generation, "Invalidating all connections opened so far" }
    recycling(connection: ConnectionId) info { %connection, "Connection exceeded timeout; recycling" }
    outdated(connection: ConnectionId) info { %connection, "Connection invalidated due to pool invalidation; recycling" }
    invalidated(connection: ConnectionId) info { %connection, "Invalidate connection" }
    soft_invalidated(connection: ConnectionId) info { %connection, "Soft Invalidate connection" }
    replaced(connection: ConnectionId) info { %connection, "Connection invalidated due to local soft invalidation; recycling" }
    rolling_back(connection: ConnectionId) debug { %connection, "Connection rollback-on-return" }
    committing(connection: ConnectionId) debug { %connection, "Connection commit-on-return" }
    reset_failed(connection: ConnectionId, error: &dyn Display) error { %connection, %error, "Exception during reset or similar" }
    closing(connection: ConnectionId, reason: CloseReason) debug { %connection, %reason, "Closing connection" }
    close_failed(connection: ConnectionId, error: &dyn Display) error { %connection, %error, "Exception closing connection" }
    panicked(connection: ConnectionId, call: &str) error { %connection, call, "Panic in a call to the driver" }
    timed_out(after: Duration) info { ?after, "Checkout timed out" }
    recovered(connection: ConnectionId, holder: &dyn Display) error { %connection, %holder, "Connection was not returned; its place is free" }
    recreating() info { "Pool recreating" }
    disposed() info { "Pool disposed" }
    upkeep_failed(error: &dyn Display) error { %error, "Nobody looks after idle connections: no thread could be started" }
    pool_closed() info { "Pool closed" }
}
