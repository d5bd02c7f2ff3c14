//! `SharedRef`: a pool's shared part, borrowed from it or owned.

use crate::entry::Entry;
use crate::manager::Manager;
use crate::shared::Shared;
use crate::strategy::Strategy;
use crossbeam_utils::CachePadded;
use std::any::Any;
use std::ops::Deref;
use std::sync::Arc;

/// A pool's shared part, borrowed from it (for nothing) or owned (for a count).
pub(crate) enum SharedRef<'p, M: Manager, S: Strategy> {
    Borrowed(&'p Shared<M, S>),
    Owned(Arc<Shared<M, S>>),
    Anchored(Anchor<M, S>),
}

/// A share in the shared part that belongs to one connection. Its handles are counted there, on a line of its own: so
/// threads that lend different connections do not meet.
///
/// While the connection is idle, the pool holds itself in this way. It lets go when it closes, at the latest with its last
/// clone, because then every connection is ended.
pub(crate) type Anchor<M, S> = Arc<CachePadded<Arc<Shared<M, S>>>>;

/// An [`Anchor`], as the connection keeps it, which does not know its pool.
pub(crate) type AnyAnchor = Arc<dyn Any + Send + Sync>;

impl<'p, M: Manager, S: Strategy> SharedRef<'p, M, S> {
    /// Owned by the handle of this connection.
    #[inline]
    pub(crate) fn owned_with(shared: &Arc<Shared<M, S>>, entry: &mut Entry<M::Connection>) -> Self {
        let known = entry.anchor.as_ref().and_then(|anchor| Arc::clone(anchor).downcast().ok());
        match known {
            Some(anchor) => Self::Anchored(anchor),
            None => Self::anchored_first(shared, entry),
        }
    }

    pub(crate) fn to_arc(&self) -> Arc<Shared<M, S>> {
        match self {
            Self::Borrowed(shared) => shared.this.upgrade().expect("whoever lends it keeps it alive"),
            Self::Owned(shared) => Arc::clone(shared),
            Self::Anchored(anchor) => Arc::clone(anchor),
        }
    }

    /// Where an owned one is counted.
    #[cfg(all(test, loom))]
    pub(crate) fn counted_at(&self) -> Option<usize> {
        match self {
            Self::Borrowed(_) => None,
            Self::Owned(shared) => Some(Arc::as_ptr(shared) as usize),
            Self::Anchored(anchor) => Some(Arc::as_ptr(anchor) as usize),
        }
    }

    /// A connection that is not kept has one handle in its life, which need not share.
    #[cold]
    fn anchored_first(shared: &Arc<Shared<M, S>>, entry: &mut Entry<M::Connection>) -> Self {
        if !S::KEEPS {
            return Self::Owned(Arc::clone(shared));
        }
        let anchor: Anchor<M, S> = Arc::new(CachePadded::new(Arc::clone(shared)));
        entry.anchor = Some(Arc::clone(&anchor) as AnyAnchor);
        Self::Anchored(anchor)
    }
}

impl<M: Manager, S: Strategy> Deref for SharedRef<'_, M, S> {
    type Target = Shared<M, S>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        match self {
            Self::Borrowed(shared) => shared,
            Self::Owned(shared) => shared,
            Self::Anchored(anchor) => anchor,
        }
    }
}
