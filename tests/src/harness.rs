//! The harness: makes the trials `driver::strategy::law` from the table, runs them, and keeps count.

use crate::backend::Backend;
use crate::backends::{DieselPostgres, DieselSqlite, Fake, Mysql, Postgres, R2d2, Sqlite};
use crate::catalogue;
use crate::kit::{alone, golden, panics};
use crate::promise::Promise;
use crate::rows::rows;
use crate::table::{Law, Reason, applies};
use cenote::{Assertion, Null, Queue, SingletonThread, Static};
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// All trials, and the table of how many there are.
#[derive(Debug, Default)]
pub struct Suite {
    trials: Vec<Trial>,
    counts: String,
    reasons: BTreeMap<(&'static str, &'static str), BTreeMap<Reason, usize>>,
}

impl Suite {
    /// Every driver with every strategy.
    pub fn new() -> Self {
        let mut suite = Self::default();
        suite.add_driver::<Fake>();
        suite.add_driver::<Sqlite>();
        suite.add_driver::<Postgres>();
        suite.add_driver::<Mysql>();
        suite.add_driver::<DieselSqlite>();
        suite.add_driver::<DieselPostgres>();
        suite.add_driver::<R2d2>();
        suite
    }

    /// The trials, with one more that compares the counts with the golden file, and those of the catalogue.
    pub fn trials(mut self) -> Vec<Trial> {
        let table = self.table();
        self.trials.push(Trial::test("table::golden", move || golden::compare("laws.golden", &table)));
        self.trials.extend(catalogue::trials());
        self.trials
    }

    fn add_driver<B: Backend>(&mut self) {
        self.add::<B, Queue>();
        self.add::<B, SingletonThread>();
        self.add::<B, Null>();
        self.add::<B, Static>();
        self.add::<B, Assertion>();
    }

    fn add<B: Backend, S: Promise>(&mut self) {
        let (mut apply, mut do_not) = (0, 0);
        for law in rows::<B, S>() {
            match applies::<B, S>(&law) {
                Ok(()) => {
                    let name = format!("{}::{}::{}", B::NAME, S::NAME, law.name);
                    self.trials.push(Trial::test(name, move || judge(&law)));
                    apply += 1;
                }
                Err(reason) => {
                    *self.reasons.entry((B::NAME, S::NAME)).or_default().entry(reason).or_default() += 1;
                    do_not += 1;
                }
            }
        }
        let (driver, strategy) = (B::NAME, S::NAME);
        writeln!(self.counts, "{driver:<16} {strategy:<16} {apply:>7} {do_not:>14}")
            .expect("a string takes all");
    }

    fn table(&self) -> String {
        let mut table =
            format!("{:<16} {:<16} {:>7} {:>14}\n", "driver", "strategy", "applies", "does not apply");
        table.push_str(&self.counts);
        for ((driver, strategy), reasons) in &self.reasons {
            table.push_str(&format!("\n{driver}::{strategy} does not apply\n"));
            for (reason, count) in reasons {
                table.push_str(&format!("{count:>7}  {reason}\n"));
            }
        }
        table
    }
}

/// Runs a law for every variant of its driver: each gives it a fresh database, and looks after it when it is over.
fn judge<B: Backend>(law: &Law<B>) -> Result<(), Failed> {
    let _stage = alone::enter(law.alone);
    for backend in B::variants() {
        let fail = |words: String| Err(Failed::from(format!("[{}] {words}", backend.variant())));
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| (law.run)(&backend))) {
            return fail(panics::message(&*payload));
        }
        let breaches = backend.breaches();
        if !breaches.is_empty() {
            return fail(breaches.join("\n"));
        }
    }
    Ok(())
}
