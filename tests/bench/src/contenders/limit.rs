//! The limit: two atomic instructions on a cache line of the thread's own.

use crate::contender::{Contender, User};
use crate::contenders::by_hand::ByHand;
use crate::driver::Nothing;
use crossbeam_utils::CachePadded;
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Two sequentially consistent additions for each cycle: what no pool can go below that hands over anything at all.
pub(crate) struct Limit {
    lines: Vec<CachePadded<AtomicU64>>,
}

/// More than there are threads in any case.
const LINES: usize = 64;

static NEXT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static LINE: Cell<usize> = Cell::new(NEXT.fetch_add(1, Ordering::Relaxed) % LINES);
}

impl Limit {
    pub(crate) fn new() -> Self {
        Self { lines: (0..LINES).map(|_| CachePadded::new(AtomicU64::new(0))).collect() }
    }
}

impl Contender<u64> for Limit {
    fn cycle(&self, times: u64) {
        let line = &self.lines[LINE.get()];
        for _ in 0..times {
            line.fetch_add(1, Ordering::SeqCst);
            line.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn serve(&self, user: &mut dyn User<u64>) {
        ByHand(Nothing).serve(user);
    }
    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut()) {
        ByHand(Nothing).hold(count, meanwhile);
    }
}
