//! `JournalMode`: how SQLite keeps a transaction apart from the file, and how a database is brought to it.

use rusqlite::{Connection, Error, ErrorCode};

use crate::{
    deadline::Deadline,
    fault::{during, is_locked, misuse},
};

/// How SQLite keeps a transaction apart from the database file until it is committed.
///
/// The mode is a property of the file that outlives the process, so it is set once for a manager, by the first
/// connection.
///
/// ```
/// use cenote_sqlite::{JournalMode, Pool, SqliteManager};
///
/// let directory = tempfile::tempdir()?;
/// let manager = SqliteManager::file(directory.path().join("app.db")).with_journal_mode(JournalMode::Delete);
/// let pool = Pool::new(manager);
/// let mode: String = pool.get()?.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
/// assert_eq!(mode, "delete");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JournalMode {
    /// A log beside the file: readers never wait for the writer, nor the writer for them. It must be a local
    /// file, because the connections share memory; a database that cannot have it makes a connect fail.
    Wal,
    /// SQLite's own default: a writer that commits shuts out all readers, and each reader holds it up. Leaving
    /// [`Wal`](Self::Wal) takes the only connection to the database.
    Delete,
    /// Whatever the file has: nothing is set, and nothing is written by a connect.
    AsFound,
}

/// Brings the database to the mode that is wanted; where none is, to WAL if it can have it.
///
/// Each connection that `open` gives is closed again at the end: the connections of a pool come later.
pub(crate) fn settle(
    wanted: Option<JournalMode>,
    deadline: Deadline,
    open: impl Fn() -> Result<Connection, Error>,
) -> Result<(), Error> {
    match wanted {
        Some(JournalMode::AsFound) => Ok(()),
        Some(JournalMode::Delete) => leave_wal(&open()?, deadline),
        Some(JournalMode::Wal) => match enter_wal(deadline, open)? {
            Entered::Yes => Ok(()),
            Entered::No(reason) => Err(during("SqliteManager::with_journal_mode: no WAL here", reason)),
        },
        None if open()?.is_readonly("main")? => Ok(()),
        None => enter_wal(deadline, open).map(|_| ()),
    }
}

/// Whether the database is in WAL now, or why it cannot be.
enum Entered {
    Yes,
    No(Error),
}

fn enter_wal(deadline: Deadline, open: impl Fn() -> Result<Connection, Error>) -> Result<Entered, Error> {
    let conn = open()?;
    deadline.bound(&conn)?;
    match set(&conn, "wal") {
        Ok(mode) if mode == "wal" => {}
        Ok(mode) => return Ok(Entered::No(misuse(format!("the journal mode stays {mode:?}")))),
        Err(error) if is_locked(&error) => wait_and_enter_wal(&open()?, deadline)?,
        Err(error) if cannot_write_beside_the_file(&error) => return Ok(Entered::No(error)),
        Err(error) => return Err(error),
    }
    // The mode stands in the file by now, but whether the memory that WAL needs can be shared shows at the first
    // read. Some network file systems cannot: nobody could read the database until it is set back.
    deadline.bound(&conn)?;
    match conn.pragma_query_value(None, "schema_version", |_| Ok(())) {
        Err(error) if !is_locked(&error) => {
            // It keeps a lock after this error.
            drop(conn);
            let alone = open()?;
            alone.execute_batch("pragma locking_mode = exclusive")?;
            set(&alone, "delete")?;
            Ok(Entered::No(error))
        }
        _ => Ok(Entered::Yes),
    }
}

/// Enters WAL while others use the database, which is where "database is locked" comes from at a start: the change
/// takes the only lock, and where somebody writes SQLite does not wait for it, whatever the busy timeout is.
fn wait_and_enter_wal(alone: &Connection, deadline: Deadline) -> Result<(), Error> {
    deadline.bound(alone)?;
    let entered = take_only_lock(alone).and_then(|()| set(alone, "wal"));
    entered.map(|_| ()).map_err(|error| {
        during(
            "WAL cannot be set while others use the database; SqliteManager::with_journal_mode(\
             JournalMode::AsFound) would not set it",
            error,
        )
    })
}

/// Waits for the only lock, as SQLite does for that of a transaction, and keeps it beyond the commit, until the
/// connection is closed. In the other order it would hold a reader's lock while it waits, and the writer that it
/// waits for would wait for that.
fn take_only_lock(alone: &Connection) -> Result<(), Error> {
    alone.execute_batch("begin exclusive; pragma locking_mode = exclusive; commit")
}

fn leave_wal(conn: &Connection, deadline: Deadline) -> Result<(), Error> {
    deadline.bound(conn)?;
    match set(conn, "delete") {
        Ok(mode) if mode == "delete" => Ok(()),
        Ok(mode) => Err(misuse(format!("SqliteManager::with_journal_mode: the journal mode stays {mode:?}"))),
        Err(error) if is_locked(&error) => Err(during(
            "SqliteManager::with_journal_mode: leaving WAL takes the only connection to the database, and others \
             have it open",
            error,
        )),
        Err(error) => Err(error),
    }
}

/// Asks for a mode and gives the one that holds afterwards.
fn set(conn: &Connection, mode: &str) -> Result<String, Error> {
    conn.pragma_update_and_check(None, "journal_mode", mode, |row| row.get(0))
}

