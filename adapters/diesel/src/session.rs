//! `Session`: a Diesel connection that remembers what was done to it.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use diesel::{
    query_builder::QueryFragment,
    result::{DatabaseErrorKind, Error, QueryResult},
};

use crate::{
    poolable::Poolable,
    statement::{is_typed, leaves_nothing_open},
    transactions::{self, End, Outermost, end_levels},
};

/// A Diesel connection that remembers whether a transaction may be open of which its transaction manager knows nothing.
///
/// It is what the core's pool keeps and what its hooks are given. It derefs to the connection, and is a
/// [`diesel::Connection`] itself: what goes through that is seen, so that a return of queries alone costs no round trip.
/// Whoever takes `&mut` of the connection may do anything with it, and pays one rollback at the return.
///
/// ```
/// use cenote_diesel::{DieselManager, Pool, diesel::prelude::*};
///
/// let pool = Pool::<SqliteConnection>::builder(DieselManager::new(":memory:"))
///     .on_connect(|session, _record| {
///         diesel::sql_query("PRAGMA foreign_keys = on").execute(session)?;
///         Ok(())
///     })
///     .build()?;
/// # drop(pool.get()?);
/// # Ok::<(), cenote_diesel::Error>(())
/// ```
pub struct Session<C: Poolable> {
    pub(crate) conn: C,
    /// Whether a transaction may be open that the manager does not know of, or the connection may have ended: a rollback
    /// tells.
    pub(crate) may_be_open: bool,
    /// Whether any statement begins a transaction.
    begins_by_itself: bool,
    /// Whether the rows of a query are still being read.
    pub(crate) is_read: bool,
    /// Whether the connection lives in a test transaction, which is begun anew when something ended it.
    is_for_tests: bool,
}

impl<C: Poolable> Session<C> {
    pub(crate) fn new(mut conn: C) -> QueryResult<Self> {
        let begins_by_itself = conn.begins_by_itself()?;
        Ok(Self {
            conn,
            may_be_open: begins_by_itself,
            begins_by_itself,
            is_read: false,
            is_for_tests: false,
        })
    }

    /// The bare connection, as it is: what is open stays open.
    pub fn into_connection(this: Self) -> C {
        this.conn
    }

    /// Whether it must not be used any more: the transaction manager gave up, or the rows of a query were never dropped.
    pub(crate) fn is_broken(&mut self) -> bool {
        self.is_read || transactions::open(&mut self.conn).is_err()
    }

    /// Begins the test transaction in which the connection lives from now on.
    pub(crate) fn live_in_test_transaction(&mut self) -> QueryResult<()> {
        self.is_for_tests = true;
        self.conn.begin_test_transaction()
    }

    /// Notes that anything may be done now.
    pub(crate) fn note_anything(&mut self) {
        self.may_be_open = true;
    }

    /// Notes a query before it is sent. One of Diesel's own costs nothing; of any other the text is made.
    #[inline]
    pub(crate) fn note<T: QueryFragment<C::Backend>>(&mut self, query: &T) {
        if !is_typed::<T>() && !self.may_be_open {
            self.note_text_of(query);
        }
    }

    /// Notes a text before it is sent.
    pub(crate) fn note_text(&mut self, sql: &str) {
        self.may_be_open |= !leaves_nothing_open(sql);
    }

    /// Passes on what became of a query. An error that only a server in order tells costs nothing; after any other the
    /// connection may have ended, of which Diesel's manager is not told on MySQL, and the rollback at the return finds out.
    #[inline]
    pub(crate) fn note_end<T>(&mut self, answer: QueryResult<T>) -> QueryResult<T> {
        self.may_be_open |= may_be_the_end(&answer);
        answer
    }

    fn note_text_of(&mut self, query: &impl QueryFragment<C::Backend>) {
        match C::text_of(query) {
            Some(text) => self.note_text(&text),
            None => self.note_anything(),
        }
    }

    /// Ends whatever transaction is open or may be. What the manager knows of costs a round trip for each level, what it
    /// may not know of costs one more, and where there is neither, nobody is asked.
    #[inline]
    pub(crate) fn end_transactions(&mut self, end: End) -> QueryResult<()> {
        let open = transactions::open(&mut self.conn)?;
        if open.levels == 0 && !self.may_be_open && !self.is_for_tests {
            return Ok(());
        }
        self.end_what_is_open(open.is_test, end)
    }

    #[cold]
    fn end_what_is_open(&mut self, is_test: bool, end: End) -> QueryResult<()> {
        match end_levels(&mut self.conn, end)? {
            // What was raw is part of the test.
            Outermost::Stays => return Ok(()),
            Outermost::WasNotOpen if self.may_be_open => self.conn.end_transaction(end.statement())?,
            Outermost::WasNotOpen | Outermost::Ended => {}
        }
        if self.may_be_open {
            if self.conn.begins_by_itself()? != self.begins_by_itself {
                return Err(changed());
            }
            self.may_be_open = self.begins_by_itself;
        }
        if is_test || self.is_for_tests { self.conn.begin_test_transaction() } else { Ok(()) }
    }
}

impl<C: Poolable> Deref for Session<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.conn
    }
}

impl<C: Poolable> DerefMut for Session<C> {
    /// From here on anything may be done to the connection, and nobody sees it.
    fn deref_mut(&mut self) -> &mut C {
        self.note_anything();
        &mut self.conn
    }
}

impl<C: Poolable> fmt::Debug for Session<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("may_be_open", &self.may_be_open).finish_non_exhaustive()
    }
}

/// Whether the connection may have ended with this.
#[inline]
pub(crate) fn may_be_the_end<T>(answer: &QueryResult<T>) -> bool {
    use DatabaseErrorKind::{
        CheckViolation, ExclusionViolation, ForeignKeyViolation, NotNullViolation, RestrictViolation,
        UniqueViolation,
    };
    !matches!(
        answer,
        Ok(_)
            | Err(Error::DatabaseError(
                CheckViolation
                    | ExclusionViolation
                    | ForeignKeyViolation
                    | NotNullViolation
                    | RestrictViolation
                    | UniqueViolation,
                _
            ))
    )
}

/// Why a connection is closed whose next user would find that what it writes is committed, or is not, otherwise than it
/// was for the first.
fn changed() -> Error {
    let text = "the connection was told to begin a transaction with each statement, or no longer to (SET autocommit)";
    Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(text.to_owned()))
}
