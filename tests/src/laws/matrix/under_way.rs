//! What is being tried at the moment, said when a panic comes that nobody made on purpose: it may end the process.

use super::cell::Cell;
use crate::kit::panics::is_on_purpose;
use parking_lot::Mutex;
use std::io::{Write, stderr};
use std::panic::{set_hook, take_hook};
use std::sync::Once;
use std::thread::{self, ThreadId};

static UNDER_WAY: Mutex<Vec<(ThreadId, Cell)>> = Mutex::new(Vec::new());

/// What this thread tries, until this is dropped.
pub(super) struct UnderWay(());

impl UnderWay {
    pub(super) fn new(cell: Cell) -> Self {
        static SAYS: Once = Once::new();
        SAYS.call_once(|| {
            let hook = take_hook();
            set_hook(Box::new(move |info| {
                if !is_on_purpose(info.payload()) {
                    say();
                }
                hook(info);
            }));
        });
        UNDER_WAY.lock().push((thread::current().id(), cell));
        Self(())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.lock().retain(|(thread, _)| *thread != thread::current().id());
    }
}

fn say() {
    for (_, cell) in &*UNDER_WAY.lock() {
        // Nobody is left to tell that it could not be said.
        let _ = writeln!(stderr(), "under way: {cell}");
    }
}
