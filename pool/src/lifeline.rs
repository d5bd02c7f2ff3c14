//! `Lifeline`: what the clones of a pool share, so that the pool closes with the last of them.

use crate::manager::Manager;
use crate::shared::Shared;
use crate::strategy::Strategy;
use std::sync::Arc;

/// Counted by the clones of a pool alone: handles and workers keep the shared part alive, but not the pool.
pub(crate) struct Lifeline<M: Manager, S: Strategy>(Arc<Shared<M, S>>);

impl<M: Manager, S: Strategy> Lifeline<M, S> {
    pub(crate) fn new(shared: Arc<Shared<M, S>>) -> Self {
        Self(shared)
    }
}

impl<M: Manager, S: Strategy> Drop for Lifeline<M, S> {
    fn drop(&mut self) {
        self.0.close();
    }
}
