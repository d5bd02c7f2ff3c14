//! `CancelToken`: cancels a query of a session, as long as its checkout lasts.

use std::{fmt, sync::Arc};

use crate::{canceller::Canceller, cancels::Cancels, error::Error};

/// Cancels, from any thread, the query that a session is working on: the driver's token, which needs no TLS connector
/// because the manager's is used, and which can do no harm to the connection's next user.
///
/// It works until the connection comes home. A connection whose query somebody wanted cancelled is asked, on its way
/// home, whether it is in step; and where the request may still be under way, it is closed.
///
/// ```
/// # let url = cenote_servers::postgres().url();
/// use cenote_postgres::{Pool, PostgresManager, postgres::error::SqlState};
/// use std::thread;
///
/// let pool = Pool::new(PostgresManager::url(url)?);
/// let mut conn = pool.get()?;
/// let token = conn.cancel_token();
/// let error = thread::scope(|scope| {
///     let running = scope.spawn(|| conn.batch_execute("select pg_sleep(3600)"));
///     while !running.is_finished() {
///         token.cancel_query().unwrap(); // what comes before the query cancels nothing
///     }
///     running.join().unwrap().unwrap_err()
/// });
/// assert_eq!(error.code(), Some(&SqlState::QUERY_CANCELED));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct CancelToken {
    driver: postgres::CancelToken,
    checkout: u64,
    cancels: Arc<Cancels>,
    canceller: Canceller,
}

impl CancelToken {
    pub(crate) fn new(driver: postgres::CancelToken, cancels: &Arc<Cancels>, canceller: &Canceller) -> Self {
        let checkout = cancels.give_token();
        Self { driver, checkout, cancels: Arc::clone(cancels), canceller: canceller.clone() }
    }

    /// Asks the server to cancel what the session is doing. Does nothing once the connection went home.
    ///
    /// Blocks until the server has passed the request on, at most two seconds beyond what a connect takes; on a unix
    /// socket it is back as soon as the request is sent. The query fails with
    /// [`QUERY_CANCELED`](postgres::error::SqlState::QUERY_CANCELED), unless it was over before.
    ///
    /// # Errors
    ///
    /// The server could not be reached.
    pub fn cancel_query(&self) -> Result<(), Error> {
        let Some(request) = self.cancels.begin(self.checkout) else { return Ok(()) };
        if self.canceller.send(&self.driver)? {
            request.passed_on();
        }
        Ok(())
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelToken").finish_non_exhaustive()
    }
}
