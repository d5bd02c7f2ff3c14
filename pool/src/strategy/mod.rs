//! The five strategies, each in a file of its own:
//! 1. `Queue` keeps up to `size` and lends them to whoever comes first.
//! 2. `SingletonThread` keeps one a thread.
//! 3. `Null` keeps none: opens at checkout, closes at return.
//! 4. `Static` keeps one, for all: callers take turns.
//! 5. `Assertion` keeps one, and a second checkout is a bug that it names.

mod contract;
mod queue;
mod singleton_thread;
mod null;
mod static_;
mod assertion;

pub use assertion::Assertion;
pub(crate) use contract::Shares;
pub use contract::{Keeps, Strategy};
pub use null::Null;
pub use queue::Queue;
pub use singleton_thread::SingletonThread;
pub use static_::Static;
