//! `AnyConnection`: a connection to whichever database the URL names.

use std::time::Duration;

use cenote::Fault;
use cenote_diesel::{
    DieselError, Poolable,
    diesel::{self, ConnectionError::InvalidConnectionUrl, prelude::*},
};

/// One of these, chosen at run time. What Diesel can say to all of them, it can say to this.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
    #[cfg(feature = "mysql")]
    Mysql(MysqlConnection),
}

impl AnyConnection {
    /// What every new connection is told first. A statement that takes too long fails, so that no request keeps its
    /// connection for ever.
    pub(crate) fn settings(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => {
                "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = on; PRAGMA journal_mode = wal; \
                 PRAGMA synchronous = normal"
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => "SET statement_timeout = '5s'",
            #[cfg(feature = "mysql")]
            Self::Mysql(_) => "SET SESSION innodb_lock_wait_timeout = 5",
        }
    }
}

/// Passes everything on to the connection that it is.
impl Poolable for AnyConnection {
    fn open(url: &str) -> ConnectionResult<Self> {
        match url.split_once(':') {
            #[cfg(feature = "postgres")]
            Some(("postgres" | "postgresql", _)) => Poolable::open(url).map(Self::Postgres),
            #[cfg(feature = "mysql")]
            Some(("mysql", _)) => Poolable::open(url).map(Self::Mysql),
            Some(("sqlite", path)) => {
                Poolable::open(path.strip_prefix("//").unwrap_or(path)).map(Self::Sqlite)
            }
            Some((scheme, rest)) if rest.starts_with("//") => {
                Err(InvalidConnectionUrl(format!("this program was built without the database `{scheme}`")))
            }
            _ => Poolable::open(url).map(Self::Sqlite),
        }
    }

    fn end_transaction(&mut self, how: &str) -> QueryResult<()> {
        match self {
            Self::Sqlite(conn) => conn.end_transaction(how),
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => conn.end_transaction(how),
            #[cfg(feature = "mysql")]
            Self::Mysql(conn) => conn.end_transaction(how),
        }
    }

    fn begins_by_itself(&mut self) -> QueryResult<bool> {
        match self {
            Self::Sqlite(conn) => conn.begins_by_itself(),
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => conn.begins_by_itself(),
            #[cfg(feature = "mysql")]
            Self::Mysql(conn) => conn.begins_by_itself(),
        }
    }

    fn is_valid(&mut self, within: Duration) -> QueryResult<()> {
        match self {
            Self::Sqlite(conn) => conn.is_valid(within),
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => conn.is_valid(within),
            #[cfg(feature = "mysql")]
            Self::Mysql(conn) => conn.is_valid(within),
        }
    }

    /// An error does not say whose it is: the first that knows it is believed.
    fn classify(error: &DieselError) -> Fault {
        let known = [
            SqliteConnection::classify(error),
            #[cfg(feature = "postgres")]
            PgConnection::classify(error),
            #[cfg(feature = "mysql")]
            MysqlConnection::classify(error),
        ];
        known.into_iter().find(|fault| *fault != Fault::Other).unwrap_or(Fault::Other)
    }
}
