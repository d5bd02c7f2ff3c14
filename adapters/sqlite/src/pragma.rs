//! `Pragma`: a setting that every connection gets when it is opened.

use std::fmt;

use rusqlite::{Connection, Error, OptionalExtension};

use crate::fault::{during, misuse};

/// A name and a value, as `PRAGMA name = 'value'` takes them.
pub(crate) struct Pragma {
    name: String,
    value: String,
}

impl Pragma {
    pub(crate) fn new(name: String, value: String) -> Self {
        Self { name, value }
    }

    /// Whether the pragma is called so, in whatever case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Sets the pragma on a connection.
    ///
    /// `journal_mode` and `locking_mode` answer with the mode that now holds, without an error where that is not
    /// the one that was asked for: then this is one.
    pub(crate) fn apply(&self, conn: &Connection) -> Result<(), Error> {
        let mut answer = None;
        conn.pragma(None, &self.name, &self.value, |row| {
            answer = row.get::<_, String>(0).ok();
            Ok(())
        })
        .map_err(|error| self.without_value(error))?;
        match answer {
            Some(mode) if self.answers_with_its_mode() && !mode.eq_ignore_ascii_case(&self.value) => {
                Err(misuse(format!(
                    "SqliteManager::with_pragma: {} = {:?} leaves {mode:?}",
                    self.name, self.value
                )))
            }
            _ => Ok(()),
        }
    }

    /// Whether this SQLite knows the pragma at all: it ignores those that it does not know without a word.
    ///
    /// Where encryption is compiled in (SQLCipher), any name is taken: its pragmas stand in no list.
    pub(crate) fn check(&self, conn: &Connection) -> Result<(), Error> {
        let listed = conn
            .query_row("select 1 from pragma_pragma_list where name = lower(?1)", [&self.name], |_| Ok(()))
            .optional()?
            .is_some();
        if listed || is_encrypting(conn)? {
            return Ok(());
        }
        Err(misuse(format!(
            "SqliteManager::with_pragma: SQLite {} has no pragma {:?}, and would ignore it without a word; see \
             `select name from pragma_pragma_list` for those that it has",
            rusqlite::version(),
            self.name
        )))
    }

    /// An error of SQLite's without its SQL, in which the value stands.
    fn without_value(&self, error: Error) -> Error {
        let place = format!("SqliteManager::with_pragma: {}", self.name);
        match error {
            Error::SqliteFailure(..) => during(&place, error),
            _ => misuse(format!("{place}: SQLite cannot read the name or the value")),
        }
    }

    fn answers_with_its_mode(&self) -> bool {
        self.is("journal_mode") || self.is("locking_mode")
    }

    /// `key`, `rekey`, `hexkey`, `textkey`, `cipher_salt`, ..
    fn is_secret(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        name.starts_with("cipher") || (name.contains("key") && !name.contains("foreign"))
    }
}

impl fmt::Debug for Pragma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name, if self.is_secret() { "_" } else { &self.value })
    }
}

fn is_encrypting(conn: &Connection) -> Result<bool, Error> {
    let mut found = false;
    conn.pragma_query(None, "cipher_version", |_| {
        found = true;
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pragma(name: &str, value: impl ToString) -> Pragma {
        Pragma::new(name.to_owned(), value.to_string())
    }

    fn read(conn: &Connection, name: &str) -> i64 {
        conn.pragma_query_value(None, name, |row| row.get(0)).unwrap()
    }

    #[test]
    fn words_numbers_and_truth_values_all_arrive() {
        let conn = Connection::open_in_memory().unwrap();
        for pragma in
            [pragma("cache_size", -4000), pragma("temp_store", "MEMORY"), pragma("Foreign_Keys", false)]
        {
            pragma.apply(&conn).unwrap();
            pragma.check(&conn).unwrap();
        }
        assert_eq!(read(&conn, "cache_size"), -4000);
        assert_eq!(read(&conn, "temp_store"), 2);
        assert_eq!(read(&conn, "foreign_keys"), 0);
    }

    #[test]
    fn a_pragma_that_sqlite_would_ignore_is_an_error() {
        let conn = Connection::open_in_memory().unwrap();
        let typo = pragma("synchronos", "normal");
        typo.apply(&conn).unwrap();
        assert!(typo.check(&conn).unwrap_err().to_string().contains("has no pragma \"synchronos\""));
    }

    #[test]
    fn a_key_without_encryption_is_an_error_and_is_not_shown() {
        let conn = Connection::open_in_memory().unwrap();
        let key = pragma("key", "hunter2");
        key.apply(&conn).unwrap();
        assert!(key.check(&conn).unwrap_err().to_string().contains("has no pragma \"key\""));
        assert_eq!(format!("{key:?}"), "key = _");
    }

    #[test]
    fn a_mode_that_does_not_take_is_an_error() {
        let conn = Connection::open_in_memory().unwrap();
        let error = pragma("journal_mode", "wal").apply(&conn).unwrap_err();
        assert!(error.to_string().ends_with("journal_mode = \"wal\" leaves \"memory\""), "{error}");
        pragma("locking_mode", "exclusive").apply(&conn).unwrap();
    }

    #[test]
    fn a_name_that_is_none_is_an_error_that_shows_no_value() {
        let conn = Connection::open_in_memory().unwrap();
        for name in ["", "a b", "key = 'x'; drop table t; --"] {
            let error = pragma(name, "hunter2").apply(&conn).unwrap_err();
            assert!(error.to_string().starts_with("SqliteManager::with_pragma: "), "{error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_value_is_a_value_and_never_sql() {
        let conn = Connection::open_in_memory().unwrap();
        pragma("user_version", "1'; create table t(v); --").apply(&conn).unwrap();
        let tables: i64 = conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 0);
    }
}
