//! What SQLite's errors mean for a pool, and how this crate words errors of its own.

use cenote::Fault;
use rusqlite::{Error, ErrorCode, ffi};

/// What an error means for the pool; the table stands at [`SqliteManager`](crate::SqliteManager).
pub(crate) fn classify(error: &Error) -> Fault {
    let failure = match error {
        Error::SqliteFailure(failure, _) => failure,
        Error::NulError(_) | Error::InvalidPath(_) | Error::SqliteSingleThreadedMode => {
            return Fault::Refused;
        }
        _ => return Fault::Other,
    };
    match failure.code {
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure => Fault::Lost,
        ErrorCode::ReadOnly if failure.extended_code == ffi::SQLITE_READONLY_DBMOVED => Fault::Lost,
        ErrorCode::CannotOpen
        | ErrorCode::PermissionDenied
        | ErrorCode::ReadOnly
        | ErrorCode::AuthorizationForStatementDenied
        | ErrorCode::NoLargeFileSupport
        | ErrorCode::ApiMisuse => Fault::Refused,
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::DiskFull
        | ErrorCode::OutOfMemory => Fault::Transient,
        _ => Fault::Other,
    }
}

/// Whether somebody else holds a lock that this connection wanted: the database is there and well.
pub(crate) fn is_locked(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// An error in what the user asked for. `text` names the argument, the place and the remedy.
pub(crate) fn misuse(text: impl Into<String>) -> Error {
    failure(ffi::SQLITE_MISUSE, text)
}

/// An error with a code of SQLite's and words of ours.
pub(crate) fn failure(code: i32, text: impl Into<String>) -> Error {
    Error::SqliteFailure(ffi::Error::new(code), Some(text.into()))
}

/// The same error, its text led by what this crate was doing. The code stays, so [`classify`] answers the same.
pub(crate) fn during(what: &str, error: Error) -> Error {
    match error {
        Error::SqliteFailure(failure, text) => {
            let text = text.unwrap_or_else(|| ffi::code_to_str(failure.extended_code).to_owned());
            Error::SqliteFailure(failure, Some(format!("{what}: {text}")))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_held_elsewhere_is_no_death() {
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_BUSY_SNAPSHOT, ffi::SQLITE_LOCKED_SHAREDCACHE] {
            let error = failure(code, "");
            assert_eq!(classify(&error), Fault::Transient);
            assert!(is_locked(&error));
        }
    }

    #[test]
    fn a_file_that_went_wrong_is_a_loss() {
        for code in [
            ffi::SQLITE_NOTADB,
            ffi::SQLITE_IOERR_READ,
            ffi::SQLITE_CORRUPT_VTAB,
            ffi::SQLITE_READONLY_DBMOVED,
        ] {
            assert_eq!(classify(&failure(code, "")), Fault::Lost);
        }
    }

    #[test]
    fn what_trying_again_cannot_mend_is_refused() {
        for code in [ffi::SQLITE_CANTOPEN, ffi::SQLITE_READONLY, ffi::SQLITE_PERM, ffi::SQLITE_MISUSE] {
            assert_eq!(classify(&failure(code, "")), Fault::Refused);
        }
        assert_eq!(classify(&Error::InvalidPath("x".into())), Fault::Refused);
    }

    #[test]
    fn a_mistake_in_a_statement_says_nothing_about_the_connection() {
        assert_eq!(classify(&Error::QueryReturnedNoRows), Fault::Other);
        assert_eq!(classify(&failure(ffi::SQLITE_CONSTRAINT, "")), Fault::Other);
    }

    #[test]
    fn words_of_ours_keep_the_code() {
        let error = during("setting x", failure(ffi::SQLITE_BUSY_RECOVERY, "database is locked"));
        assert_eq!(error.to_string(), "setting x: database is locked");
        assert_eq!(error.sqlite_extended_error_code(), Some(ffi::SQLITE_BUSY_RECOVERY));
    }
}
