//! What the driver's errors mean for a pool and for a session, and how this crate words errors of its own.

use std::{
    error::Error as _,
    io::{self, ErrorKind},
};

use cenote::Fault;
use mysql::{DriverError, Error};

/// What an error means for the pool; the table stands at [`MysqlManager`](crate::MysqlManager).
pub(crate) fn classify(error: &Error) -> Fault {
    match error {
        Error::MySqlError(error) => of_code(error.code),
        Error::IoError(_) | Error::CodecError(_) => {
            io_cause(error).map_or(Fault::Other, |cause| of_kind(cause.kind()))
        }
        Error::DriverError(error) => of_driver(error),
        Error::UrlError(_) => Fault::Refused,
        #[cfg(any(feature = "native-tls", feature = "rustls-tls", feature = "rustls-tls-ring"))]
        Error::TlsError(_) => Fault::Refused,
        _ => Fault::Other,
    }
}

/// What went wrong with the network, if that is what went wrong.
pub(crate) fn io_cause(error: &Error) -> Option<&io::Error> {
    match error {
        Error::IoError(error) => Some(error),
        Error::CodecError(error) => error.source()?.downcast_ref(),
        _ => None,
    }
}

/// Whether an error is the server's answer, or was found before anything was sent: either way the next answer belongs
/// to the next question.
pub(crate) fn answers(error: &Error) -> bool {
    match error {
        Error::MySqlError(_) => true,
        Error::DriverError(error) => matches!(
            error,
            DriverError::MismatchedStmtParams(..)
                | DriverError::Params(_)
                | DriverError::MixedParams
                | DriverError::ReadOnlyTransNotSupported
        ),
        _ => false,
    }
}

/// The server ended the connection while nobody used it.
#[cfg(unix)]
pub(crate) fn gone(cause: io::Error) -> Error {
    failure(cause.kind(), "the server, or the network, closed this connection while it was idle")
}

/// The server sent what nobody asked for: it says why it goes away.
#[cfg(unix)]
pub(crate) fn unasked() -> Error {
    failure(
        ErrorKind::ConnectionAborted,
        "the server spoke on an idle connection, which it does before it closes it",
    )
}

/// The answer that came is not to what was asked.
pub(crate) fn out_of_step() -> Error {
    failure(
        ErrorKind::InvalidData,
        "an earlier answer was still on its way when this connection came back (a read_timeout, a result that was \
         forgotten): nobody may use it any more",
    )
}

/// A call did not come to its end.
pub(crate) fn broken_off() -> Error {
    failure(
        ErrorKind::InvalidData,
        "a call on this connection broke off before its answer was read: nobody may use it any more",
    )
}

/// The session is not where it began, and cannot be brought back without losing what `ResetBy` keeps.
pub(crate) fn moved() -> Error {
    failure(
        ErrorKind::InvalidData,
        "this session changed its user, or chose a database where it had none; ResetBy::Connection can undo that",
    )
}

fn failure(kind: ErrorKind, text: &'static str) -> Error {
    Error::IoError(io::Error::new(kind, text))
}

fn of_code(code: u16) -> Fault {
    match code {
        // Out of memory, of connections or threads, of a user's share; offline for maintenance.
        1037 | 1038 | 1040 | 1041 | 1135 | 1203 | 1226 | 3032 | 3168 => Fault::Transient,
        // A full disk, a lock that was waited for too long, a deadlock.
        1021 | 1205 | 1213 => Fault::Transient,
        // A shutdown, a connection aborted or killed, its network gone, the time to be idle over.
        1053 | 1077 | 1079 | 1080 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 | 3169 | 4031 => {
            Fault::Lost
        }
        // A user, password, database or host that has no access, or not this way.
        1044 | 1045 | 1049 | 1129 | 1130 | 1251 | 1275 | 1524 | 1698 | 1820 | 1862 | 3118 | 3159 | 4151 => {
            Fault::Refused
        }
        _ => Fault::Other,
    }
}

