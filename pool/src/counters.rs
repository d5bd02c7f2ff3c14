//! `Counters`: what a pool counts when something seldom happens. A healthy checkout writes none of them.

use crate::close_reason::CloseReason;
use crate::sync::Ordering;
use crate::sync::plain::{AtomicU64, AtomicUsize};

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) opened: AtomicU64,
    pub(crate) connect_errors: AtomicU64,
    pub(crate) timeouts: AtomicU64,
    pub(crate) closed: [AtomicU64; CloseReason::COUNT],
    pub(crate) connecting: AtomicUsize,
    pub(crate) closing: AtomicUsize,
    pub(crate) detached: AtomicUsize,
}

/// One of something that goes on; it is over when this is dropped, however that comes about.
#[must_use]
#[derive(Debug)]
pub(crate) struct Counted<'c>(&'c AtomicUsize);

impl<'c> Counted<'c> {
    pub(crate) fn one_more(counter: &'c AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Release);
    }
}
