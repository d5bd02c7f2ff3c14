//! `SharedRef`: a pool's shared part, borrowed from it or owned.

use crate::manager::Manager;
use crate::shared::Shared;
use crate::strategy::Strategy;
use std::ops::Deref;
use std::sync::Arc;

/// A pool's shared part, borrowed from it (for nothing) or owned (for a count).
pub(crate) enum SharedRef<'p, M: Manager, S: Strategy> {
    Borrowed(&'p Shared<M, S>),
    Owned(Arc<Shared<M, S>>),
}

impl<M: Manager, S: Strategy> SharedRef<'_, M, S> {
    pub(crate) fn to_arc(&self) -> Arc<Shared<M, S>> {
        match self {
            Self::Borrowed(shared) => shared.this.upgrade().expect("whoever lends it keeps it alive"),
            Self::Owned(shared) => Arc::clone(shared),
        }
    }
}

impl<M: Manager, S: Strategy> Deref for SharedRef<'_, M, S> {
    type Target = Shared<M, S>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        match self {
            Self::Borrowed(shared) => shared,
            Self::Owned(shared) => shared,
        }
    }
}
