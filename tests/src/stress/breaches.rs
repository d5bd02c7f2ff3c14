//! `Breaches`: what was seen that must never be.

use parking_lot::Mutex;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// What was seen that must never be. Written down, not panicked about: a pool keeps many a panic to itself.
#[derive(Default)]
pub(crate) struct Breaches {
    any: AtomicBool,
    words: Mutex<Vec<String>>,
}

/// The first few say it all.
const KEPT: usize = 8;

impl Breaches {
    pub(crate) fn note(&self, words: impl Into<String>) {
        let mut kept = self.words.lock();
        if kept.len() < KEPT {
            kept.push(words.into());
        }
        self.any.store(true, Ordering::Relaxed);
    }

    /// Notes it unless this holds.
    pub(crate) fn expect(&self, holds: bool, words: impl FnOnce() -> String) {
        if !holds {
            self.note(words());
        }
    }

    /// Whether there is no need to go on.
    pub(crate) fn any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.words.lock())
    }
}

impl fmt::Debug for Breaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Breaches(..)")
    }
}
