//! The trials: every strategy with every kind of driver, each with its share of the operations.

use super::candidate::Candidate;
use super::run::run;
use super::settings::Settings;
use crate::kit::panics::message;
use cenote::{Assertion, MayHang, Null, Queue, SingletonThread, Static};
use libtest_mimic::{Failed, Trial};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Whose calls run where: in the thread that causes them, or on the pool's workers.
const DRIVERS: [(&str, MayHang); 3] = [
    ("hangs-nowhere", MayHang::NOTHING),
    ("closes-at-once", MayHang { close: false, ..MayHang::ANYWHERE }),
    ("hangs-anywhere", MayHang::ANYWHERE),
];

/// The size of a pool that is resized, at its beginning.
const LARGEST: u64 = 5;

/// What a trial does with its seed and its operations.
type Run = Box<dyn FnOnce(u64, u64) -> Vec<String> + Send>;

/// A trial for every driver and every strategy. Its name says both.
pub fn trials(settings: Settings) -> Vec<Trial> {
    let runs: Vec<_> = DRIVERS.into_iter().flat_map(runs).collect();
    let each = settings.operations.div_ceil(runs.len() as u64);
    let numbered = runs.into_iter().zip(0..);
    numbered.map(|((name, run), number)| trial(name, run, settings, number, each)).collect()
}

fn runs((driver, may_hang): (&str, MayHang)) -> Vec<(String, Run)> {
    let queue = |size, overflow| Queue::new().size(size).max_overflow(overflow);
    let short = Duration::from_micros(500);
    [
        named("queue-affine", may_hang, queue(3, 0)),
        named("queue-strict", may_hang, queue(3, 0).strict()),
        named("queue-affine-with-overflow", may_hang, queue(2, 2)),
        named("queue-lifo", may_hang, queue(2, 0).lifo()),
        named("queue-lifo-with-overflow", may_hang, queue(1, 2).lifo()),
        named("queue-fifo", may_hang, queue(2, 0).fifo()),
        named("queue-fifo-with-overflow", may_hang, queue(1, 2).fifo()),
        named("queue-that-keeps-nothing", may_hang, queue(0, 3)),
        named("queue-without-limit", may_hang, Queue::new().size(2).unlimited_overflow()),
        named("queue-with-upkeep", may_hang, queue(3, 0).min_idle(2).idle_timeout(short).keepalive(short)),
        resized("queue-affine-that-is-resized", may_hang, queue(LARGEST as usize, 1)),
        resized("queue-fifo-that-is-resized", may_hang, queue(LARGEST as usize, 0).fifo()),
        named("singleton-thread", may_hang, SingletonThread::new().size(4)),
        named("null", may_hang, Null::new()),
        named("static", may_hang, Static::new()),
        named("assertion", may_hang, Assertion::new()),
    ]
    .map(|(strategy, run)| (format!("{driver}::{strategy}"), run))
    .into()
}

fn named<S: Candidate>(name: &str, may_hang: MayHang, strategy: S) -> (&str, Run) {
    (name, Box::new(move |seed, operations| run(strategy, None, may_hang, seed, operations)))
}

/// One that begins with its largest size, and has any from 1 to that while it is used.
fn resized<S: Candidate>(name: &str, may_hang: MayHang, strategy: S) -> (&str, Run) {
    (name, Box::new(move |seed, operations| run(strategy, Some(LARGEST), may_hang, seed, operations)))
}

fn trial(name: String, run: Run, settings: Settings, number: u64, operations: u64) -> Trial {
    Trial::test(name, move || {
        let seed = settings.seed.wrapping_add(number);
        let breaches = catch_unwind(AssertUnwindSafe(|| run(seed, operations)))
            .unwrap_or_else(|payload| vec![message(&*payload)]);
        if breaches.is_empty() {
            return Ok(());
        }
        Err(Failed::from(format!("to try again: {settings}\n{}", breaches.join("\n"))))
    })
}
