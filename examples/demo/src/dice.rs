//! `Dice`: random numbers that are the same in every run.

/// A xorshift generator: fast, small, and good enough to pick cities.
#[derive(Debug)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// Two threads with different numbers throw different sequences.
    pub(crate) fn of_thread(number: u32) -> Self {
        Self { state: (u64::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 }
    }

    /// A number from 0 to `sides` - 1.
    pub(crate) fn throw(&mut self, sides: u32) -> u32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        ((self.state >> 32) % u64::from(sides)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_comes_up_about_as_often() {
        let mut dice = Dice::of_thread(3);
        let mut counts = [0_u32; 6];
        for _ in 0..60_000 {
            counts[dice.throw(6) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
    }
}
