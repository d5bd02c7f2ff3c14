//! `DieselError`: what Diesel can say to a pool.

use diesel::{ConnectionError, result};
use thiserror::Error;

/// What Diesel said: the cause of a checkout that failed, of a hook's refusal, or of a connection that was closed.
///
/// Both of Diesel's errors turn into it by `?`, so hooks read as any other code with Diesel. The text of a failed
/// connect never holds the password of the database URL, although Diesel's own may.
///
/// ```
/// use cenote_diesel::{DieselError, DieselManager, Pool};
/// use cenote_diesel::diesel::{ConnectionError, SqliteConnection};
///
/// let pool = Pool::<SqliteConnection>::new(DieselManager::new("/no/such/directory/app.db"));
/// let error = pool.get().unwrap_err();
/// assert!(matches!(error.driver_error(), Some(DieselError::Connection(ConnectionError::BadConnection(_)))));
/// ```
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DieselError {
    /// A connection could not be established.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// A statement failed.
    #[error(transparent)]
    Query(#[from] result::Error),
}
