//! Models of a bounded return: the user that leaves and the worker that is done agree on who left.

use super::bounds::{join, model, seen};
use crate::homecoming::{Homecoming, Return};
use crate::time::Deadline;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread::spawn;
use std::sync::Arc;
use std::time::Duration;

#[test]
fn of_a_user_that_leaves_and_a_worker_that_is_done_one_is_first() {
    let sights = ["the user left", "the user saw it home"];
    model("a worker is done at the user's deadline", 4, &sights, || returns(Duration::ZERO));
}

#[test]
fn a_user_that_does_not_leave_sees_its_connection_home() {
    model("a worker is done, and its user waits", 4, &["the user saw it home"], || returns(Duration::MAX));
}

fn returns(within: Duration) {
    let homecoming = Arc::new(Homecoming::default());
    let (home, let_go) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (theirs, brought, gone) = (Arc::clone(&homecoming), Arc::clone(&home), Arc::clone(&let_go));
    let worker = spawn(move || {
        if theirs.decide() {
            assert!(gone.load(Ordering::Relaxed), "it has let go before");
            return true;
        }
        brought.store(true, Ordering::Relaxed);
        theirs.end(None);
        false
    });
    let left = match homecoming.wait(Deadline::after(within), || let_go.store(true, Ordering::Relaxed)) {
        Return::Left => true,
        Return::Over => {
            assert!(home.load(Ordering::Relaxed), "it is over, and not home");
            false
        }
        Return::Panicked(_) => unreachable!("nobody panics"),
    };
    seen(if left { "the user left" } else { "the user saw it home" });
    assert_eq!(join(worker), left);
}
