//! `Waits`: when each get began and was served, and what that tells of the order among those that waited.

use std::time::{Duration, Instant};

/// One get.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wait {
    pub(crate) began: Instant,
    pub(crate) served: Instant,
}

/// Percentiles, in microseconds.
pub(crate) struct Percentiles {
    sorted: Vec<Duration>,
}

impl Percentiles {
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        Self { sorted: durations }
    }

    /// The least value that this share of all does not exceed.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let rank = (share * self.sorted.len() as f64).ceil() as usize;
        let value = self.sorted.get(rank.clamp(1, self.sorted.len().max(1)) - 1);
        value.map_or(f64::NAN, |value| value.as_nanos() as f64 / 1e3)
    }
}

/// How many gets, at the most, began after one and were served before it.
pub(crate) fn most_overtakes(waits: &mut [Wait]) -> usize {
    waits.sort_unstable_by_key(|wait| wait.served);
    let mut by_begin: Vec<_> = (0..waits.len()).collect();
    by_begin.sort_unstable_by_key(|rank| std::cmp::Reverse(waits[*rank].began));
    let mut later = Counts::new(waits.len());
    by_begin.into_iter().map(|rank| later.below_then_add(rank)).max().unwrap_or(0)
}

/// Jain's index: 1 if all had as many, 1 / n if one had all.
pub(crate) fn jain(counts: &[usize]) -> f64 {
    let sum: f64 = counts.iter().map(|count| *count as f64).sum();
    let squares: f64 = counts.iter().map(|count| (*count as f64).powi(2)).sum();
    sum * sum / (counts.len() as f64 * squares)
}

/// A Fenwick tree: how many of the ranks added so far are below another.
struct Counts(Vec<usize>);

impl Counts {
    fn new(ranks: usize) -> Self {
        Self(vec![0; ranks + 1])
    }

    fn below_then_add(&mut self, rank: usize) -> usize {
        let mut below = 0;
        let mut at = rank;
        while at > 0 {
            below += self.0[at];
            at &= at - 1;
        }
        at = rank + 1;
        while at < self.0.len() {
            self.0[at] += 1;
            at += at & at.wrapping_neg();
        }
        below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overtake_began_later_and_was_served_earlier() {
        let start = Instant::now();
        let wait = |began, served| {
            let at = |ms| start + Duration::from_millis(ms);
            Wait { began: at(began), served: at(served) }
        };
        assert_eq!(most_overtakes(&mut [wait(0, 5), wait(1, 6), wait(2, 7)]), 0);
        assert_eq!(most_overtakes(&mut [wait(0, 9), wait(1, 6), wait(2, 7), wait(10, 11)]), 2);
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let all = Percentiles::new((1..=100).map(Duration::from_micros).collect());
        assert_eq!((all.at(0.5), all.at(0.99), all.at(1.0)), (50.0, 99.0, 100.0));
    }

    #[test]
    fn jain_tells_equal_from_unequal() {
        assert_eq!((jain(&[3, 3, 3]), jain(&[9, 0, 0])), (1.0, 1.0 / 3.0));
    }
}
