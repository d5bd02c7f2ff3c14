//! `Account`: what the driver and the users of one pool count, to be held against what the pool counts.

use super::breaches::Breaches;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// What the driver and the users of one pool count. Relaxed where nothing else is said, and without a lock: it must
/// not order the threads, which is the duty of the pool.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) breaches: Arc<Breaches>,
    /// Connects begun, and those of them that brought nothing.
    pub(crate) begun: Tally,
    pub(crate) fruitless: Tally,
    /// Errors of connects, and of hooks that saw a new connection.
    pub(crate) connect_errors: Tally,
    /// Connections closed by the pool; closed or dropped, by whomever; their users' own.
    pub(crate) closed: Tally,
    pub(crate) gone: Tally,
    pub(crate) taken: Tally,
    pub(crate) detached: Tally,
    pub(crate) lent: Tally,
    pub(crate) timeouts: Tally,
    /// How often the first connect was celebrated.
    pub(crate) first_connects: Tally,
    placed: AtomicI64,
    /// How many places there may be; 0 if nobody said so.
    most: AtomicI64,
    outdatings_begun: AtomicU64,
    outdatings_over: AtomicU64,
    calls: AtomicU64,
    calm: AtomicBool,
    shut: AtomicBool,
}

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Tally(AtomicU64);

impl Tally {
    pub(crate) fn add_one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Account {
    pub(crate) fn new(breaches: &Arc<Breaches>) -> Self {
        Self { breaches: Arc::clone(breaches), ..Self::default() }
    }

    /// Says how many places there may be. Not where the driver closes on workers, and cannot know when one is free.
    pub(crate) fn allow(&self, most: usize) {
        self.most.store(i64::try_from(most).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// A connection takes a place, from the beginning of its connect.
    pub(crate) fn place(&self) {
        let placed = self.placed.fetch_add(1, Ordering::Relaxed) + 1;
        let most = self.most.load(Ordering::Relaxed);
        self.breaches.expect(most == 0 || placed <= most, || {
            format!("{placed} connections, where {most} are allowed")
        });
    }

    /// A connection leaves its place: its close begins, or its user is about to detach it.
    pub(crate) fn unplace(&self) {
        self.placed.fetch_sub(1, Ordering::Relaxed);
    }

    pub(crate) fn placed(&self) -> i64 {
        self.placed.load(Ordering::Relaxed)
    }

    /// Does what makes every connection opened before it stale.
    pub(crate) fn outdating(&self, act: impl FnOnce()) {
        self.outdatings_begun.fetch_add(1, Ordering::SeqCst);
        act();
        self.outdatings_over.fetch_add(1, Ordering::SeqCst);
    }

    /// How many of them have begun: asked by a connect. What it opens must not be lent to one who asks for a
    /// connection when more than these are over.
    pub(crate) fn outdatings_begun(&self) -> u64 {
        self.outdatings_begun.load(Ordering::SeqCst)
    }

    pub(crate) fn outdatings_over(&self) -> u64 {
        self.outdatings_over.load(Ordering::SeqCst)
    }

    /// The pool has been closed: whoever closed it has come back.
    pub(crate) fn shut(&self) {
        self.shut.store(true, Ordering::Release);
    }

    pub(crate) fn is_shut(&self) -> bool {
        self.shut.load(Ordering::Acquire)
    }

    /// The number of this call of the driver.
    pub(crate) fn next_call(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed)
    }

    /// Ends all mishaps.
    pub(crate) fn calm_down(&self) {
        self.calm.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_calm(&self) -> bool {
        self.calm.load(Ordering::Relaxed)
    }
}