fn of_kind(kind: ErrorKind) -> Fault {
    match kind {
        ErrorKind::BrokenPipe
        | ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionRefused
        | ErrorKind::ConnectionReset
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NotConnected
        | ErrorKind::TimedOut
        | ErrorKind::UnexpectedEof
        | ErrorKind::WouldBlock => Fault::Lost,
        _ => Fault::Other,
    }
}

fn of_driver(error: &DriverError) -> Fault {
    match error {
        DriverError::CouldNotConnect(Some((_, _, ErrorKind::PermissionDenied | ErrorKind::InvalidInput)))
        | DriverError::CouldNotConnect(None) => Fault::Refused,
        DriverError::ConnectTimeout | DriverError::CouldNotConnect(Some(_)) | DriverError::Timeout => {
            Fault::Transient
        }
        DriverError::UnsupportedProtocol(_)
        | DriverError::Protocol41NotSet
        | DriverError::TlsNotSupported
        | DriverError::CouldNotParseVersion
        | DriverError::UnknownAuthPlugin(_)
        | DriverError::OldMysqlPasswordDisabled
        | DriverError::CleartextPluginDisabled
        | DriverError::InvalidParsecSalt => Fault::Refused,
        _ => Fault::Other,
    }
}

#[cfg(test)]
mod tests {
    use mysql::MySqlError;

    use super::*;

    fn server(code: u16) -> Error {
        Error::MySqlError(MySqlError { state: "HY000".into(), message: String::new(), code })
    }

    #[test]
    fn a_connection_that_was_killed_or_timed_out_is_lost() {
        for code in [1053, 1927, 2006, 2013, 3169, 4031] {
            assert_eq!(classify(&server(code)), Fault::Lost, "{code}");
        }
        assert_eq!(classify(&Error::IoError(ErrorKind::WouldBlock.into())), Fault::Lost);
        assert_eq!(classify(&Error::server_disconnected()), Fault::Lost);
    }

    #[cfg(unix)]
    #[test]
    fn what_the_socket_tells_of_an_idle_connection_is_its_loss() {
        assert_eq!(classify(&gone(ErrorKind::ConnectionReset.into())), Fault::Lost);
        assert_eq!(classify(&unasked()), Fault::Lost);
    }

    #[test]
    fn what_trying_again_cannot_mend_is_refused() {
        for code in [1044, 1045, 1049, 1129, 1130, 1251, 1698, 3118] {
            assert_eq!(classify(&server(code)), Fault::Refused, "{code}");
        }
        assert_eq!(classify(&Error::DriverError(DriverError::TlsNotSupported)), Fault::Refused);
    }

    #[test]
    fn a_server_that_is_busy_or_not_there_yet_may_come() {
        for code in [1040, 1203, 1205, 1213, 1226] {
            assert_eq!(classify(&server(code)), Fault::Transient, "{code}");
        }
        let refused = (String::new(), String::new(), ErrorKind::ConnectionRefused);
        let error = Error::DriverError(DriverError::CouldNotConnect(Some(refused)));
        assert_eq!(classify(&error), Fault::Transient);
        assert_eq!(classify(&Error::DriverError(DriverError::ConnectTimeout)), Fault::Transient);
    }

    #[test]
    fn an_interrupted_statement_says_nothing_about_the_connection() {
        for code in [1064, 1146, 1317, 1969, 3024] {
            assert_eq!(classify(&server(code)), Fault::Other, "{code}");
        }
    }

    #[test]
    fn one_connection_out_of_step_says_nothing_about_the_others() {
        for error in [out_of_step(), broken_off(), moved()] {
            assert_eq!(classify(&error), Fault::Other);
        }
        assert_eq!(classify(&Error::DriverError(DriverError::PacketOutOfSync)), Fault::Other);
    }

    #[test]
    fn only_an_answer_keeps_a_connection_in_step() {
        assert!(answers(&server(1064)));
        assert!(answers(&Error::DriverError(DriverError::MismatchedStmtParams(1, 2))));
        assert!(!answers(&Error::DriverError(DriverError::UnexpectedPacket)));
        assert!(!answers(&Error::IoError(ErrorKind::WouldBlock.into())));
        assert!(!answers(&Error::IoError(io::Error::other("a handler's"))));
    }
}
