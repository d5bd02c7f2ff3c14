//! The one door to the clock: `Clock`, `Moment` and `Deadline`.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A point on the pool's clock, in nanoseconds; comparable only with others of the same clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

impl Moment {
    pub(crate) const START: Self = Self(0);
    pub(crate) const NEVER: Self = Self(u64::MAX);

    pub(crate) fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)))
    }

    /// Zero if `earlier` is later: the coarse clock may be read out of order by two threads.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }

    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// Where a pool reads the time: the system's monotonic clock, or one that a test moves by hand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clock(Option<ManualClock>);

impl Clock {
    pub(crate) fn manual(clock: ManualClock) -> Self {
        Self(Some(clock))
    }

    /// The time to a few milliseconds, for ages and idle times: four times cheaper than an exact reading.
    #[inline]
    pub(crate) fn now(&self) -> Moment {
        match &self.0 {
            None => Moment(coarse_nanoseconds()),
            Some(manual) => manual.read(),
        }
    }

    /// The end of a wait. Waiting is always in real time; a manual clock only counts the reading.
    pub(crate) fn deadline(&self, within: Duration) -> Deadline {
        if let Some(manual) = &self.0 {
            manual.read();
        }
        Deadline::after(within)
    }
}

/// A moment of real time that is past, to the nanosecond: for spans of microseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Since(Instant);

impl Since {
    #[expect(clippy::disallowed_methods, reason = "the one door")]
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// Whether more time has passed than this. In a model time stands still, as all that happens there must happen again.
    pub(crate) fn is_longer_than(self, duration: Duration) -> bool {
        !cfg!(loom) && self.0.elapsed() > duration
    }
}

/// The end of one whole checkout, fixed at its beginning; none for a wait without end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    #[expect(clippy::disallowed_methods, reason = "the one door")]
    pub(crate) fn after(within: Duration) -> Self {
        Self(Instant::now().checked_add(within))
    }

    pub(crate) fn instant(self) -> Option<Instant> {
        self.0
    }

    /// What is left: zero when it has passed, [`Duration::MAX`] when there is no end.
    #[expect(clippy::disallowed_methods, reason = "the one door")]
    pub(crate) fn remaining(self) -> Duration {
        self.0.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }
}

/// A clock that stands still until a test moves it, and counts how often it is read.
///
/// ```
/// use cenote::testing::ManualClock;
/// use std::time::Duration;
///
/// let clock = ManualClock::new();
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.reads(), 0);
/// ```
#[derive(Clone, Default)]
pub struct ManualClock(Arc<Hands>);

#[derive(Default)]
struct Hands {
    nanoseconds: AtomicU64,
    reads: AtomicU64,
}

impl ManualClock {
    /// A clock at its start.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        self.0.nanoseconds.fetch_add(by, Ordering::Relaxed);
    }

    /// How often pools have read it so far, deadlines included.
    pub fn reads(&self) -> u64 {
        self.0.reads.load(Ordering::Relaxed)
    }

    fn read(&self) -> Moment {
        self.0.reads.fetch_add(1, Ordering::Relaxed);
        Moment(self.0.nanoseconds.load(Ordering::Relaxed))
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ManualClock({} ns)", self.0.nanoseconds.load(Ordering::Relaxed))
    }
}

#[cfg(target_os = "linux")]
#[inline]
fn coarse_nanoseconds() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::MonotonicCoarse);
    (time.tv_sec as u64).wrapping_mul(1_000_000_000).wrapping_add(time.tv_nsec as u64)
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "the one door")]
fn coarse_nanoseconds() -> u64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    u64::try_from(START.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}
