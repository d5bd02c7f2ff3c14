#![doc = include_str!("../README.md")]

#[cfg(loom)]
mod watched;
mod sync;
mod time;
mod id;
mod thread;
mod shield;
mod extensions;
mod manager;
mod invalid_argument;
mod settings;
mod close_reason;
mod commit;
mod upkeep;
mod status;
mod holder;
mod timeout_report;
mod still_out;
mod error;
mod trace;

mod chunks;
mod slot;
mod waiter;
mod overtaking;
mod waiting_line;
mod order;
mod store;
mod room;
mod stock;
mod serving;
mod reshape;
mod benches;
mod strategy;

mod own_line;
mod record_info;
mod record;
mod entry;
mod event;
mod refusal;
mod watch;
mod counters;
mod crew;
mod caretaker;
mod farewell;
mod hook;
mod hooks;
mod plan;
mod first_connect;
mod last_connect_error;
mod open_error;
mod driver;

mod errand;
mod homecoming;
mod shared;
mod shared_ref;
mod place;
mod visit;
mod checkout;
mod lending;
mod preparation;
mod retry;
mod leaving;
mod checkin;
mod checkin_aside;
mod tending;

mod detached;
mod pooled_connection;
mod lifeline;
mod pool;
mod resize;
mod recover;
mod builder;
mod builder_hooks;
mod shared_connection;
mod registry;

#[doc(hidden)]
pub mod doctest;
#[doc(hidden)]
pub mod testing;

#[cfg(all(test, loom))]
mod models;

pub use builder::Builder;
pub use close_reason::CloseReason;
pub use commit::Commit;
pub use detached::Detached;
pub use error::Error;
pub use event::{Event, Observer};
pub use extensions::Extensions;
pub use holder::Holder;
pub use hook::Hook;
pub use id::ConnectionId;
pub use invalid_argument::InvalidArgument;
pub use manager::{Fault, Manager, MayHang};
pub use order::{Affine, Fifo, Lifo, Order};
pub use pool::Pool;
pub use pooled_connection::{OwnedConnection, PooledConnection};
pub use record_info::RecordInfo;
pub use refusal::Refusal;
pub use registry::Registry;
pub use settings::{PrePing, Reset};
pub use shared_connection::SharedConnection;
pub use status::{Status, Totals};
pub use still_out::StillOut;
pub use strategy::{Assertion, Keeps, Null, Queue, SingletonThread, Static, Strategy};
pub use timeout_report::TimeoutReport;
