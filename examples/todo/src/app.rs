//! `App`: what every request can reach.

use std::sync::Arc;

use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{database::Pool, failure::Failure, report::Report};

/// How many requests may wait for a connection. What comes beyond them is refused at once.
///
/// It is also why the threads of `spawn_blocking`, of which there are at most 512, do not run out below 400 connections:
/// each waits for a connection or has one, no longer than the pool's timeout and the database's allow.
const WAITING: usize = 100;

/// What every request can reach. Cheap to clone: all clones are one.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pool: Pool,
    places: Arc<Semaphore>,
}

impl App {
    pub(crate) fn new(pool: Pool, connections: usize) -> Self {
        Self { pool, places: Arc::new(Semaphore::new(connections + WAITING)) }
    }

    /// Runs what blocks on a thread that may block. The work gets its connection there itself, by `pool.get()`, so that
    /// the pool can name the line that has it. It runs to its end also if the client has gone.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Pool) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Failure::Crowded)?;
        let pool = self.pool.clone();
        spawn_blocking(move || {
            let _place = place;
            work(&pool)
        })
        .await?
    }

    /// The state of the pool. Waits for nobody, so it needs no other thread.
    pub(crate) fn status(&self) -> Report {
        self.pool.status().into()
    }
}
