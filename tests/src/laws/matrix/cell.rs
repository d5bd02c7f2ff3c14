//! `Cell`: one life with its mishaps, under its circumstance.

use super::circumstance::Circumstance;
use super::manner::Manner;
use super::mishap::Mishap;
use super::occasion::Occasion;
use crate::promise::Promise;
use std::fmt;

/// One life with its mishaps, under its circumstance.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) strategy: &'static str,
    pub(super) circumstance: Circumstance,
    pub(super) occasion: Occasion,
    pub(super) manner: Manner,
    pub(super) mishaps: Vec<Mishap>,
}

impl Cell {
    /// A life without a mishap.
    pub(super) fn new<S: Promise>(circumstance: Circumstance, occasion: Occasion, manner: Manner) -> Self {
        Self { strategy: S::NAME, circumstance, occasion, manner, mishaps: Vec::new() }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { strategy, circumstance, occasion, manner, mishaps } = self;
        let mishaps: Vec<_> = mishaps.iter().map(Mishap::to_string).collect();
        write!(f, "{strategy}, {circumstance}: {occasion:?}, {manner:?}, mishaps: [{}]", mishaps.join(", "))
    }
}
