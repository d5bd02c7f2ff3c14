//! `punctually`: whether something is over in time, on a machine that has other things to do.

use super::meeting::Meeting;
use super::stopwatch::Stopwatch;
use parking_lot::{Condvar, Mutex};
use std::fs;
use std::thread;
use std::time::Duration;

/// The deadline that laws about time give.
pub const DEADLINE: Duration = Duration::from_millis(50);

/// The promise: so long after its deadline a call is over.
const LATENESS: Duration = Duration::from_millis(20);

/// Runs what must be over not before its deadline, and within the promise after it.
///
/// What the machine takes is not the pool's fault, and is measured, not guessed: a thread beside it waits for the same
/// deadline, and may wake late; and the system counts how long threads of this process were ready and did not run. The
/// promise is beyond these. On a machine that has nothing else to do, both are next to nothing.
pub fn punctually<R>(what: &str, deadline: Duration, action: impl FnOnce() -> R) -> R {
    let meeting = Meeting::of(2);
    thread::scope(|scope| {
        let control = scope.spawn(|| {
            meeting.wait();
            let waits = Stopwatch::start();
            let (never, bell) = (Mutex::new(()), Condvar::new());
            while waits.elapsed() < deadline {
                bell.wait_for(&mut never.lock(), deadline.saturating_sub(waits.elapsed()));
            }
            waits.elapsed()
        });
        meeting.wait();
        let (before, acts) = (ready_and_not_run(), Stopwatch::start());
        let result = action();
        let elapsed = acts.elapsed();
        let taken = ready_and_not_run().saturating_sub(before);
        let woken = control.join().expect("it only waits");
        let latest = woken.max(deadline) + taken + LATENESS;
        assert!(
            elapsed >= deadline,
            "{what} was over after {elapsed:?}, before its deadline of {deadline:?}"
        );
        assert!(elapsed <= latest, "{what} took {elapsed:?}, where {latest:?} was the latest");
        result
    })
}

/// How long the threads of this process have been ready and did not run, so far. On Linux only; none elsewhere.
fn ready_and_not_run() -> Duration {
    let Ok(tasks) = fs::read_dir("/proc/self/task") else { return Duration::ZERO };
    let delays = tasks.flatten().filter_map(|task| {
        let counts = fs::read_to_string(task.path().join("schedstat")).ok()?;
        counts.split_whitespace().nth(1)?.parse().ok().map(Duration::from_nanos)
    });
    delays.sum()
}