fn cannot_write_beside_the_file(error: &Error) -> bool {
    use ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly))
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::os::unix::fs::symlink;
    use std::{cell::Cell, path::Path, sync::mpsc, thread, time::Duration};

    use super::*;

    fn open(path: &Path) -> Connection {
        Connection::open(path).unwrap()
    }

    fn mode(path: &Path) -> String {
        open(path).pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap()
    }

    fn settle_at(path: &Path, wanted: Option<JournalMode>) -> Result<(), Error> {
        let deadline = Deadline::after(Duration::from_millis(100), Duration::MAX);
        settle(wanted, deadline, || Ok(open(path)))
    }

    fn database(directory: &Path) -> std::path::PathBuf {
        let path = directory.join("app.db");
        open(&path).execute_batch("create table t(v); insert into t values (1)").unwrap();
        path
    }

    #[test]
    fn a_file_is_in_wal_unless_something_else_is_wanted() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        settle_at(&path, Some(JournalMode::AsFound)).unwrap();
        assert_eq!(mode(&path), "delete");
        settle_at(&path, None).unwrap();
        assert_eq!(mode(&path), "wal");
        settle_at(&path, Some(JournalMode::Delete)).unwrap();
        assert_eq!(mode(&path), "delete");
        settle_at(&path, Some(JournalMode::Wal)).unwrap();
        assert_eq!(mode(&path), "wal");
    }

    #[test]
    fn a_database_that_can_have_no_wal_is_left_alone_unless_wal_is_wanted() {
        let memory = |wanted| {
            settle(wanted, Deadline::after(Duration::MAX, Duration::MAX), Connection::open_in_memory)
        };
        memory(None).unwrap();
        let error = memory(Some(JournalMode::Wal)).unwrap_err();
        assert!(error.to_string().contains("no WAL here: the journal mode stays \"memory\""), "{error}");
        let error = memory(Some(JournalMode::Delete)).unwrap_err();
        assert!(error.to_string().contains("the journal mode stays \"memory\""), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_in_a_directory_that_takes_no_journal_is_left_alone_unless_wal_is_wanted() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        symlink("/no/such/directory", directory.path().join("app.db-journal")).unwrap();
        settle_at(&path, None).unwrap();
        let error = settle_at(&path, Some(JournalMode::Wal)).unwrap_err();
        assert!(error.to_string().contains("no WAL here: unable to open database file"), "{error}");
        assert_eq!(mode(&path), "delete");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_share_memory_is_set_back() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        symlink("/no/such/directory/file", directory.path().join("app.db-shm")).unwrap();
        settle_at(&path, None).unwrap();
        assert_eq!(mode(&path), "delete");
        let error = settle_at(&path, Some(JournalMode::Wal)).unwrap_err();
        assert!(error.to_string().contains("no WAL here: "), "{error}");
        assert_eq!(mode(&path), "delete");
    }

    #[test]
    fn a_writer_holds_the_change_up_until_the_deadline_and_no_longer() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        let writer = open(&path);
        writer.execute_batch("begin immediate; insert into t values (2)").unwrap();
        let error = settle_at(&path, None).unwrap_err();
        assert!(is_locked(&error), "{error:?}");
        assert!(error.to_string().contains("JournalMode::AsFound"), "{error}");
        writer.execute_batch("commit").unwrap();
        assert_eq!(mode(&path), "delete");
    }

    #[test]
    fn a_writer_that_commits_in_time_only_delays_the_change() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        let writer = open(&path);
        writer.execute_batch("begin immediate; insert into t values (2)").unwrap();
        let (met, meets) = mpsc::channel();
        thread::scope(|scope| {
            let path = &path;
            let change = scope.spawn(move || {
                let deadline = Deadline::after(Duration::MAX, Duration::MAX);
                let opened = Cell::new(0);
                // The third is opened to wait: the first looked, and the second met the writer.
                settle(None, deadline, || {
                    opened.set(opened.get() + 1);
                    if opened.get() == 3 {
                        met.send(()).unwrap();
                    }
                    Ok(open(path))
                })
            });
            meets.recv().unwrap();
            writer.execute_batch("commit").unwrap();
            change.join().unwrap().unwrap();
        });
        assert_eq!(mode(&path), "wal");
    }

    #[test]
    fn the_only_lock_is_kept_until_the_mode_is_set() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        let (alone, other) = (open(&path), open(&path));
        take_only_lock(&alone).unwrap();
        other.busy_timeout(Duration::ZERO).unwrap();
        assert!(is_locked(&other.prepare("select v from t").unwrap_err()));
        drop(alone);
        other.prepare("select v from t").unwrap();
    }

    #[test]
    fn leaving_wal_beside_another_connection_says_why_it_cannot() {
        let directory = tempfile::tempdir().unwrap();
        let path = database(directory.path());
        settle_at(&path, None).unwrap();
        let other = open(&path);
        other.query_row("select v from t", [], |_| Ok(())).unwrap();
        let error = settle_at(&path, Some(JournalMode::Delete)).unwrap_err();
        assert!(error.to_string().contains("leaving WAL takes the only connection"), "{error}");
    }
}
