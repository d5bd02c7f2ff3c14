//! What the errors of server and driver mean for a pool.

use std::{error::Error as _, io};

use cenote::Fault;
use postgres::{Error, error::SqlState};

/// What an error means for the pool; the table stands at [`PostgresManager`](crate::PostgresManager).
pub(crate) fn classify(error: &Error) -> Fault {
    if error.is_closed() {
        return Fault::Lost;
    }
    if let Some(code) = error.code() {
        return by_code(code);
    }
    // The driver's kinds of errors show in their texts alone.
    let kind = error.to_string();
    match kind.as_str() {
        "error connecting to server" => Fault::Transient,
        "error communicating with the server" | "unexpected message from server" => Fault::Lost,
        "error performing TLS handshake" if is_io(error) => Fault::Transient,
        "error performing TLS handshake"
        | "authentication error"
        | "invalid configuration"
        | "invalid connection string" => Fault::Refused,
        _ => Fault::Other,
    }
}

fn by_code(code: &SqlState) -> Fault {
    match code.code() {
        // The server turned this login away for good, as a pooler does.
        "08004" => Fault::Refused,
        // It starts, or stops: it will be back.
        "57P03" => Fault::Transient,
        // Shut down, crashed, its database dropped, idle for too long.
        "57P01" | "57P02" | "57P04" | "57P05" | "25P03" => Fault::Lost,
        "3D000" => Fault::Refused,
        code => match code.get(..2) {
            Some("08") => Fault::Lost,
            Some("28" | "42") => Fault::Refused,
            Some("53" | "55") => Fault::Transient,
            _ => Fault::Other,
        },
    }
}

/// Whether it was the network and not what was said over it.
fn is_io(error: &Error) -> bool {
    error.source().is_some_and(|cause| cause.is::<io::Error>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_says_whether_the_connection_is_gone_or_the_server_refuses_and_for_how_long() {
        for (states, fault) in [
            (&["57P01", "57P02", "57P05", "25P03", "08006", "08003", "08P01"][..], Fault::Lost),
            (&["28P01", "28000", "3D000", "42501", "42704", "08004"], Fault::Refused),
            (&["53300", "53200", "57P03", "55006", "55P03"], Fault::Transient),
            (&["23505", "40001", "57014", "22012", "25P02", "XX000"], Fault::Other),
        ] {
            for state in states {
                assert_eq!(by_code(&SqlState::from_code(state)), fault, "{state}");
            }
        }
    }

    #[test]
    fn a_mistake_in_the_configuration_is_refused() {
        assert_eq!(classify(&"host".parse::<postgres::Config>().unwrap_err()), Fault::Refused);
        let nobody = postgres::Config::new().connect(postgres::NoTls).err().unwrap();
        assert_eq!(classify(&nobody), Fault::Refused, "{nobody:?}");
    }

    #[test]
    fn a_server_that_cannot_be_reached_may_be_there_again() {
        let config = "host=127.0.0.1 port=1 user=u".parse::<postgres::Config>().unwrap();
        let error = config.connect(postgres::NoTls).err().unwrap();
        assert_eq!(classify(&error), Fault::Transient, "{error:?}");
    }
}
