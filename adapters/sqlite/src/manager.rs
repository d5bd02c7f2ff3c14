//! `SqliteManager`: opens, cleans and checks connections to one SQLite database.

use std::{fmt, path::Path, time::Duration};

use cenote::{Fault, Manager, MayHang};
use rusqlite::{Connection, Error, ErrorCode, OpenFlags, TransactionBehavior, ffi};

use crate::{
    database::Database,
    deadline::{Deadline, set_lock_wait},
    fault::{classify, during, failure, is_locked, misuse},
    forgotten::{forgotten, holds_a_lock},
    journal::{self, JournalMode},
    location::Location,
    pragma::Pragma,
};

/// Opens, cleans and checks connections to one SQLite database.
///
/// Nothing is opened, and nothing is found wrong, before the first checkout: a mistake in a path or a pragma is the
/// cause of its [`Error::Connect`](cenote::Error::Connect), in a text that names the method to change.
///
/// ```
/// use cenote_sqlite::{Pool, SqliteManager};
/// use std::time::Duration;
///
/// let directory = tempfile::tempdir()?;
/// let manager = SqliteManager::file(directory.path().join("app.db"))
///     .with_busy_timeout(Duration::from_secs(10))
///     .with_pragma("synchronous", "normal")
///     .with_pragma("cache_size", -16_000);
/// let pool = Pool::new(manager);
///
/// let conn = pool.get()?;
/// conn.execute_batch("create table t(v); insert into t values (42)")?;
/// assert_eq!(conn.query_row("select v from t", [], |row| row.get::<_, i64>(0))?, 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What errors mean
///
/// | error | [`Fault`] | because |
/// |---|---|---|
/// | `BUSY`, `LOCKED`, `PROTOCOL` | `Transient` | somebody else holds a lock: the database is there and well |
/// | `FULL`, `NOMEM` | `Transient` | there may be room again |
/// | `NOTADB`, `CORRUPT`, `IOERR` | `Lost` | the file under the connection went wrong |
/// | `READONLY_DBMOVED` | `Lost` | the file was deleted or replaced |
/// | `CANTOPEN`, `PERM`, `READONLY`, `AUTH`, `NOLFS`, `MISUSE`, a path that is none | `Refused` | somebody has to mend it |
/// | any other | `Other` | it says nothing about the connection |
pub struct SqliteManager {
    location: Location,
    flags: OpenFlags,
    journal_mode: Option<JournalMode>,
    busy_timeout: Duration,
    foreign_keys: bool,
    transaction_behavior: TransactionBehavior,
    pragmas: Vec<Pragma>,
    database: Database,
}

