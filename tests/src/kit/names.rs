//! Names for pools, each used once, so that a law can tell its own worker threads from all others.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A name that no other pool of this process has, short enough to be whole in the name of a worker thread.
pub fn unique() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("p{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
