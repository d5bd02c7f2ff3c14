//! How a model is run: the bound of its search, which is printed, and what must have happened somewhere in it.

use loom::thread::JoinHandle;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs every interleaving in which at most so many times a thread loses the processor that could go on.
///
/// Each of the `sights` must have been [`seen`] in at least one of them: else the model is about nothing.
pub(super) fn model(name: &str, preemptions: usize, sights: &[&str], run: impl Fn() + Send + Sync + 'static) {
    let interleavings = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&interleavings);
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(move || {
        count.fetch_add(1, Ordering::Relaxed);
        run();
    });
    let seen = SEEN.take();
    for sight in sights {
        assert!(seen.contains(sight), "{name}: no interleaving in which {sight}");
    }
    #[expect(clippy::print_stdout, reason = "the bounds of a model belong to its result")]
    {
        let interleavings = interleavings.load(Ordering::Relaxed);
        println!("{name}: all {interleavings} interleavings with up to {preemptions} preemptions");
    }
}

/// Notes what happened in this interleaving.
pub(super) fn seen(sight: &'static str) {
    SEEN.with_borrow_mut(|seen| seen.insert(sight));
}

/// Waits for a thread's end.
pub(super) fn join<R>(thread: JoinHandle<R>) -> R {
    thread.join().expect("a thread that panics ends its model")
}

std::thread_local! {
    /// loom runs all threads of a model on one thread of the system.
    static SEEN: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}