impl SqliteManager {
    /// A database in a file, which is created if it does not exist; its directory must exist.
    ///
    /// The path is taken as it is, and a relative one is settled now: it means the same after the process changed
    /// its directory. The file is brought to [`JournalMode::Wal`] if it can have it, see
    /// [`with_journal_mode`](Self::with_journal_mode). Never blocks.
    ///
    /// ```
    /// use cenote_sqlite::{Pool, SqliteManager};
    ///
    /// let error = Pool::new(SqliteManager::file("/no/such/directory/app.db")).get().unwrap_err();
    /// assert!(error.to_string().contains("there is no directory /no/such/directory; create it first"));
    /// ```
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self::new(Location::file(path.as_ref()))
    }

    /// A new database in memory, of at most 1 GiB, that all connections of this manager share. Each call makes one
    /// of its own, and it lives as long as the manager: connections may come and go.
    ///
    /// It works with every strategy. A writer shuts out all others, as in [`JournalMode::Delete`], for the
    /// microseconds that memory takes. One more connection, in no pool and in no count, keeps it alive.
    /// Never blocks.
    ///
    /// ```
    /// use cenote_sqlite::{Pool, SqliteManager};
    ///
    /// let pool = Pool::new(SqliteManager::memory());
    /// pool.get()?.execute_batch("create table t(v); insert into t values (42)")?;
    /// pool.invalidate(); // whatever was open is closed
    /// assert_eq!(pool.get()?.query_row("select v from t", [], |row| row.get::<_, i64>(0))?, 42);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn memory() -> Self {
        Self::new(Location::memory())
    }

    /// A new database in memory for each connection, which is gone with it.
    ///
    /// In a pool this makes sense where a connection is the unit: with `Static` there is one, with
    /// `SingletonThread` one for each thread, with `Null` a new one for each checkout. Never blocks.
    ///
    /// ```
    /// use cenote::Null;
    /// use cenote_sqlite::{Pool, SqliteManager};
    ///
    /// let pool: Pool<Null> = Pool::builder(SqliteManager::private_memory()).strategy(Null::new()).build()?;
    /// pool.get()?.execute_batch("create table t(v)")?;
    /// pool.get()?.execute_batch("create table t(v)")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn private_memory() -> Self {
        Self::new(Location::PrivateMemory)
    }

    /// A database by a URI, `file:PATH?NAME=VALUE&..`, with [SQLite's parameters](https://sqlite.org/uri.html).
    ///
    /// Values of other parameters (an encryption extension's `key`) never appear in errors or in `Debug`. A
    /// database in memory must be a shared one (`cache=shared`, or `vfs=memdb` and a path that begins with a
    /// slash), and is kept alive as that of [`memory`](Self::memory). Never blocks.
    ///
    /// ```
    /// use cenote_sqlite::{Pool, SqliteManager};
    ///
    /// let directory = tempfile::tempdir()?;
    /// let path = directory.path().join("app.db");
    /// Pool::new(SqliteManager::file(&path)).get()?.execute_batch("create table t(v)")?;
    ///
    /// let pool = Pool::new(SqliteManager::uri(format!("file:{}?mode=ro", path.display())));
    /// assert!(pool.get()?.execute_batch("drop table t").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn uri(uri: impl Into<String>) -> Self {
        Self::new(Location::uri(uri.into()))
    }

    /// Opens with these flags in place of [`OpenFlags::default()`]: to read and write, to create, without a mutex.
    ///
    /// ```
    /// use cenote_sqlite::{Pool, SqliteManager, rusqlite::OpenFlags};
    ///
    /// let manager = SqliteManager::file("no-such.db").with_flags(OpenFlags::SQLITE_OPEN_READ_ONLY);
    /// let error = Pool::new(manager).get().unwrap_err();
    /// assert!(error.to_string().contains("there is no such file"));
    /// ```
    #[must_use]
    pub fn with_flags(mut self, flags: OpenFlags) -> Self {
        self.flags = flags;
        self
    }

    /// Brings the file to this mode, once, by the first connection. Not called, that is [`JournalMode::Wal`]
    /// wherever the database can have it: a pool is there so that several work at once, and
    /// in SQLite's own default a few busy writers keep the readers out.
    ///
    /// That first connect waits, within its deadline and the busy timeout, for others that use the database, and
    /// fails if they do not make way.
    ///
    /// ```
    /// use cenote_sqlite::{JournalMode, SqliteManager};
    ///
    /// let manager = SqliteManager::file("app.db").with_journal_mode(JournalMode::AsFound);
    /// ```
    #[must_use]
    pub fn with_journal_mode(mut self, journal_mode: JournalMode) -> Self {
        self.journal_mode = Some(journal_mode);
        self
    }

    /// How long a statement waits for a lock that another connection holds before it fails with `BUSY`: 5 seconds,
    /// if this is not called. Zero does not wait. A connect waits no longer than its own deadline allows.
    ///
    /// ```
    /// use cenote_sqlite::SqliteManager;
    /// use std::time::Duration;
    ///
    /// let manager = SqliteManager::file("app.db").with_busy_timeout(Duration::from_secs(30));
    /// ```
    #[must_use]
    pub fn with_busy_timeout(mut self, busy_timeout: Duration) -> Self {
        const TICK: Duration = Duration::from_millis(1);
        self.busy_timeout = if busy_timeout.is_zero() { busy_timeout } else { busy_timeout.max(TICK) };
        self
    }

    /// Whether connections enforce foreign keys: yes, if this is not called. SQLite's own default depends on who
    /// compiled it.
    ///
    /// ```
    /// use cenote_sqlite::SqliteManager;
    ///
    /// let manager = SqliteManager::memory().with_foreign_keys(false);
    /// ```
    #[must_use]
    pub fn with_foreign_keys(mut self, foreign_keys: bool) -> Self {
        self.foreign_keys = foreign_keys;
        self
    }

    /// How `conn.transaction()` begins: `Deferred`, if this is not called. `Immediate` suits a pool whose
    /// transactions mostly write. Connections are brought back to it when they return.
    ///
    /// ```
    /// use cenote_sqlite::{Pool, SqliteManager, rusqlite::TransactionBehavior};
    ///
    /// let manager = SqliteManager::memory().with_transaction_behavior(TransactionBehavior::Immediate);
    /// let mut conn = Pool::new(manager).get_owned()?;
    /// let transaction = conn.transaction()?; // no other connection can write from here on
    /// transaction.commit()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_transaction_behavior(mut self, transaction_behavior: TransactionBehavior) -> Self {
        self.transaction_behavior = transaction_behavior;
        self
    }

    /// Sets a pragma on every new connection, in the order of the calls and before anything is read, so that a
    /// `key` or a `page_size` may be among them.
    ///
    /// A name that SQLite does not know is an error at the first connect (SQLite itself ignores it), and so are
    /// `busy_timeout` and `journal_mode`, which have methods of their own. Values of pragmas whose name holds
    /// `key` never appear in errors or in `Debug`.
    ///
    /// ```
    /// use cenote_sqlite::{Pool, SqliteManager};
    ///
    /// let manager = SqliteManager::memory().with_pragma("synchronos", "off");
    /// let error = Pool::new(manager).get().unwrap_err();
    /// assert!(error.to_string().contains("has no pragma \"synchronos\""));
    /// ```
    #[must_use]
    pub fn with_pragma(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.pragmas.push(Pragma::new(name.into(), value.to_string()));
        self
    }

    fn new(location: Location) -> Self {
        Self {
            location,
            flags: OpenFlags::default(),
            journal_mode: None,
            busy_timeout: Duration::from_secs(5),
            foreign_keys: true,
            transaction_behavior: TransactionBehavior::Deferred,
            pragmas: Vec::new(),
            database: Database::new(),
        }
    }

    fn check(&self) -> Result<(), Error> {
        self.location.check(self.flags)?;
        if self.pragmas.iter().any(|pragma| pragma.is("busy_timeout")) {
            return Err(misuse(
                "SqliteManager::with_pragma: busy_timeout would be overridden; use with_busy_timeout(..)",
            ));
        }
        if self.journal_mode != Some(JournalMode::AsFound)
            && self.pragmas.iter().any(|p| p.is("journal_mode"))
        {
            return Err(misuse(
                "SqliteManager::with_pragma: journal_mode set by each connection fails while others are open; use \
                 with_journal_mode(..), and JournalMode::AsFound beside a mode that it does not have",
            ));
        }
        Ok(())
    }

    /// Opens a connection and sets what every connection has, whatever it is for.
    fn open(&self, deadline: Deadline) -> Result<Connection, Error> {
        let conn = self.location.open(self.flags)?;
        conn.pragma_update(None, "foreign_keys", self.foreign_keys)?;
        for pragma in &self.pragmas {
            deadline.bound(&conn)?;
            pragma.apply(&conn)?;
        }
        Ok(conn)
    }

    /// What the first connect does for all. Gives the anchor, if the database needs one.
    fn prepare(&self, deadline: Deadline) -> Result<Option<Connection>, Error> {
        let conn = self.open(deadline)?;
        for pragma in &self.pragmas {
            deadline.bound(&conn)?;
            pragma.check(&conn)?;
        }
        drop(conn);
        journal::settle(self.journal_mode, deadline, || self.open(deadline))?;
        self.location.needs_anchor().then(|| self.location.open(self.flags)).transpose()
    }

    /// Ends the open transaction, if there is one, and brings back what a user may have set.
    pub(crate) fn end_transaction(&self, conn: &mut Connection, how: &str) -> Result<(), Error> {
        conn.set_transaction_behavior(self.transaction_behavior);
        if conn.is_autocommit() {
            return Ok(());
        }
        conn.execute_batch(how)?;
        // It goes through beside a statement that was never dropped, and leaves that its read lock.
        if holds_a_lock(conn) { Err(forgotten()) } else { Ok(()) }
    }

    /// An error of a connect, led by where it happened.
    fn at_location(&self, error: Error) -> Error {
        let location = &self.location;
        if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
            let guess = "no SQLite database, or an encrypted one without its key";
            return during(&format!("{location}: {guess} (SqliteManager::with_pragma(\"key\", ..))"), error);
        }
        during(&location.to_string(), error)
    }
}

