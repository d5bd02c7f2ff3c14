//! `Lifeline`: how many clones of a pool there are: it closes with the last of them.

use crate::sync::Ordering;
use crate::sync::plain::AtomicUsize;
use crossbeam_utils::CachePadded;

/// The number of a pool's clones. Handles and workers keep the shared part alive, but not the pool.
#[derive(Debug)]
pub(crate) struct Lifeline(CachePadded<AtomicUsize>);

impl Lifeline {
    /// That of a new pool, which nobody has yet.
    pub(crate) fn new() -> Self {
        Self(CachePadded::new(AtomicUsize::new(0)))
    }

    pub(crate) fn one_more(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// One more, unless the last is gone.
    pub(crate) fn one_more_if_any(&self) -> bool {
        let more = |clones: usize| (clones > 0).then_some(clones + 1);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    /// One less; tells whether that was the last.
    pub(crate) fn one_less(&self) -> bool {
        self.0.fetch_sub(1, Ordering::AcqRel) == 1
    }
}
