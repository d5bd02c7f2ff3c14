//! The harness: makes the trials `driver::strategy::law` from the table, runs them, and keeps count.

use crate::backend::Backend;
use crate::backends::{DieselPostgres, DieselSqlite, Fake, Mysql, PgBouncer, Postgres, R2d2, Sqlite};
use crate::catalogue;
use crate::filter;
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
    drivers: Vec<Driver>,
    trials: Vec<Trial>,
    /// The laws that would run on drivers that are not compiled in.
    left_out: Vec<String>,
    counts: String,
    reasons: BTreeMap<(&'static str, &'static str), BTreeMap<Reason, usize>>,
}

#[derive(Debug)]
struct Driver {
    name: &'static str,
    /// None where the driver is not compiled in.
    login: Option<fn() -> Result<(), String>>,
}

impl Suite {
    /// Every driver with every strategy.
    pub fn new() -> Self {
        let mut suite = Self::default();
        suite.add_driver::<Fake>();
        suite.add_driver::<Sqlite>();
        suite.add_driver::<Postgres>();
        suite.add_driver::<PgBouncer>();
        suite.add_driver::<Mysql>();
        suite.add_driver::<DieselSqlite>();
        suite.add_driver::<DieselPostgres>();
        #[cfg(feature = "diesel-mysql")]
        suite.add_driver::<crate::backends::DieselMysql>();
        #[cfg(not(feature = "diesel-mysql"))]
        suite.count_driver::<Mysql>("diesel-mysql");
        suite.add_driver::<R2d2>();
        suite
    }

    /// Only the trials that a filter of the command line means.
    pub fn only(mut self, filter: &str) -> Self {
        self.trials.retain(|trial| filter::means(filter, trial.name()));
        self.left_out.retain(|name| filter::means(filter, name));
        self
    }

    /// Logs in once at each server that somebody named for a driver of these trials; else says in words why not.
    pub fn log_in(&self) -> Result<(), String> {
        let has_trials = |driver: &&Driver| self.trials.iter().any(|trial| driver.has(trial.name()));
        let mut logins = self.drivers.iter().filter(has_trials).filter_map(|driver| driver.login);
        logins.try_for_each(|login| login())
    }

    /// The drivers that are not compiled in, so that no law runs on them.
    pub fn left_out(&self) -> Vec<&'static str> {
        let left_out = self.drivers.iter().filter(|driver| self.left_out.iter().any(|name| driver.has(name)));
        left_out.map(|driver| driver.name).collect()
    }

    /// The trials, with one more that compares the counts with the golden file, and those of the catalogue.
    pub fn trials(mut self) -> Vec<Trial> {
        let table = self.table();
        self.trials.push(Trial::test("table::golden", move || golden::compare("laws.golden", &table)));
        self.trials.extend(catalogue::trials());
        self.trials
    }

    fn add_driver<B: Backend>(&mut self) {
        self.add_strategies::<B>(Driver { name: B::NAME, login: Some(B::login) });
    }

    /// Only counts the laws of a driver that is not compiled in, and has the skills of `B`.
    #[cfg(not(feature = "diesel-mysql"))]
    fn count_driver<B: Backend>(&mut self, name: &'static str) {
        self.add_strategies::<B>(Driver { name, login: None });
    }

    fn add_strategies<B: Backend>(&mut self, driver: Driver) {
        self.add::<B, Queue>(&driver);
        self.add::<B, SingletonThread>(&driver);
        self.add::<B, Null>(&driver);
        self.add::<B, Static>(&driver);
        self.add::<B, Assertion>(&driver);
        self.drivers.push(driver);
    }

    fn add<B: Backend, S: Promise>(&mut self, driver: &Driver) {
        let (driver, strategy, runs) = (driver.name, S::NAME, driver.login.is_some());
        let (mut apply, mut do_not) = (0, 0);
        for law in rows::<B, S>() {
            match applies::<B, S>(&law) {
                Ok(()) => {
                    let name = format!("{driver}::{strategy}::{}", law.name);
                    if runs {
                        self.trials.push(Trial::test(name, move || judge(&law)));
                    } else {
                        self.left_out.push(name);
                    }
                    apply += 1;
                }
                Err(reason) => {
                    *self.reasons.entry((driver, strategy)).or_default().entry(reason).or_default() += 1;
                    do_not += 1;
                }
            }
        }
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

impl Driver {
    /// Whether the trial of this name is about it.
    fn has(&self, name: &str) -> bool {
        name.split("::").next() == Some(self.name)
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
