//! `Law` and `applies`: the table of all laws, and where one does not apply.

use crate::backend::{Backend, Skill};
use crate::promise::{Ability, Promise};
use std::fmt;

/// Why a law does not apply, in words.
pub type Reason = &'static str;

/// One row of the table: a law, what it needs, and how it is run.
pub struct Law<B> {
    /// The last word of the names of its trials: the function's name, a sentence.
    pub name: &'static str,
    /// Runs it on a fresh database; it panics where the law is broken.
    pub run: fn(&B),
    /// Whether it measures time, and must run with no other law beside it.
    pub alone: bool,
    abilities: &'static [Ability],
    skill: Option<Skill>,
    only: Option<(&'static str, Reason)>,
}

impl<B> Law<B> {
    /// A law that needs nothing, or these abilities of its strategy.
    pub const fn new(name: &'static str, abilities: &'static [Ability], run: fn(&B)) -> Self {
        Self { name, run, alone: false, abilities, skill: None, only: None }
    }

    /// The same law, which needs a skill of its driver too.
    pub const fn needing(mut self, skill: Skill) -> Self {
        self.skill = Some(skill);
        self
    }

    /// The same law, about the options of one strategy.
    pub const fn only(mut self, strategy: &'static str, reason: Reason) -> Self {
        self.only = Some((strategy, reason));
        self
    }

    /// The same law, which measures time.
    pub const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }
}

impl<B> fmt::Debug for Law<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Whether a law applies to a strategy and a driver, else in words why not.
pub fn applies<B: Backend, S: Promise>(law: &Law<B>) -> Result<(), Reason> {
    match law.only {
        Some((strategy, reason)) if strategy != S::NAME => return Err(reason),
        _ => {}
    }
    law.abilities.iter().try_for_each(|ability| S::has(*ability))?;
    law.skill.map_or(Ok(()), B::has)
}
