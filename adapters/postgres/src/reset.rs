//! `Reset`: what a connection is brought back to when it comes home.

use std::borrow::Cow;

/// How much of what a user leaves in a session the next one does not find. Chosen with
/// [`PostgresManager::with_reset`](crate::PostgresManager::with_reset); whether anything is reset at all, the pool
/// decides ([`cenote::Reset`]).
///
/// Whatever it is, it is one message to the server. After a commit
/// ([`commit_on_return`](cenote::Builder::commit_on_return)) the same is reset as after a rollback.
///
/// ```
/// # let url = cenote_servers::postgres().url();
/// use cenote_postgres::{Pool, PostgresManager, Reset};
///
/// let pool = Pool::new(PostgresManager::url(url)?.with_reset(Reset::Session));
/// pool.get()?.batch_execute("set search_path = nowhere")?;
/// let row = pool.get()?.query_one("show search_path", &[])?;
/// assert_eq!(row.get::<_, &str>(0), "\"$user\", public");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Reset {
    /// The open transaction, if there is one; nothing is sent where there is none, and that is known. The default.
    #[default]
    Rollback,
    /// Everything that a session can hold, except prepared statements: role, settings, cursors, `LISTEN`, advisory
    /// locks, temporary tables, the last values of sequences. One round trip for each checkout in which anything was
    /// asked. Settings go back to what the connect gave them (`options` in the URL); those of a connect hook are lost.
    ///
    /// `DISCARD ALL` would do the same and break the connection: the driver has statements of its own, with which it
    /// reads about types.
    Session,
    /// The open transaction, and then this, in the same message: one or more statements that may stand in a
    /// transaction. One round trip, as with `Session`.
    ///
    /// The first connect tries it, so that a mistake is that connect's error.
    Statement(Cow<'static, str>),
}

impl Reset {
    /// A statement, or several with `;` between them.
    ///
    /// ```
    /// use cenote_postgres::Reset;
    ///
    /// let reset = Reset::statement("reset role; reset search_path");
    /// assert!(matches!(reset, Reset::Statement(_)));
    /// ```
    pub fn statement(sql: impl Into<Cow<'static, str>>) -> Self {
        Self::Statement(sql.into())
    }

    /// What is sent after the end of the transaction.
    pub(crate) fn sql(&self) -> &str {
        match self {
            Self::Rollback => "",
            Self::Session => {
                "close all; set session authorization default; reset all; unlisten *; \
                 select pg_advisory_unlock_all(); discard temp; discard sequences"
            }
            Self::Statement(sql) => sql,
        }
    }

    /// Whether there is something to reset where no transaction is open.
    pub(crate) fn goes_deeper(&self) -> bool {
        *self != Self::Rollback
    }
}