impl Manager for SqliteManager {
    type Connection = Connection;
    type Error = Error;

    fn connect(&self, within: Duration) -> Result<Connection, Error> {
        let deadline = Deadline::after(within, self.busy_timeout);
        self.check()?;
        let mut conn = self
            .database
            .prepare(|| self.location.identity(), deadline, || self.prepare(deadline))
            .and_then(|()| self.open(deadline))
            .map_err(|error| self.at_location(error))?;
        conn.set_transaction_behavior(self.transaction_behavior);
        set_lock_wait(&conn, self.busy_timeout)?;
        Ok(conn)
    }

    /// Asks SQLite, in memory, whether a transaction is open; only then does it roll back.
    fn rollback(&self, conn: &mut Connection) -> Result<(), Error> {
        self.end_transaction(conn, "rollback")
    }

    /// Reads the schema's version: the one read that looks at the file every time, where `select 1` does not look
    /// at all. It does not wait for a lock, because a file that somebody has locked is there and well.
    fn is_valid(&self, conn: &mut Connection, _within: Duration) -> Result<(), Error> {
        if self.database.notices_replacement(self.location.identity()) {
            let text = format!("the file {} was deleted or replaced while it was open", self.location);
            return Err(failure(ffi::SQLITE_READONLY_DBMOVED, text));
        }
        // Zero also stands for a busy handler of the user's own, which could not be set again.
        let wait: u32 = conn.pragma_query_value(None, "busy_timeout", |row| row.get(0))?;
        if wait > 0 {
            conn.busy_timeout(Duration::ZERO)?;
        }
        let answer = conn.pragma_query_value(None, "schema_version", |_| Ok(()));
        if wait > 0 {
            conn.busy_timeout(Duration::from_millis(wait.into()))?;
        }
        match answer {
            Err(error) if !is_locked(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// A lock outside a transaction belongs to a statement that was never dropped (`mem::forget`, a cycle of
    /// `Rc`): the next user would read the past, and nobody could get rid of it but by closing.
    fn has_broken(&self, conn: &mut Connection) -> bool {
        holds_a_lock(conn) && conn.is_autocommit()
    }

    /// Closes, and with the last connection of all to a file in WAL, copies the log into the file.
    ///
    /// Beside a statement that was never dropped SQLite cannot close: then what can be given back is, an open
    /// transaction above all, and the error says that the rest is leaked.
    fn close(&self, conn: Connection) -> Result<(), Error> {
        let Err((conn, error)) = conn.close() else { return Ok(()) };
        if !conn.is_autocommit() {
            conn.execute_batch("rollback")?;
        }
        conn.release_memory()?;
        Err(if is_locked(&error) { forgotten() } else { error })
    }

    fn classify(&self, error: &Error) -> Fault {
        classify(error)
    }

    /// Nothing: SQLite is code in this process and a file on this machine. Locks are waited for within the
    /// deadline, and a close that copies a log ends when the log does. In the caller's thread it is over when the
    /// pool's `close` is, and the file can be deleted.
    fn may_hang(&self) -> MayHang {
        MayHang::NOTHING
    }
}

impl fmt::Debug for SqliteManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteManager")
            .field("location", &self.location)
            .field("flags", &self.flags)
            .field("journal_mode", &self.journal_mode)
            .field("busy_timeout", &self.busy_timeout)
            .field("foreign_keys", &self.foreign_keys)
            .field("pragmas", &self.pragmas)
            .finish_non_exhaustive()
    }
}
