//! Waiting for what others do: the event itself, and never a length of time.

use super::stopwatch::Stopwatch;
use std::time::Duration;

/// After this long without the event that a law waits for, the law is broken. No law's verdict depends on it
/// otherwise.
pub const WATCHDOG: Duration = Duration::from_secs(20);

/// Waits until `holds` says so, asking again and again while others run.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let waited = Stopwatch::start();
    while !holds() {
        assert!(waited.elapsed() < WATCHDOG, "waited in vain until {what}");
        std::thread::yield_now();
    }
}
