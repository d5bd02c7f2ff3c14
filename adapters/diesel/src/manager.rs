//! `DieselManager`: opens, cleans and checks Diesel connections to one database.

use std::{fmt, marker::PhantomData, time::Duration};

use cenote::{Fault, Manager, MayHang};

use crate::{
    database_url::DatabaseUrl, error::DieselError, poolable::Poolable, session::Session, transactions::End,
};

/// Opens, cleans and checks Diesel connections to one database.
///
/// Nothing is opened, and nothing is found wrong, before the first checkout: a mistake in the URL is the cause of its
/// [`Error::Connect`](cenote::Error::Connect).
///
/// ```
/// use cenote_diesel::{DieselManager, Pool, diesel::prelude::*};
///
/// let directory = tempfile::tempdir()?;
/// let path = directory.path().join("app.db");
/// let pool = Pool::new(DieselManager::<SqliteConnection>::new(path.to_str().unwrap()));
///
/// let conn = &mut pool.get()?;
/// diesel::sql_query("create table posts (title text not null)").execute(conn)?;
/// diesel::sql_query("insert into posts values ('first')").execute(conn)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What errors mean
///
/// Diesel passes on codes of few errors, so most are told by the words of SQLite, of libpq and of libmysqlclient. Those of
/// a server that speaks another language than English are [`Fault::Other`], unless Diesel knows better.
///
/// | error | [`Fault`] | because |
/// |---|---|---|
/// | the connection is closed, a statement could not be sent; for SQLite, the file went wrong | `Lost` | nothing more is to be had from it |
/// | too many connections, the server starts or stops, nobody listens; for SQLite, a lock | `Transient` | there may be another answer soon |
/// | a wrong password, an unknown user or database, a URL that is none, a path that cannot be opened | `Refused` | somebody has to mend it |
/// | any other | `Other` | it says nothing about the connection |
pub struct DieselManager<C> {
    url: DatabaseUrl,
    _connection: PhantomData<fn() -> C>,
}

impl<C: Poolable> DieselManager<C> {
    /// A database by its URL, or by a path where that is what the connection takes: whatever
    /// [`C::open`](Poolable::open) takes. Its password appears in no error and in no `Debug` text. Never blocks.
    ///
    /// ```
    /// use cenote_diesel::{DieselManager, diesel::PgConnection};
    ///
    /// let manager = DieselManager::<PgConnection>::new("postgres://me:hunter2@localhost/app?connect_timeout=5");
    /// assert!(!format!("{manager:?}").contains("hunter2"));
    /// ```
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: DatabaseUrl::new(url.into()), _connection: PhantomData }
    }
}

impl<C: Poolable> Manager for DieselManager<C> {
    type Connection = Session<C>;
    type Error = DieselError;

    /// Establishes a connection, which Diesel does without a time limit: the pool bounds it. What the URL can bound
    /// (`connect_timeout` for PostgreSQL) spares it a thread that hangs.
    fn connect(&self, _within: Duration) -> Result<Session<C>, DieselError> {
        let conn = C::open(self.url.as_str()).map_err(|error| self.url.without_secrets(error))?;
        Ok(Session::new(conn)?)
    }

    /// Asks the transaction manager, in memory, whether anything is open, and rolls it back through it; where anything
    /// may have been raw, sends one `ROLLBACK`. A test transaction stays.
    fn rollback(&self, session: &mut Session<C>) -> Result<(), DieselError> {
        Ok(session.end_transactions(End::Rollback)?)
    }

    fn is_valid(&self, session: &mut Session<C>, within: Duration) -> Result<(), DieselError> {
        Ok(session.conn.is_valid(within)?)
    }

    /// The transaction manager gave up, or the rows of a query were never dropped (`mem::forget`, a cycle of `Rc`).
    fn has_broken(&self, session: &mut Session<C>) -> bool {
        session.is_broken()
    }

    fn classify(&self, error: &DieselError) -> Fault {
        C::classify(error)
    }

    fn may_hang(&self) -> MayHang {
        C::MAY_HANG
    }
}

impl<C> fmt::Debug for DieselManager<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DieselManager").field("url", &self.url).finish()
    }
}
