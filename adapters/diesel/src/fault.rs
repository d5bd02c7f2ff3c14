//! What Diesel's errors mean for a pool.

use cenote::Fault;
use diesel::{
    ConnectionError::{InvalidCString, InvalidConnectionUrl},
    result::{
        DatabaseErrorKind::{ClosedConnection, UnableToSendCommand},
        Error::DatabaseError,
    },
};

use crate::error::DieselError;

/// What Diesel itself tells of an error, whatever the backend is.
pub(crate) fn classify(error: &DieselError) -> Fault {
    match error {
        DieselError::Connection(InvalidCString(_) | InvalidConnectionUrl(_)) => Fault::Refused,
        DieselError::Query(DatabaseError(ClosedConnection | UnableToSendCommand, _)) => Fault::Lost,
        _ => Fault::Other,
    }
}

/// The same, and where Diesel tells nothing, the first of these words that is part of the error's text.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(crate) fn classify_by_words(error: &DieselError, words: &[(&str, Fault)]) -> Fault {
    match classify(error) {
        Fault::Other => {
            let text = error.to_string();
            let known = words.iter().find(|(words, _)| text.contains(words));
            known.map_or(Fault::Other, |&(_, fault)| fault)
        }
        fault => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::result::Error;

    #[test]
    fn a_closed_connection_is_a_loss_and_a_missing_row_is_nothing() {
        let closed = DatabaseError(ClosedConnection, Box::new(String::new()));
        assert_eq!(classify(&closed.into()), Fault::Lost);
        assert_eq!(classify(&Error::NotFound.into()), Fault::Other);
    }

    #[test]
    fn a_url_that_is_none_is_refused() {
        let error = InvalidConnectionUrl(String::new());
        assert_eq!(classify(&error.into()), Fault::Refused);
    }
}
