//! `Server`: a driver for models of the whole pool, whose answers are fixed beforehand.

use super::bounds::seen;
use super::model_pool::Value;
use crate::manager::{Fault, Manager, MayHang};
use crate::pool::Pool;
use crate::strategy::Strategy;
use crate::sync::{Condvar, Mutex};
use std::fmt;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Connects and checks as it was told to. Each connection is a [`Value`], which loom watches.
#[derive(Debug)]
pub(super) struct Server {
    may_hang: MayHang,
    connects: Vec<Answer>,
    checks: Answer,
    asked: AtomicUsize,
    alive: AtomicUsize,
    gate: Arc<Gate>,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Good,
    Bad,
    Panic,
    /// It hangs until the gate is opened, then it is good.
    Late,
}

/// Where calls hang.
#[derive(Debug, Default)]
pub(super) struct Gate {
    open: Mutex<bool>,
    was_met: AtomicBool,
    bell: Condvar,
}

#[derive(Debug)]
pub(super) struct Refused;

impl Server {
    /// All calls run in their callers' threads, and all are good.
    pub(super) fn new() -> Self {
        Self {
            may_hang: MayHang::NOTHING,
            connects: Vec::new(),
            checks: Answer::Good,
            asked: AtomicUsize::new(0),
            alive: AtomicUsize::new(0),
            gate: Arc::default(),
        }
    }

    /// Connects run on workers, and the first of them end so. Those after them are good.
    pub(super) fn connects_aside(mut self, answers: &[Answer]) -> Self {
        self.may_hang.connect = true;
        self.connects = answers.to_vec();
        self
    }

    /// Checks run on workers, and end so.
    pub(super) fn checks_aside(mut self, answer: Answer) -> Self {
        self.may_hang.is_valid = true;
        self.checks = answer;
        self
    }

    /// Closes run on workers.
    pub(super) fn closes_aside(mut self) -> Self {
        self.may_hang.close = true;
        self
    }

    pub(super) fn gate(&self) -> Arc<Gate> {
        Arc::clone(&self.gate)
    }

    fn answer(&self, answer: Answer) -> Result<(), Refused> {
        match answer {
            Answer::Good => Ok(()),
            Answer::Bad => Err(Refused),
            Answer::Panic => resume_unwind(Box::new(Refused)),
            Answer::Late => {
                self.gate.pass();
                Ok(())
            }
        }
    }
}

impl Manager for Server {
    type Connection = Value;
    type Error = Refused;

    fn connect(&self, _: Duration) -> Result<Value, Refused> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        self.answer(self.connects.get(number).copied().unwrap_or(Answer::Good))?;
        self.alive.fetch_add(1, Ordering::Relaxed);
        Ok(Value::new(0))
    }

    fn rollback(&self, value: &mut Value) -> Result<(), Refused> {
        value.use_it();
        Ok(())
    }

    fn is_valid(&self, value: &mut Value, _: Duration) -> Result<(), Refused> {
        value.use_it();
        self.answer(self.checks)
    }

    fn close(&self, value: Value) -> Result<(), Refused> {
        value.use_it();
        self.alive.fetch_sub(1, Ordering::Relaxed);
        Ok(())
    }

    fn classify(&self, _: &Refused) -> Fault {
        Fault::Other
    }

    fn may_hang(&self) -> MayHang {
        self.may_hang
    }
}

impl Gate {
    pub(super) fn open(&self) {
        *self.open.lock() = true;
        self.bell.notify_all();
    }

    pub(super) fn was_met(&self) -> bool {
        self.was_met.load(Ordering::Relaxed)
    }

    fn pass(&self) {
        self.was_met.store(true, Ordering::Relaxed);
        seen("a call hung");
        let mut open = self.open.lock();
        while !*open {
            self.bell.wait(&mut open);
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl std::error::Error for Refused {}

/// A pool in which callers wait without end, unless they say how long.
pub(super) fn pool<S: Strategy>(server: Server, strategy: S) -> Pool<Server, S> {
    Pool::builder(server).strategy(strategy).timeout(Duration::MAX).build().expect("good settings")
}

/// When all callers are home: what is open is idle, and lives at the server too. How many?
pub(super) fn idle_at_rest<S: Strategy>(pool: &Pool<Server, S>) -> usize {
    let status = pool.status();
    let alive = pool.manager().alive.load(Ordering::Relaxed);
    assert_eq!((status.waiting, status.open, status.idle), (0, alive, alive), "{alive} are alive");
    alive
}
