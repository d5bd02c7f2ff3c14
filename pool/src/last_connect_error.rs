//! `LastConnectError`: what the last connect died of, until one succeeds.

use crate::shield::quietly;
use crate::sync::plain::AtomicBool;
use crate::sync::{Ordering, PlainMutex};
use crate::time::Moment;
use std::sync::Arc;

/// What the last connect died of, and when, until one succeeds. To forget where there is nothing takes no lock.
#[derive(Debug)]
pub(crate) struct LastConnectError<E> {
    /// Whoever succeeds and sees none did so while another failed: either may count as the last.
    is_any: AtomicBool,
    last: PlainMutex<Option<(Arc<E>, Moment)>>,
}

impl<E> LastConnectError<E> {
    pub(crate) fn get(&self) -> Option<(Arc<E>, Moment)> {
        self.last.lock().as_ref().map(|(error, at)| (Arc::clone(error), *at))
    }

    pub(crate) fn remember(&self, error: Arc<E>, at: Moment) {
        let mut last = self.last.lock();
        self.is_any.store(true, Ordering::Relaxed);
        let forgotten = last.replace((error, at));
        drop(last);
        // After the lock: an error is the user's, and its destructor may call the pool.
        drop(forgotten);
    }

    /// A connect has succeeded.
    pub(crate) fn forget(&self) {
        if !self.is_any.load(Ordering::Relaxed) {
            return;
        }
        let mut last = self.last.lock();
        self.is_any.store(false, Ordering::Relaxed);
        let forgotten = last.take();
        drop(last);
        drop(forgotten);
    }
}

impl<E> Default for LastConnectError<E> {
    fn default() -> Self {
        Self { is_any: AtomicBool::new(false), last: PlainMutex::default() }
    }
}

impl<E> Drop for LastConnectError<E> {
    fn drop(&mut self) {
        // Its end may panic, and whoever drops the pool may be unwinding.
        let last = self.last.lock().take();
        quietly(|| drop(last));
    }
}
