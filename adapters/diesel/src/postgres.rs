//! `PgConnection` in a pool.

use cenote::Fault;
use diesel::{PgConnection, pg::Pg, query_builder::QueryFragment};

use crate::{error::DieselError, fault::classify_by_words, poolable::Poolable, statement::text_of};

/// What libpq and PostgreSQL say, and what it means. What the server says is in its own language, libpq's is English
/// unless the locale of the process says otherwise.
const WORDS: [(&str, Fault); 23] = [
    ("too many clients", Fault::Transient),
    ("too many connections", Fault::Transient),
    ("connection slots are reserved", Fault::Transient),
    ("the database system is", Fault::Transient),
    ("Connection refused", Fault::Transient),
    ("Connection timed out", Fault::Transient),
    ("timeout expired", Fault::Transient),
    ("No such file or directory", Fault::Transient),
    ("Temporary failure in name resolution", Fault::Transient),
    ("terminating connection", Fault::Lost),
    ("server closed the connection unexpectedly", Fault::Lost),
    ("no connection to the server", Fault::Lost),
    ("could not receive data from server", Fault::Lost),
    ("could not send data to server", Fault::Lost),
    ("connection has been closed unexpectedly", Fault::Lost),
    ("authentication failed", Fault::Refused),
    ("no password supplied", Fault::Refused),
    ("no pg_hba.conf entry", Fault::Refused),
    ("does not exist", Fault::Refused),
    ("is not permitted to log in", Fault::Refused),
    ("permission denied for database", Fault::Refused),
    ("in connection info string", Fault::Refused),
    ("invalid ", Fault::Refused),
];

impl Poolable for PgConnection {
    fn text_of(query: &impl QueryFragment<Pg>) -> Option<String> {
        text_of(query)
    }

    fn classify(error: &DieselError) -> Fault {
        match classify_by_words(error, &WORDS) {
            // A connection that does not come about is not lost, and a statement that is refused says nothing about
            // its connection.
            Fault::Lost if matches!(error, DieselError::Connection(_)) => Fault::Transient,
            Fault::Refused | Fault::Transient if matches!(error, DieselError::Query(_)) => Fault::Other,
            fault => fault,
        }
    }
}
