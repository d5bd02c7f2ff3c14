//! `punctually`: whether something is over in time, judged beside a thread that only waits.

use super::meeting::Meeting;
use super::stopwatch::Stopwatch;
use parking_lot::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// The deadline that laws about time give.
pub const DEADLINE: Duration = Duration::from_millis(50);

/// The promise: so long after its deadline a call is over.
const LATENESS: Duration = Duration::from_millis(20);

/// Runs what must be over not before its deadline, and within the promise after it. The end of the promise is when a
/// thread beside it wakes that was told to wait for so long: a machine that lets all threads sleep late is not the
/// pool's fault, and a pool that is late on a punctual machine has no excuse.
pub fn punctually<R>(what: &str, deadline: Duration, action: impl FnOnce() -> R) -> R {
    let meeting = Meeting::of(2);
    thread::scope(|scope| {
        let control = scope.spawn(|| {
            meeting.wait();
            let waits = Stopwatch::start();
            let (never, bell) = (Mutex::new(()), Condvar::new());
            while !bell
                .wait_for(&mut never.lock(), (deadline + LATENESS).saturating_sub(waits.elapsed()))
                .timed_out()
            {}
            waits.elapsed()
        });
        meeting.wait();
        let acts = Stopwatch::start();
        let result = action();
        let elapsed = acts.elapsed();
        let latest = control.join().expect("it only waits");
        assert!(
            elapsed >= deadline,
            "{what} was over after {elapsed:?}, before its deadline of {deadline:?}"
        );
        assert!(elapsed <= latest, "{what} took {elapsed:?}, where {latest:?} was the latest");
        result
    })
}
