//! `Error`: the driver's error, in words that say what went wrong, and where.

use std::{error::Error as _, fmt, ops::Deref};

/// An error of the driver's, to which it derefs: [`code`](postgres::Error::code) gives the SQLSTATE.
///
/// The driver's own text is "db error" or "error connecting to server"; this one's has the causes in it and, after a
/// failed connect, the servers. It never has a password in it.
///
/// ```
/// use cenote_postgres::{Pool, PostgresManager};
///
/// let pool = Pool::new(PostgresManager::url("postgres://me:secret@127.0.0.1:1/app")?);
/// let error = pool.get().unwrap_err().to_string();
/// assert!(error.contains("postgres://me@127.0.0.1:1/app: error connecting to server: Connection refused"));
/// # Ok::<(), cenote_postgres::InvalidUrl>(())
/// ```
///
/// In a hook `?` makes it of the driver's:
///
/// ```
/// # let url = cenote_servers::postgres().url();
/// use cenote_postgres::{Pool, PostgresManager};
///
/// let pool = Pool::builder(PostgresManager::url(url)?)
///     .on_connect(|conn, _| Ok(conn.batch_execute("set application_name = 'orders'")?))
///     .build()?;
/// let row = pool.get()?.query_one("show application_name", &[])?;
/// assert_eq!(row.get::<_, &str>(0), "orders");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Error {
    /// Boxed, so that a `Result` is no larger than the driver's.
    parts: Box<(Option<String>, postgres::Error)>,
}

impl Error {
    /// An error of a connect, led by where it happened.
    pub(crate) fn at(place: String, error: postgres::Error) -> Self {
        Self { parts: Box::new((Some(place), error)) }
    }

    /// The driver's own error.
    ///
    /// ```
    /// # let url = cenote_servers::postgres().url();
    /// use cenote_postgres::{Error, Pool, PostgresManager, postgres::error::SqlState};
    ///
    /// let pool = Pool::new(PostgresManager::url(url)?);
    /// let error = Error::from(pool.get()?.batch_execute("select 1/0").unwrap_err());
    /// assert_eq!(error.code(), Some(&SqlState::DIVISION_BY_ZERO));
    /// assert!(!error.into_driver_error().is_closed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn into_driver_error(self) -> postgres::Error {
        self.parts.1
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        Self { parts: Box::new((None, error)) }
    }
}

impl Deref for Error {
    type Target = postgres::Error;

    fn deref(&self) -> &postgres::Error {
        &self.parts.1
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.parts.1)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, driver) = &*self.parts;
        if let Some(place) = place {
            write!(f, "{place}: ")?;
        }
        let mut separator = "";
        // Before an error of the server's, the driver's own text is "db error".
        if driver.as_db_error().is_none() {
            driver.fmt(f)?;
            separator = ": ";
        }
        let mut cause = driver.source();
        while let Some(error) = cause {
            write!(f, "{separator}{error}")?;
            separator = ": ";
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, driver) = &*self.parts;
        f.debug_struct("Error").field("place", place).field("driver", driver).finish()
    }
}
