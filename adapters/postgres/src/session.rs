//! `Session`: the driver's client, and what its byte stream showed.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    panic::resume_unwind,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use postgres::{Client, Error, SimpleQueryMessage};
use tokio::runtime::Handle;

use crate::{
    account::Account,
    cancel_token::CancelToken,
    canceller::Canceller,
    cancels::{Aftermath, Cancels},
    reset::Reset,
};

/// A connection: a [`postgres::Client`], to which it derefs, and what the bytes that went to and fro showed of its
/// transaction.
///
/// ```
/// # let url = cenote_servers::postgres().url();
/// use cenote_postgres::{Pool, PostgresManager};
///
/// let pool = Pool::new(PostgresManager::url(url)?);
/// let mut conn = pool.get()?;
/// conn.query_one("select 1", &[])?;
/// assert!(conn.is_certainly_idle()); // so its return costs no round trip
/// conn.batch_execute("begin")?;
/// assert!(!conn.is_certainly_idle()); // so its return costs one, which rolls back
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Take the client out of it (`mem::swap`) and the two no longer belong together: do not.
pub struct Session {
    client: Client,
    account: Arc<Account>,
    cancels: Arc<Cancels>,
    canceller: Canceller,
    /// Whether the session asks on its own account, so that notices are the answer to that.
    is_asking: Arc<AtomicBool>,
    /// How many questions it asked: each has an answer of its own.
    questions: u64,
    /// Whether it must not be lent again.
    is_broken: bool,
}

/// How what a user left open ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Rollback,
    Commit,
}

impl Session {
    pub(crate) fn new(
        client: Client,
        account: Arc<Account>,
        canceller: Canceller,
        is_asking: Arc<AtomicBool>,
    ) -> Self {
        Self {
            client,
            account,
            cancels: Arc::default(),
            canceller,
            is_asking,
            questions: 0,
            is_broken: false,
        }
    }

    /// Whether it is known, without asking the server, that no transaction is open and nothing is under way. Never
    /// blocks.
    ///
    /// Where the byte stream cannot be seen ([`PostgresManager`](crate::PostgresManager) says where) it is never
    /// known.
    pub fn is_certainly_idle(&self) -> bool {
        self.account.is_certainly_idle()
    }

    /// A token that cancels this session's query, until the connection comes home. It takes the place of
    /// [`Client::cancel_token`], whose requests nobody sees: one that comes late cancels the next user's query. So
    /// does a transaction's; take this one before you begin it.
    ///
    /// An example stands at [`CancelToken`].
    pub fn cancel_token(&self) -> CancelToken {
        CancelToken::new(self.client.cancel_token(), &self.cancels, &self.canceller)
    }

    /// Brings it back to what the next user expects, with one message where it is not known to be there already.
    ///
    /// The message ends with a question whose answer nobody else gets. If the driver takes another answer for it, it
    /// is out of step with the server, and the next user would read the previous one's result.
    pub(crate) fn end_transaction(&mut self, ending: Ending, reset: &Reset) -> Result<(), Error> {
        let aftermath = self.cancels.end_checkout();
        self.is_broken |= aftermath == Aftermath::Pending;
        let is_idle = self.account.is_certainly_idle();
        let is_clean = is_idle && (self.account.is_untouched() || !reset.goes_deeper());
        let is_lost = self.is_broken || self.client.is_closed();
        match ending {
            _ if is_clean && aftermath != Aftermath::PassedOn => Ok(()),
            // It is going to be closed: `has_broken` says so.
            Ending::Rollback if is_lost => Ok(()),
            Ending::Rollback => self.ask("rollback", reset),
            Ending::Commit if is_idle && is_lost => Ok(()),
            Ending::Commit => self.ask("commit", reset),
        }
    }

    /// Asks for a reset, whatever is known.
    pub(crate) fn reset(&mut self, reset: &Reset) -> Result<(), Error> {
        self.ask("rollback", reset)
    }

    pub(crate) fn has_broken(&self) -> bool {
        self.is_broken || self.client.is_closed() || self.cancels.end_checkout() != Aftermath::Nothing
    }

    fn ask(&mut self, end: &str, reset: &Reset) -> Result<(), Error> {
        self.questions += 1;
        let own = format!("cenote {}", self.questions);
        // The line break ends a comment at the end of a user's statement.
        let message = format!("{end}; {}\n; select '{own}'", reset.sql());
        self.is_asking.store(true, Ordering::Relaxed);
        let answers = where_tokio_is(|| self.client.simple_query(&message));
        self.is_asking.store(false, Ordering::Relaxed);
        let answers = answers?;
        let last_row = answers.iter().rev().find_map(|answer| match answer {
            SimpleQueryMessage::Row(row) => row.try_get(0).ok(),
            _ => None,
        });
        if last_row == Some(Some(own.as_str())) {
            self.account.settle();
        } else {
            self.is_broken = true;
        }
        Ok(())
    }
}

impl Deref for Session {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}

impl Drop for Session {
    /// The driver would wait for whatever the server still owes, for ever if it is hung.
    fn drop(&mut self) {
        self.account.leave();
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("is_certainly_idle", &self.is_certainly_idle())
            .field("is_closed", &self.client.is_closed())
            .finish_non_exhaustive()
    }
}

/// Runs it here; or, if this thread is ending and its tokio gone already, where the driver would panic, on another one.
fn where_tokio_is<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    if !Handle::try_current().is_err_and(|error| error.is_thread_local_destroyed()) {
        return work();
    }
    thread::scope(|scope| scope.spawn(work).join().unwrap_or_else(|panic| resume_unwind(panic)))
}
