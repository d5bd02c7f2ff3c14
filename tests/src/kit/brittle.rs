//! `Budget` and `PanicsAtItsEnd`: values that panic when somebody drops them, so many times.

use super::panics::scripted_panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many panics are left; all clones are one budget.
#[derive(Debug, Clone, Default)]
pub struct Budget(Arc<AtomicUsize>);

/// Panics when it is dropped, while its budget lasts.
#[derive(Debug)]
pub struct PanicsAtItsEnd(Budget);

impl Budget {
    /// So many panics.
    pub fn of(panics: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(panics)))
    }

    /// So many panics from now on.
    pub fn set(&self, panics: usize) {
        self.0.store(panics, Ordering::SeqCst);
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Panics if one is left.
    pub fn spend(&self, origin: &str) {
        let spent =
            self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if spent {
            scripted_panic(origin)
        }
    }
}

impl PanicsAtItsEnd {
    /// One that spends this budget.
    pub fn new(budget: &Budget) -> Self {
        Self(budget.clone())
    }
}

impl Drop for PanicsAtItsEnd {
    fn drop(&mut self) {
        self.0.spend("the end of a value");
    }
}
