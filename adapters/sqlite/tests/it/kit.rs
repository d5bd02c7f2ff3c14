//! What the tests share: a database in a directory of its own, and questions to a connection.

use std::{fs, path::Path, path::PathBuf, time::Duration};

use cenote::{Fault, Manager};
use cenote_sqlite::{
    SqliteManager,
    rusqlite::{Connection, Error, types::Value},
};
use tempfile::{TempDir, tempdir};

pub(crate) const LONG: Duration = Duration::MAX;

pub(crate) fn connect(manager: &SqliteManager) -> Connection {
    manager.connect(LONG).expect("the database can be opened")
}

pub(crate) fn refusal(manager: &SqliteManager) -> Error {
    let error = manager.connect(LONG).expect_err("there is a mistake in it");
    assert_eq!(manager.classify(&error), Fault::Refused, "{error:?}");
    error
}

/// A directory with a database in it, and a manager of that.
pub(crate) fn file() -> (TempDir, SqliteManager) {
    let directory = tempdir().unwrap();
    let manager = SqliteManager::file(directory.path().join("app.db"));
    connect(&manager).execute_batch("create table t(v); insert into t values (1), (2)").unwrap();
    (directory, manager)
}

pub(crate) fn path(directory: &TempDir) -> PathBuf {
    directory.path().join("app.db")
}

pub(crate) fn count(conn: &Connection) -> i64 {
    conn.query_row("select count(*) from t", [], |row| row.get(0)).unwrap()
}

pub(crate) fn pragma(conn: &Connection, name: &str) -> String {
    match conn.pragma_query_value(None, name, |row| row.get(0)).unwrap() {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        other => panic!("no pragma gives {other:?}"),
    }
}

#[cfg(unix)]
pub(crate) fn remove(path: &Path) {
    fs::remove_file(path).unwrap();
    for end in ["-wal", "-shm"] {
        let beside = path.with_file_name(format!("app.db{end}"));
        if beside.exists() {
            fs::remove_file(beside).unwrap();
        }
    }
}
