//! `Deadline`: the end of the time that one connect may take.

use std::time::{Duration, Instant};

/// The moment by which a connect has to be over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    /// None where the caller waits without end.
    moment: Option<Instant>,
}

impl Deadline {
    /// The moment that lies `within` from now.
    pub(crate) fn after(within: Duration) -> Self {
        Self { moment: now().checked_add(within) }
    }

    /// What is left: nothing once the moment has passed, [`Duration::MAX`] where there is none.
    pub(crate) fn left(self) -> Duration {
        self.moment.map_or(Duration::MAX, |moment| moment.saturating_duration_since(now()))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the network takes real time, so what it may take is counted in real time"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_passes_and_one_without_end_never_does() {
        assert_eq!(Deadline::after(Duration::ZERO).left(), Duration::ZERO);
        assert!(Deadline::after(Duration::from_secs(60)).left() > Duration::from_secs(50));
        assert_eq!(Deadline::after(Duration::MAX).left(), Duration::MAX);
    }
}
