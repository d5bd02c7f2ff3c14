//! The laws, by subject.

pub mod checkout;
pub mod limits;
pub mod order;
pub mod waiting;
pub mod turns;
pub mod singleton_thread;
pub mod assertion;
pub mod deadlines;
pub mod reports;
pub mod reset;
pub mod recycle;
pub mod pre_ping;
pub mod invalidate;
pub mod close;
pub mod detach;
pub mod hooks;
pub mod build;
pub mod hanging;
pub mod panics;
pub mod storms;
pub mod events;
pub mod first_connect;
pub mod refusals;
pub mod late;
