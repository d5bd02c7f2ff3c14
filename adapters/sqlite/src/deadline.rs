//! `Deadline`: the end of the time that one connect may take.

use std::time::{Duration, Instant};

use rusqlite::{Connection, Error};

/// The moment by which a connect has to be over, and how long it may wait for one lock until then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    /// None where the caller waits without end.
    moment: Option<Instant>,
    lock_wait: Duration,
}

impl Deadline {
    /// The moment that lies `within` from now.
    pub(crate) fn after(within: Duration, lock_wait: Duration) -> Self {
        Self { moment: now().checked_add(within), lock_wait }
    }

    /// What is left: nothing once the moment has passed, [`Duration::MAX`] where there is none.
    pub(crate) fn left(self) -> Duration {
        self.moment.map_or(Duration::MAX, |moment| moment.saturating_duration_since(now()))
    }

    /// Makes SQLite give up waiting for a lock in time. To be called before each statement that may wait.
    ///
    /// SQLite adds up what it meant to sleep, not what it slept, and was seen to be late by one part in twenty.
    pub(crate) fn bound(self, conn: &Connection) -> Result<(), Error> {
        let left = self.left();
        set_lock_wait(conn, self.lock_wait.min(left - left / 16))
    }
}

/// `Connection::busy_timeout`, which panics where the milliseconds overflow an `i32`: that is 24 days, and taken
/// for ever here.
pub(crate) fn set_lock_wait(conn: &Connection, wait: Duration) -> Result<(), Error> {
    const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);
    conn.busy_timeout(wait.min(LONGEST))
}

#[expect(
    clippy::disallowed_methods,
    reason = "SQLite waits in real time, so what its waits may take is counted in real time"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock_wait(deadline: Deadline) -> i64 {
        let conn = Connection::open_in_memory().unwrap();
        deadline.bound(&conn).unwrap();
        conn.pragma_query_value(None, "busy_timeout", |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_lock_is_waited_for_as_long_as_configured_and_never_beyond_the_deadline() {
        let second = Duration::from_secs(1);
        assert_eq!(lock_wait(Deadline::after(Duration::MAX, second)), 1000);
        assert!(lock_wait(Deadline::after(second, Duration::MAX)) <= 950);
        assert_eq!(lock_wait(Deadline::after(Duration::ZERO, second)), 0);
        assert_eq!(lock_wait(Deadline::after(Duration::MAX, Duration::MAX)), i64::from(i32::MAX));
    }
}
