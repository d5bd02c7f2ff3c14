//! `Watch`: what a checkout must look at, worked out once from the settings.

use crate::settings::{PrePing, Reset, Settings};
use crate::time::Moment;
use crate::upkeep::Upkeep;
use std::time::Duration;

/// What a checkout must look at. What is off here costs a healthy checkout one test of a flag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch {
    /// Whether a checkout must know the time: for ages, idle times or holders.
    pub(crate) reads_clock: bool,
    /// Whether a return must know the time: for idle times.
    pub(crate) stamps_return: bool,
    pub(crate) holders: bool,
    pub(crate) rolls_back: bool,
    pub(crate) commits: bool,
    /// Whether a return is cleaned on a worker.
    pub(crate) cleans_aside: bool,
    pub(crate) asks_always: bool,
    /// From how much idle time on a connection is asked.
    asks_after: Moment,
    recycle: Option<Duration>,
    seed: u64,
}

impl Watch {
    pub(crate) fn new(settings: &Settings, keeps: bool, upkeep: Upkeep, commits: bool) -> Self {
        let idle = match settings.pre_ping {
            PrePing::IfIdleFor(idle) if keeps => Some(idle),
            _ => None,
        };
        let recycle = settings.recycle.filter(|_| keeps);
        let stamps_return = idle.is_some_and(|idle| !idle.is_zero()) || upkeep.period().is_some();
        Self {
            reads_clock: recycle.is_some() || stamps_return || settings.holders,
            stamps_return,
            holders: settings.holders,
            rolls_back: settings.reset == Reset::Rollback && !commits,
            commits,
            cleans_aside: settings.reset_timeout.is_some(),
            asks_always: keeps
                && (settings.pre_ping == PrePing::Always || idle.is_some_and(|idle| idle.is_zero())),
            asks_after: idle.map_or(Moment::NEVER, |idle| Moment::START.after(idle)),
            recycle,
            seed: settings.seed.unwrap_or(0),
        }
    }

    /// Whether one that has been idle since then is to be asked now.
    #[inline]
    pub(crate) fn asks(&self, idle_since: Moment, now: Moment) -> bool {
        now.to_bits().saturating_sub(idle_since.to_bits()) >= self.asks_after.to_bits()
    }

    /// When the `number`th connection, opened at this moment, must be replaced. Jitter shortens its age by up to a
    /// tenth, so that connections opened together do not all go together.
    pub(crate) fn expiry(&self, opened: Moment, number: u64) -> Moment {
        self.recycle.map_or(Moment::NEVER, |age| opened.after(age - age.mul_f64(self.share(number) / 10.0)))
    }

    /// The `number`th share of something, between nothing and all of it.
    pub(crate) fn share(&self, number: u64) -> f64 {
        f64::from(u32::try_from(scramble(self.seed ^ number) >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }
}

/// The finaliser of SplitMix64: each bit of the result depends on each of the number.
fn scramble(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_shortens_an_age_by_at_most_a_tenth_and_spreads_over_all_of_it() {
        let settings = Settings { recycle: Some(Duration::from_secs(1000)), ..Settings::default() };
        let watch = Watch::new(&settings, true, Upkeep::NONE, false);
        let ages: Vec<_> =
            (1..=1000).map(|number| watch.expiry(Moment::START, number).since(Moment::START)).collect();
        assert!(ages.iter().all(|age| (900..=1000).contains(&age.as_secs())), "{ages:?}");
        for tenth in 0..10 {
            let part = Duration::from_secs(900 + tenth * 10)..Duration::from_secs(910 + tenth * 10);
            assert!(ages.iter().any(|age| part.contains(age)), "none in {part:?}");
        }
    }
}
