//! `Failure`: what ends the demo, in words that say what to do.

use cenote::{Error as PoolError, InvalidArgument, StillOut};
use cenote_sqlite::rusqlite::{Error as SqliteError, ErrorCode};
use std::fmt;

/// What ended the demo, and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    remedy: Option<&'static str>,
}

const REPORT_IT: &str = "this should never happen: please report it with these lines";

impl Failure {
    /// A value on the command line that cannot be used. The problem says what to give instead.
    pub(crate) fn argument(name: &str, problem: impl fmt::Display) -> Self {
        Self { what: format!("--{name}: {problem}"), remedy: None }
    }

    /// Something that this machine refused.
    pub(crate) fn machine(what: impl Into<String>, remedy: &'static str) -> Self {
        Self { what: what.into(), remedy: Some(remedy) }
    }

    /// A promise that did not hold.
    pub(crate) fn defect(what: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: Some(REPORT_IT) }
    }
}

/// Whether the database only was locked by somebody else for too long: then one goes on.
pub(crate) fn is_busy(error: &SqliteError) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn remedy(error: &SqliteError) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => {
            "give fewer --threads, or allow more open files with `ulimit -n`; if that is not it, name a file elsewhere \
             with --database"
        }
        Some(ErrorCode::DiskFull) => "free some space, or name a file on another disk with --database",
        Some(ErrorCode::SystemIoFailure) => {
            "the file system failed; name a file on a local disk with --database"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "name a file that you may write with --database"
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            "somebody else wrote to the file while the demo ran; give it a file of its own with --database"
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program has the file locked; close it there, or name another with --database"
        }
        _ => REPORT_IT,
    }
}

impl From<SqliteError> for Failure {
    fn from(error: SqliteError) -> Self {
        Self { remedy: Some(remedy(&error)), what: format!("a statement failed: {error}") }
    }
}

impl From<PoolError<SqliteError>> for Failure {
    fn from(error: PoolError<SqliteError>) -> Self {
        let remedy = match &error {
            PoolError::Argument(argument) => return argument.clone().into(),
            PoolError::Connect { cause, .. } => remedy(cause),
            PoolError::Timeout { .. } => "the machine is very busy: try again, or give a longer --timeout",
            _ => REPORT_IT,
        };
        Self { what: error.to_string(), remedy: Some(remedy) }
    }
}

/// The pool names the argument as its method is called, and the option has the same name.
impl From<InvalidArgument> for Failure {
    fn from(error: InvalidArgument) -> Self {
        Self { what: format!("--{error}"), remedy: None }
    }
}

impl From<StillOut> for Failure {
    fn from(error: StillOut) -> Self {
        Self::defect(format!("all threads have ended, and yet: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match self.remedy {
            Some(remedy) => write!(f, "\nwhat to do: {remedy}"),
            None => Ok(()),
        }
    }
}
