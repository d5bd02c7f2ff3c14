//! `Uri`: a database by a URI, whose parameters may hold a secret.

use std::fmt;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags, ffi};

use crate::fault::misuse;

/// `file:PATH?NAME=VALUE&..`, as SQLite reads it.
pub(crate) struct Uri {
    text: String,
}

impl Uri {
    pub(crate) fn new(text: String) -> Self {
        Self { text }
    }

    /// Refuses what SQLite would take for a path, and what would be another database for each connection.
    pub(crate) fn check(&self, flags: OpenFlags) -> Result<(), Error> {
        if !self.text.starts_with(SCHEME) {
            return Err(misuse(
                "SqliteManager::uri: the text does not begin with \"file:\", and SQLite would take it for a path; \
                 write \"file:..\", or use SqliteManager::file(..)",
            ));
        }
        if let Some(at) = self.text.bytes().position(|byte| byte == 0) {
            return Err(misuse(format!(
                "SqliteManager::uri: the text has a NUL at byte {at}, where SQLite would end it; remove it"
            )));
        }
        let is_shared = flags.contains(OpenFlags::SQLITE_OPEN_SHARED_CACHE)
            || self.has("cache", "shared")
            || (self.has("vfs", "memdb") && self.place().starts_with('/'));
        if self.is_memory() && !is_shared {
            return Err(misuse(format!(
                "SqliteManager::uri: {self} is an empty database in memory for each connection; use \
                 SqliteManager::memory() for one that they share"
            )));
        }
        Ok(())
    }

    /// Opens a connection. The driver ends most texts of errors with the whole URI, so they are put in words
    /// again; only those of `SQLITE_ERROR`, such as "no such vfs", are SQLite's alone.
    pub(crate) fn open(&self, flags: OpenFlags) -> Result<Connection, Error> {
        Connection::open_with_flags(&self.text, flags | OpenFlags::SQLITE_OPEN_URI).map_err(|error| {
            match error {
                Error::SqliteFailure(failure, _) if failure.code != ErrorCode::Unknown => {
                    Error::SqliteFailure(failure, Some(ffi::code_to_str(failure.extended_code).to_owned()))
                }
                other => other,
            }
        })
    }

    pub(crate) fn is_memory(&self) -> bool {
        self.place() == ":memory:" || self.has("mode", "memory") || self.has("vfs", "memdb")
    }

    /// The path, without the scheme and an authority (`//localhost`).
    fn place(&self) -> &str {
        let (path, _) = self.split();
        let path = path.strip_prefix(SCHEME).unwrap_or(path);
        path.strip_prefix("//").map_or(path, |rest| rest.find('/').map_or("", |slash| &rest[slash..]))
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.parameters().any(|parameter| parameter == (name, value))
    }

    fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let (_, query) = self.split();
        let parts = query.split('&').filter(|part| !part.is_empty());
        parts.map(|part| part.split_once('=').unwrap_or((part, "")))
    }

    /// What stands before and after the question mark. What follows a `#` is nothing to SQLite.
    fn split(&self) -> (&str, &str) {
        let text = self.text.split_once('#').map_or(&*self.text, |(text, _)| text);
        text.split_once('?').unwrap_or((text, ""))
    }
}

impl fmt::Display for Uri {
    /// Shows what holds no secret: SQLite's own parameters. Those of an encryption extension (`key`, `hexkey`, ..)
    /// do, any other may, and so may the URI of another database (`scheme://user:password@..`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HARMLESS: [&str; 6] = ["mode", "cache", "vfs", "immutable", "nolock", "psow"];
        let (path, _) = self.split();
        f.write_str(if path.starts_with(SCHEME) { path } else { "_" })?;
        for (index, (name, value)) in self.parameters().enumerate() {
            let shown = if HARMLESS.contains(&name) { value } else { "_" };
            write!(f, "{}{name}={shown}", if index == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

const SCHEME: &str = "file:";

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        Uri::new(text.to_owned())
    }

    fn refusal(text: &str) -> String {
        uri(text).check(OpenFlags::default()).expect_err("SQLite would misread it").to_string()
    }

    #[test]
    fn what_is_no_uri_is_refused_with_the_remedy() {
        assert!(refusal("sqlite://app.db").contains("write \"file:..\", or use SqliteManager::file(..)"));
        assert!(refusal("file:a.db?vfs=x\0y").contains("a NUL at byte 15"));
    }

    #[test]
    fn another_empty_database_for_each_connection_is_refused() {
        for text in
            ["file::memory:", "file:a?mode=memory", "file:a?vfs=memdb", "file:a?mode=memory&cache=private"]
        {
            assert!(refusal(text).ends_with("use SqliteManager::memory() for one that they share"), "{text}");
        }
        for text in
            ["file::memory:?cache=shared", "file:/a?vfs=memdb", "file:///a?vfs=memdb", "file:a?mode=ro"]
        {
            uri(text).check(OpenFlags::default()).expect(text);
        }
        let shared = OpenFlags::default() | OpenFlags::SQLITE_OPEN_SHARED_CACHE;
        uri("file::memory:").check(shared).expect("the flag shares the cache");
    }

    #[test]
    fn what_may_be_secret_is_not_shown() {
        let shown = uri("file:/a.db?vfs=unix&key=hunter2&kdf&mode=ro#hexkey=00").to_string();
        assert_eq!(shown, "file:/a.db?vfs=unix&key=_&kdf=_&mode=ro");
        assert_eq!(uri("postgres://user:hunter2@host/db").to_string(), "_");
        assert!(!refusal("postgres://user:hunter2@host/db").contains("hunter2"));
    }

    #[test]
    fn an_error_of_an_open_shows_no_secret() {
        let error = uri("file:/no/such/directory/a.db?key=hunter2").open(OpenFlags::default()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        assert_eq!(error.to_string(), "unable to open database file");
        let error = uri("file:/a.db?vfs=nowhere&key=hunter2").open(OpenFlags::default()).unwrap_err();
        assert_eq!(error.to_string(), "no such vfs: nowhere");
    }
}
