//! The load: threads that work until the time is over, and the one that watches them.

use cenote::{Pool, Strategy};
use cenote_sqlite::SqliteManager;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::{self, Builder};
use std::time::Duration;

use crate::database::Inventory;
use crate::failure::Failure;
use crate::progress::{Progress, Snapshot};
use crate::stopwatch::Stopwatch;
use crate::tally::{Score, Tally};
use crate::worker::Worker;

/// Why the load may end before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Ctrl-C.
    Interrupted,
    /// A thread met something that it cannot go on with.
    Failed,
}

/// What the load is to be.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) threads: u32,
    pub(crate) duration: Duration,
    pub(crate) inventory: Inventory,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Of all threads together.
    pub(crate) tally: Tally,
    /// Of each thread.
    pub(crate) scores: Vec<Score>,
    pub(crate) ran: Duration,
    pub(crate) was_interrupted: bool,
}

impl Load {
    /// Runs the threads, shows how they do, and waits until all have ended.
    pub(crate) fn run<S: Strategy>(
        &self,
        pool: &Pool<SqliteManager, S>,
        (sender, events): (Sender<Event>, Receiver<Event>),
    ) -> Result<Outcome, Failure> {
        let scores: Vec<Score> = (0..self.threads).map(|_| Score::default()).collect();
        let (stop, started, mut tally) = (AtomicBool::new(false), Stopwatch::start(), Tally::new());
        let was_interrupted = thread::scope(|scope| {
            let mut threads = Vec::new();
            let spawn = |number: u32| {
                let (score, sender) = (&scores[number as usize], sender.clone());
                let worker = Worker { pool, number, inventory: &self.inventory, score, stop: &stop };
                let body = move || {
                    worker.run().inspect_err(|_| {
                        // After the end nobody listens any more, and nobody needs to.
                        let _ = sender.send(Event::Failed);
                    })
                };
                Builder::new().name(format!("worker-{number}")).spawn_scoped(scope, body)
            };
            for number in 0..self.threads {
                match spawn(number) {
                    Ok(thread) => threads.push(thread),
                    Err(error) => {
                        stop.store(true, Ordering::Relaxed);
                        let what = format!("cannot start thread {} of {}: {error}", number + 1, self.threads);
                        return Err(Failure::machine(what, "give fewer --threads"));
                    }
                }
            }
            let was_interrupted = self.watch(pool, &scores, started, &events);
            stop.store(true, Ordering::Relaxed);
            for thread in threads {
                tally.add(thread.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Ok(was_interrupted)
        })?;
        Ok(Outcome { tally, scores, ran: started.elapsed(), was_interrupted })
    }

    /// Shows the progress until the time is over or something happens. Says whether that was Ctrl-C.
    fn watch<S: Strategy>(
        &self,
        pool: &Pool<SqliteManager, S>,
        scores: &[Score],
        started: Stopwatch,
        events: &Receiver<Event>,
    ) -> bool {
        let mut progress = Progress::begin(self.duration);
        let snapshot = || Snapshot::take(&pool.status(), scores, started.elapsed());
        let end = loop {
            let now = started.elapsed();
            let left = self.duration.saturating_sub(now);
            match events.recv_timeout(progress.until_next(now).min(left)) {
                Ok(event) => break Some(event),
                Err(RecvTimeoutError::Timeout) if started.elapsed() >= self.duration => break None,
                Err(RecvTimeoutError::Timeout) => progress.show(&snapshot()),
                Err(RecvTimeoutError::Disconnected) => unreachable!("this function's caller holds a sender"),
            }
        };
        let was_interrupted = end == Some(Event::Interrupted);
        progress.end(&snapshot(), was_interrupted);
        was_interrupted
    }
}
