//! The fake driver: it counts, keeps a ledger, and does at every call what a script says.

mod brittle;
mod call;
mod connection;
mod error;
mod gate;
mod ledger;
mod manager;
mod rule;

pub use brittle::{BrittleError, BrittleManager};
pub use call::Call;
pub use connection::FakeConnection;
pub use error::FakeError;
pub use gate::Gate;
pub use ledger::Ledger;
pub use manager::FakeManager;
pub use rule::Rule;
