//! `Location`: where the database is, and how SQLite is told so.

use std::{
    fmt,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use rusqlite::{Connection, Error, OpenFlags};

use crate::{fault::misuse, file::File, uri::Uri};

/// Where a manager's database is.
pub(crate) enum Location {
    /// A file.
    File(File),
    /// A database in memory that all connections of one manager share, by its URI.
    Memory(String),
    /// A database in memory for each connection.
    PrivateMemory,
    /// Wherever the URI says.
    Uri(Uri),
}

impl Location {
    pub(crate) fn file(path: &Path) -> Self {
        Self::File(File::new(path))
    }

    /// A database in memory that no other call of this function names.
    ///
    /// It lives in SQLite's `memdb` file system and not in a shared cache (`mode=memory&cache=shared`), whose
    /// table locks fail at once, whatever the busy timeout is: with four writers and four readers in three
    /// seconds, most calls failed with "database table is locked", and none in `memdb`.
    pub(crate) fn memory() -> Self {
        // The version is part of the name because two versions of this crate, each with a counter of its own,
        // can share one SQLite.
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self::Memory(format!("file:/cenote-sqlite-{}-{number}?vfs=memdb", env!("CARGO_PKG_VERSION")))
    }

    pub(crate) fn uri(uri: String) -> Self {
        Self::Uri(Uri::new(uri))
    }

    /// Refuses what SQLite would take without a word, to do something else than was meant.
    pub(crate) fn check(&self, flags: OpenFlags) -> Result<(), Error> {
        if flags.contains(OpenFlags::SQLITE_OPEN_MEMORY) {
            return Err(misuse(
                "SqliteManager::with_flags: with SQLITE_OPEN_MEMORY each connection has an empty database of \
                 its own; for one in memory that they share use SqliteManager::memory()",
            ));
        }
        if !flags.intersects(OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_READ_WRITE) {
            return Err(misuse(
                "SqliteManager::with_flags: the flags have neither SQLITE_OPEN_READ_ONLY nor \
                 SQLITE_OPEN_READ_WRITE; add one, or start from OpenFlags::default()",
            ));
        }
        match self {
            Self::File(file) => file.check(),
            Self::Memory(_) if rusqlite::version_number() < 3_036_000 => Err(misuse(format!(
                "SqliteManager::memory: SQLite {} cannot share a database in memory without table locks, which \
                 came with 3.36; use the feature `bundled`",
                rusqlite::version()
            ))),
            Self::Memory(_) | Self::PrivateMemory => Ok(()),
            Self::Uri(uri) => uri.check(flags),
        }
    }

    /// Opens a connection, and nothing more. The error does not say where.
    pub(crate) fn open(&self, flags: OpenFlags) -> Result<Connection, Error> {
        match self {
            Self::File(file) => file.open(flags),
            Self::Memory(uri) => Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI),
            Self::PrivateMemory => Connection::open_in_memory_with_flags(flags),
            Self::Uri(uri) => uri.open(flags),
        }
    }

    /// Whether the database is gone when its last connection is closed.
    pub(crate) fn needs_anchor(&self) -> bool {
        match self {
            Self::File(_) | Self::PrivateMemory => false,
            Self::Memory(_) => true,
            Self::Uri(uri) => uri.is_memory(),
        }
    }

    /// Which file stands at the path now. None where there is no file, no path, or no way to tell.
    pub(crate) fn identity(&self) -> Option<(u64, u64)> {
        match self {
            Self::File(file) => file.identity(),
            Self::Memory(_) | Self::PrivateMemory | Self::Uri(_) => None,
        }
    }
}

impl fmt::Display for Location {
    /// Names the database for a message, without its secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => file.fmt(f),
            Self::Memory(_) => f.write_str("a shared database in memory"),
            Self::PrivateMemory => f.write_str("a private database in memory"),
            Self::Uri(uri) => uri.fmt(f),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_memory_database_has_a_name_of_its_own() {
        let (Location::Memory(one), Location::Memory(other)) = (Location::memory(), Location::memory())
        else {
            panic!("they are in memory")
        };
        assert_ne!(one, other);
    }

    #[test]
    fn flags_that_contradict_the_call_are_refused() {
        let file = Location::file(Path::new("app.db"));
        let memory = OpenFlags::default() | OpenFlags::SQLITE_OPEN_MEMORY;
        assert!(file.check(memory).unwrap_err().to_string().contains("SqliteManager::memory()"));
        let neither = OpenFlags::SQLITE_OPEN_CREATE;
        assert!(file.check(neither).unwrap_err().to_string().contains("SQLITE_OPEN_READ_WRITE"));
    }

    #[test]
    fn only_memory_that_is_shared_needs_an_anchor() {
        assert!(Location::memory().needs_anchor());
        assert!(Location::uri("file:a?mode=memory&cache=shared".to_owned()).needs_anchor());
        assert!(!Location::PrivateMemory.needs_anchor());
        assert!(!Location::uri("file:a.db?cache=shared".to_owned()).needs_anchor());
        assert!(!Location::file(Path::new("a.db")).needs_anchor());
    }
}
