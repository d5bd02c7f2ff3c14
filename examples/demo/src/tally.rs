//! `Tally` and `Score`: what one thread counts; the score can be watched meanwhile.

use cenote::Error as PoolError;
use cenote_sqlite::rusqlite::Error as SqliteError;
use hdrhistogram::Histogram;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::failure::{Failure, is_busy};

/// What one thread has done. Only that thread counts; others look.
#[derive(Debug, Default)]
pub(crate) struct Score {
    reads: AtomicU64,
    writes: AtomicU64,
    forgotten: AtomicU64,
}

impl Score {
    pub(crate) fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }

    /// Shipments that the database said are committed.
    pub(crate) fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    /// Transactions left open on purpose.
    pub(crate) fn forgotten(&self) -> u64 {
        self.forgotten.load(Ordering::Relaxed)
    }

    pub(crate) fn count_read(&self) {
        self.reads.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_write(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_forgotten(&self) {
        self.forgotten.fetch_add(1, Ordering::Relaxed);
    }
}

/// How long one thread waited for connections, and what went wrong.
#[derive(Debug)]
pub(crate) struct Tally {
    /// In nanoseconds, of each `get`, whatever came of it.
    waits: Histogram<u64>,
    pub(crate) timeouts: u64,
    pub(crate) busy: u64,
    /// The words of the first timeout that found somebody with a connection out.
    pub(crate) example: Option<String>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let waits = Histogram::new(3).expect("three digits are within what a histogram can do");
        Self { waits, timeouts: 0, busy: 0, example: None }
    }

    pub(crate) fn count_wait(&mut self, wait: Duration) {
        let nanoseconds = wait.as_nanos().try_into().unwrap_or(u64::MAX);
        self.waits.record(nanoseconds).expect("a histogram that grows takes any value");
    }

    /// Counts what one can live with; gives back what ends the demo.
    pub(crate) fn count_failed_get(&mut self, error: PoolError<SqliteError>) -> Result<(), Failure> {
        match error {
            PoolError::Timeout { report, .. } => {
                self.timeouts += 1;
                if self.example.is_none() && !report.holders().is_empty() {
                    self.example = Some(report.to_string());
                }
            }
            PoolError::Connect { cause, .. } if is_busy(&cause) => self.busy += 1,
            error => return Err(error.into()),
        }
        Ok(())
    }

    /// As [`count_failed_get`](Self::count_failed_get), for a statement.
    pub(crate) fn count_failed_statement(&mut self, error: SqliteError) -> Result<(), Failure> {
        if !is_busy(&error) {
            return Err(error.into());
        }
        self.busy += 1;
        Ok(())
    }

    /// Takes another thread's figures in.
    pub(crate) fn add(&mut self, other: Self) {
        self.waits.add(other.waits).expect("a histogram that grows takes any other");
        self.timeouts += other.timeouts;
        self.busy += other.busy;
        self.example = self.example.take().or(other.example);
    }

    /// The wait that this share of all gets did not exceed, 1.0 for the longest.
    pub(crate) fn wait_at(&self, share: f64) -> Duration {
        Duration::from_nanos(self.waits.value_at_quantile(share))
    }
}
