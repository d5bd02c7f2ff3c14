//! `Slot`: room for one idle value, and a word that says what is in it.

use crate::sync::{AtomicU8, Exchange, Ordering};

/// Room for one idle value. The value changes hands by a swap; the word beside it is for those who only look.
///
/// | word | means | written by |
/// |---|---|---|
/// | `EMPTY` | belongs to nobody | whoever gives the place up |
/// | `IDLE` | its value is, or is about to be, in it | the one that returns, before the swap |
/// | `OUT` | its value is out, or is being made | the one that takes, after the swap |
#[derive(Debug)]
pub(crate) struct Slot<T> {
    idle: Exchange<T>,
    word: AtomicU8,
}

const EMPTY: u8 = 0;
const IDLE: u8 = 1;
const OUT: u8 = 2;

impl<T> Slot<T> {
    pub(crate) fn empty() -> Self {
        Self { idle: Exchange::empty(), word: AtomicU8::new(EMPTY) }
    }

    /// Takes the value, if it is there. Even if it is not, a later `put` happens after this.
    #[inline(always)]
    pub(crate) fn take(&self) -> Option<Box<T>> {
        let value = self.idle.swap(None)?;
        self.word.store(OUT, Ordering::Relaxed);
        Some(value)
    }

    /// Puts the value of this slot back.
    #[inline(always)]
    pub(crate) fn put(&self, value: Box<T>) {
        self.word.store(IDLE, Ordering::Relaxed);
        let old = self.idle.swap(Some(value));
        debug_assert!(old.is_none(), "a slot belongs to one place at a time");
    }

    /// Makes the slot one's own, to put a value in later. Called under the lock of whoever owns the slots.
    pub(crate) fn claim(&self) -> bool {
        let free = self.word.load(Ordering::Relaxed) == EMPTY;
        if free {
            self.word.store(OUT, Ordering::Relaxed);
        }
        free
    }

    /// Gives the slot up. Called under the same lock, by the one that has its value out.
    pub(crate) fn release(&self) {
        self.word.store(EMPTY, Ordering::Relaxed);
    }

    pub(crate) fn looks_idle(&self) -> bool {
        self.word.load(Ordering::Relaxed) == IDLE
    }

    pub(crate) fn looks_out(&self) -> bool {
        self.word.load(Ordering::Relaxed) == OUT
    }
}
