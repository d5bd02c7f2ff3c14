//! `Schedule`: when callers arrive, independent of each other, and the same for the same seed.

use std::time::Duration;

/// Poisson arrivals: when each is due, counted from the start.
#[derive(Debug, PartialEq)]
pub(crate) struct Schedule {
    due: Vec<Duration>,
}

/// `SplitMix64` (Steele, Lea, Flood 2014): 64 bits of state, which is enough for gaps.
struct SplitMix64(u64);

impl Schedule {
    /// So many arrivals a second, on average, for so long.
    pub(crate) fn new(seed: u64, per_second: f64, length: Duration) -> Self {
        let mut random = SplitMix64(seed);
        let gaps = std::iter::repeat_with(move || random.exponential() / per_second);
        let moments = gaps.scan(0.0, |now, gap| {
            *now += gap;
            Some(Duration::from_secs_f64(*now))
        });
        Self { due: moments.take_while(|due| *due < length).collect() }
    }

    /// When this one is due; none after the last.
    pub(crate) fn due(&self, number: usize) -> Option<Duration> {
        self.due.get(number).copied()
    }
}

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Exponentially distributed with mean 1.
    fn exponential(&mut self) -> f64 {
        // As many bits as a double holds, so that the uniform number is below 1 and its complement above 0.
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        -(1.0 - uniform).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: Duration = Duration::from_secs(10);

    #[test]
    fn the_same_seed_gives_the_same_schedule_and_another_seed_another() {
        assert_eq!(Schedule::new(1, 1000.0, LENGTH), Schedule::new(1, 1000.0, LENGTH));
        assert_ne!(Schedule::new(1, 1000.0, LENGTH), Schedule::new(2, 1000.0, LENGTH));
    }

    #[test]
    fn arrivals_come_in_order_within_the_length_and_then_no_more() {
        let schedule = Schedule::new(3, 1000.0, LENGTH);
        assert!(schedule.due.is_sorted());
        let last = schedule.due.len() - 1;
        assert!(schedule.due(last).unwrap() < LENGTH);
        assert_eq!(schedule.due(last + 1), None);
    }

    #[test]
    fn gaps_have_the_mean_and_the_spread_of_a_poisson_process() {
        let Schedule { due } = Schedule::new(4, 1000.0, LENGTH);
        let gaps: Vec<_> = due.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let variance = gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / gaps.len() as f64;
        assert!((mean * 1000.0 - 1.0).abs() < 0.05, "mean gap {mean} s");
        assert!((variance.sqrt() / mean - 1.0).abs() < 0.05, "its deviation equals its mean");
    }

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix64(0);
        assert_eq!([random.next(), random.next()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    }
}
