//! `Waiter`: somebody who stands in line while things go wrong for another one.

use super::aftermath;
use super::course::Course;
use super::stage::Stage;
use crate::fake::FakeManager;
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::Promise;
use cenote::Pool;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, Scope, ScopedJoinHandle};

/// Somebody who stands in line, and once served, keeps the connection until it is asked.
pub(super) struct Waiter<'scope> {
    thread: ScopedJoinHandle<'scope, Result<(), String>>,
    asks: Sender<()>,
}

/// Somebody who lines up before what goes wrong does so is served, and what is left is as ever.
pub(super) fn is_served<S: Promise>(
    stage: &Stage,
    course: Course,
    pool: Pool<FakeManager, S>,
    goes_wrong: impl FnOnce(),
) {
    let served = thread::scope(|scope| {
        let waiter = Waiter::line_up(scope, &pool);
        goes_wrong();
        waiter.outcome()
    });
    assert_eq!(served, Ok(()), "the waiter");
    let course = Course { idle: 1, ..course };
    aftermath::settle(stage, &course, Some(&pool));
    aftermath::nothing_is_left(stage, &pool, &course);
    aftermath::lends_and_ends(stage, pool);
}

impl<'scope> Waiter<'scope> {
    /// Lets somebody wait; returns when he does.
    pub(super) fn line_up<S: Promise>(
        scope: &'scope Scope<'scope, '_>,
        pool: &'scope Pool<FakeManager, S>,
    ) -> Self {
        let before = pool.status().waiting;
        let (asks, asked) = channel::<()>();
        let thread = scope.spawn(move || {
            let conn = pool.get().map_err(|error| error.to_string())?;
            // What becomes of it must not be taken for a step of the other one's life.
            let _ = asked.recv_timeout(WATCHDOG);
            drop(conn);
            Ok(())
        });
        wait_until("somebody is in line", || pool.status().waiting > before);
        Self { thread, asks }
    }

    /// Asks him to go: whether he was served, or else with which error he was sent away.
    pub(super) fn outcome(self) -> Result<(), String> {
        drop(self.asks);
        self.thread.join().expect("nothing goes wrong for him")
    }
}
