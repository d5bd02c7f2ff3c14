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

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::App;
    use crate::{database, failure::Failure, options::Options, todos};

    #[tokio::test]
    async fn a_panic_costs_its_own_request_and_the_connection_that_it_had() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("todo.db").display().to_string();
        let options = Options::parse_from(["todo", "--database", &database, "--connections", "1"]);
        let app = App::new(database::open(&options).unwrap(), options.connections);
        let places = app.places.available_permits();
        let answer = app.run(|pool| -> Result<(), Failure> {
            let _conn = pool.get()?;
            panic!("a mistake in a handler");
        });
        assert!(matches!(answer.await, Err(Failure::Panic(_))));
        assert_eq!(app.places.available_permits(), places);
        let status = app.pool.status();
        assert_eq!((status.in_use, status.totals.closed_because(cenote::CloseReason::Panicked)), (0, 1));
        // The one connection that there may be can be opened anew.
        let todos = app.run(|pool| Ok(todos::list(&mut pool.get()?)?)).await;
        assert_eq!(todos.unwrap().len(), 0);
    }
}
