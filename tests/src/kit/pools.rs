//! Pools as laws want them: a name of their own, and a timeout that is reached only when a law is broken.

use super::names;
use super::wait::WATCHDOG;
use crate::backend::Backend;
use crate::promise::Promise;
use cenote::{Builder, InvalidArgument, Pool, Strategy};

/// A pool's builder with a strategy of the law's own choice.
pub fn with<B: Backend, S: Strategy>(backend: &B, strategy: S) -> Builder<B::Manager, S> {
    Pool::builder(backend.manager()).strategy(strategy).name(names::unique()).timeout(WATCHDOG)
}

/// A pool's builder with room for one connection, where the strategy has a limit.
pub fn narrow<B: Backend, S: Promise>(backend: &B) -> Builder<B::Manager, S> {
    with(backend, S::narrow())
}

/// A pool's builder with room for `size` connections, where the strategy can have several.
pub fn wide<B: Backend, S: Promise>(backend: &B, size: usize) -> Builder<B::Manager, S> {
    with(backend, S::wide(size))
}

/// The pool that must come of it.
pub fn built<T>(result: Result<T, InvalidArgument>) -> T {
    result.expect("its arguments make sense")
}
