//! Waiting for what a server does: asking again until it has happened.

use std::time::{Duration, Instant};

/// After this long, what was waited for will not happen any more.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Asks until the answer is yes, and says whether it ever was.
pub(crate) fn wait_until(mut holds: impl FnMut() -> bool) -> bool {
    let begun = now();
    while !holds() {
        if begun.elapsed() > PATIENCE {
            return false;
        }
        rest();
    }
    true
}

#[expect(
    clippy::disallowed_methods,
    reason = "a server is another process: it tells nobody when it is ready"
)]
fn rest() {
    std::thread::sleep(Duration::from_millis(2));
}

#[expect(
    clippy::disallowed_methods,
    reason = "a server that never comes up must not be waited for without end"
)]
fn now() -> Instant {
    Instant::now()
}
