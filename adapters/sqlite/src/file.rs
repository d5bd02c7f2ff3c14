//! `File`: a database in a file, by its path.

use std::{
    fmt,
    path::{Path, PathBuf, absolute},
};

use rusqlite::{Connection, Error, ErrorCode, OpenFlags};

use crate::fault::misuse;

/// A path that means the same wherever the process goes, or one that [`check`](Self::check) refuses.
pub(crate) struct File {
    path: PathBuf,
}

impl File {
    /// Settles a relative path. What SQLite would not take for a file is kept as given, for the check to find.
    pub(crate) fn new(path: &Path) -> Self {
        let is_file = special(path).is_none();
        Self { path: absolute(path).ok().filter(|_| is_file).unwrap_or_else(|| path.to_owned()) }
    }

    /// Refuses a path that is none.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(reason) = special(&self.path) {
            return Err(misuse(format!("SqliteManager::file: {reason}")));
        }
        match self.path.as_os_str().as_encoded_bytes().iter().position(|byte| *byte == 0) {
            None => Ok(()),
            Some(at) => Err(misuse(format!(
                "SqliteManager::file: the path {:?} has a NUL at byte {at}, where SQLite would end it; remove it",
                self.path
            ))),
        }
    }

    pub(crate) fn open(&self, flags: OpenFlags) -> Result<Connection, Error> {
        Connection::open_with_flags(&self.path, flags).map_err(|error| self.explain(flags, error))
    }

    /// Which file stands at the path now: its device and number.
    #[cfg(unix)]
    pub(crate) fn identity(&self) -> Option<(u64, u64)> {
        use std::os::unix::fs::MetadataExt;
        self.path.metadata().ok().map(|metadata| (metadata.dev(), metadata.ino()))
    }

    /// Elsewhere an open file can be neither deleted nor replaced.
    #[cfg(not(unix))]
    pub(crate) fn identity(&self) -> Option<(u64, u64)> {
        None
    }

    /// Says why SQLite could not open the file, from what the file system says.
    ///
    /// It asks for metadata only: on Unix, closing a second descriptor of a file drops every lock that the process
    /// holds on it, those of all other connections to this database too.
    fn explain(&self, flags: OpenFlags, error: Error) -> Error {
        let Error::SqliteFailure(failure, _) = error else { return error };
        if failure.code != ErrorCode::CannotOpen {
            return error;
        }
        let directory = self.path.parent().unwrap_or(&self.path);
        let reason = match self.path.metadata() {
            Ok(metadata) if metadata.is_dir() => "it is a directory; name a file in it".to_owned(),
            Ok(_) => "the file is there; this process needs the right to open it, and a free file descriptor"
                .to_owned(),
            Err(_) if !directory.is_dir() => {
                format!("there is no directory {}; create it first", directory.display())
            }
            Err(_) if !flags.contains(OpenFlags::SQLITE_OPEN_CREATE) => {
                "there is no such file, and the flags lack SQLITE_OPEN_CREATE; create it, or add the flag"
                    .to_owned()
            }
            Err(error) => format!("{error}; this process needs the right to create files there"),
        };
        Error::SqliteFailure(failure, Some(format!("unable to open database file: {reason}")))
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.display().fmt(f)
    }
}

/// What SQLite takes the path for, if not for that of a file.
fn special(path: &Path) -> Option<&'static str> {
    let text = path.to_string_lossy();
    if text == ":memory:" {
        Some(
            "\":memory:\" is no file, and would be an empty database for each connection; use \
             SqliteManager::memory()",
        )
    } else if text.starts_with("file:") {
        Some(
            "the path begins with \"file:\", so SQLite reads it as a URI; use SqliteManager::uri(..), or put \
             \"./\" before it",
        )
    } else if text.is_empty() {
        Some(
            "the path is empty, which would be a temporary database for each connection; name a file, or use \
             SqliteManager::memory()",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(path: &str) -> String {
        File::new(Path::new(path)).check().expect_err("SQLite would misread it").to_string()
    }

    #[test]
    fn a_relative_path_is_settled_at_once() {
        let File { path } = File::new(Path::new("app.db"));
        assert!(path.is_absolute());
        assert!(path.ends_with("app.db"));
        assert!(File::new(Path::new("./file:app.db")).check().is_ok());
    }

    #[test]
    fn what_is_no_file_is_refused_with_the_remedy() {
        assert!(refusal(":memory:").ends_with("use SqliteManager::memory()"));
        assert!(refusal("file:a.db?mode=ro").contains("use SqliteManager::uri(..)"));
        assert!(refusal("").contains("the path is empty"));
        assert!(refusal("/a\0b").contains("has a NUL at byte 2"));
    }

    #[test]
    fn a_file_that_cannot_be_opened_says_why() {
        let directory = tempfile::tempdir().unwrap();
        let why = |path: PathBuf, flags| File::new(&path).open(flags).unwrap_err().to_string();
        let create = OpenFlags::default();
        assert!(why(directory.path().join("x/a.db"), create).contains("there is no directory"));
        assert!(why(directory.path().to_owned(), create).contains("it is a directory"));
        let missing = why(directory.path().join("a.db"), OpenFlags::SQLITE_OPEN_READ_WRITE);
        assert!(missing.contains("the flags lack SQLITE_OPEN_CREATE"), "{missing}");
    }
}
