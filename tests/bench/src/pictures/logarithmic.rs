//! `Logarithmic`: a scale on which equal distances are equal ratios.

/// Where values lie between two pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Logarithmic {
    values: (f64, f64),
    pixels: (i32, i32),
}

impl Logarithmic {
    /// A scale that has room for all the values: it begins at the round number below the least, and ends a little beyond
    /// the largest.
    pub(super) fn around(values: impl Iterator<Item = f64>, pixels: (i32, i32)) -> Option<Self> {
        let (least, most) = range(values)?;
        Some(Self { values: (round_below(least), most * 1.1), pixels })
    }

    /// A scale from the least of the values to the largest.
    pub(super) fn exactly(values: impl Iterator<Item = f64>, pixels: (i32, i32)) -> Option<Self> {
        let values = range(values)?;
        Some(Self { values, pixels })
    }

    /// The pixel at which a value lies.
    pub(super) fn at(&self, value: f64) -> i32 {
        let (from, to) = self.values;
        let part = (value / from).ln() / (to / from).ln();
        let (first, last) = (f64::from(self.pixels.0), f64::from(self.pixels.1));
        (first + part.clamp(0.0, 1.0) * (last - first)).round() as i32
    }

    /// The round numbers on it: 1, 2 and 5 of each power of ten or, if those are many, the powers alone.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let (from, to) = self.values;
        let steps: &[f64] = if to / from > 2000.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let powers = from.log10().floor() as i32..=to.log10().floor() as i32;
        let ticks = powers.flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
        ticks.filter(|tick| *tick >= from * 0.999 && *tick <= to).collect()
    }
}

/// The least and the largest of those that have a place on such a scale.
fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let values: Vec<_> = values.filter(|value| value.is_finite() && *value > 0.0).collect();
    Some((values.iter().copied().reduce(f64::min)?, values.iter().copied().reduce(f64::max)?))
}

/// The largest of 1, 2 and 5 times a power of ten that is clearly below the value.
fn round_below(value: f64) -> f64 {
    let power = 10_f64.powf((value * 0.95).log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= value * 0.95);
    step.unwrap_or(1.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_are_equal_distances() {
        let scale = Logarithmic { values: (1.0, 1000.0), pixels: (100, 400) };
        assert_eq!([1.0, 10.0, 100.0, 1000.0].map(|value| scale.at(value)), [100, 200, 300, 400]);
        assert_eq!(scale.ticks(), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
    }

    #[test]
    fn it_begins_below_the_least() {
        for (least, begin) in [(10.0, 5.0), (11.0, 10.0), (6.0, 5.0), (0.3, 0.2), (1.04, 0.5)] {
            assert_eq!(round_below(least), begin, "{least}");
        }
    }

    #[test]
    fn nothing_has_no_scale() {
        assert!(Logarithmic::around([f64::NAN, 0.0].into_iter(), (0, 1)).is_none());
    }
}
