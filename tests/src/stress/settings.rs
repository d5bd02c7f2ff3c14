//! `Settings`: the seed and the number of operations, from the environment.

use std::env;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// What a run is told.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Decides every operation of every thread, and every mishap of the driver. The threads still race.
    pub seed: u64,
    /// How many operations there are, in all trials together.
    pub operations: u64,
}

/// Enough to meet everything that can happen, and no more than a few seconds.
const SHORT_FORM: u64 = 150_000;

const SEED: &str = "CENOTE_STRESS_SEED";
const OPERATIONS: &str = "CENOTE_STRESS_OPERATIONS";

impl Settings {
    /// As the environment says; without it, a seed that nobody knows, and the short form.
    pub fn from_environment() -> Result<Self, String> {
        let seed = number(SEED)?.unwrap_or_else(|| RandomState::new().hash_one(0));
        Ok(Self { seed, operations: number(OPERATIONS)?.unwrap_or(SHORT_FORM) })
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SEED}={} {OPERATIONS}={}", self.seed, self.operations)
    }
}

fn number(name: &str) -> Result<Option<u64>, String> {
    let Some(text) = env::var_os(name) else { return Ok(None) };
    let number = text.to_str().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| format!("{name} is {text:?}, and has to be a whole number"))
}
