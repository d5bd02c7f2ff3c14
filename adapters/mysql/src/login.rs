//! `Login`: where the sessions of a manager are opened, as whom, and with how much patience.

use std::{fmt, io::ErrorKind, time::Duration};

use mysql::{ChangeUserOpts, Conn, DriverError, Error, Opts, OptsBuilder, prelude::Queryable};

use crate::{
    fault::io_cause,
    session::{Place, Session},
    socket::set_read_timeout,
};

/// The driver's options, of which nobody but the driver sees the password.
pub(crate) struct Login {
    opts: Opts,
}

impl Login {
    pub(crate) fn new(opts: Opts) -> Self {
        Self { opts }
    }

    /// Opens a connection. No wait for the server is longer than `within`, which the driver takes for all of a
    /// connection's life; so it is taken back afterwards.
    pub(crate) fn open(&self, within: Duration) -> Result<Conn, Error> {
        let configured = self.opts.get_read_timeout().copied();
        let read_timeout = if cfg!(unix) { shorter(configured, within) } else { configured };
        let opts = OptsBuilder::from_opts(self.opts.clone())
            .tcp_connect_timeout(shorter(self.opts.get_tcp_connect_timeout(), within))
            .read_timeout(read_timeout);
        let conn = Conn::new(opts).map_err(|error| self.at_server(error))?;
        if read_timeout != configured {
            set_read_timeout(&conn, configured)?;
        }
        Ok(conn)
    }

    /// An error of a connect, with the server's name where the driver left it out.
    fn at_server(&self, error: Error) -> Error {
        let Some(cause) = io_cause(&error) else { return error };
        let what = match cause.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                "it took the connection, and did not answer before the deadline of this connect".to_owned()
            }
            _ => cause.to_string(),
        };
        Error::DriverError(DriverError::CouldNotConnect(Some((self.to_string(), what, cause.kind()))))
    }

    /// Asks a session whether it is alive and in step, and waits no longer than `within` for its answer.
    pub(crate) fn ask(&self, session: &mut Session, within: Duration) -> Result<(), Error> {
        let configured = self.opts.get_read_timeout().copied();
        let read_timeout = shorter(configured, within);
        if read_timeout != configured {
            set_read_timeout(&session.conn, read_timeout)?;
        }
        let before = session.trail;
        session.ask("")?;
        session.trail = before;
        if read_timeout != configured {
            set_read_timeout(&session.conn, configured)?;
        }
        Ok(())
    }

    /// Makes a session what it was when it was opened, whoever it belongs to by now.
    pub(crate) fn again(&self, session: &mut Session) -> Result<(), Error> {
        let opts = ChangeUserOpts::new()
            .with_user(self.opts.get_user().map(Into::into))
            .with_pass(self.opts.get_pass().map(Into::into))
            .with_db_name(self.database().map(Into::into));
        session.change_user(opts)?;
        self.opts.get_init().iter().try_for_each(|statement| session.query_drop(statement))
    }

    /// The database that sessions begin in, if they begin in one.
    pub(crate) fn database(&self) -> Option<&str> {
        self.opts.get_db_name().filter(|name| !name.is_empty())
    }

    /// Whether that is where a session is.
    pub(crate) fn is_home(&self, place: &Place) -> bool {
        let name = place.user.rsplit_once('@').map_or(&*place.user, |(name, _)| name);
        place.database.as_deref() == self.database() && name == self.opts.get_user().unwrap_or_default()
    }
}

/// The shorter one of what is configured and what is left. Nothing is too short to be set, and nobody waits for a month.
fn shorter(configured: Option<Duration>, within: Duration) -> Option<Duration> {
    const SHORTEST: Duration = Duration::from_millis(1);
    const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);
    if within > LONGEST {
        return configured;
    }
    Some(configured.unwrap_or(within).min(within).max(SHORTEST))
}

impl fmt::Display for Login {
    /// Names the server for a message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.opts.get_socket() {
            Some(path) => f.write_str(path),
            None => write!(f, "{}:{}", self.opts.get_ip_or_hostname(), self.opts.get_tcp_port()),
        }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("server", &format_args!("{self}"))
            .field("user", &self.opts.get_user().unwrap_or_default())
            .field("password", &self.opts.get_pass().map(|_| format_args!("_")))
            .field("database", &self.database().unwrap_or_default())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_longer_than_the_shorter_of_two() {
        let [short, long] = [1, 2].map(Duration::from_secs);
        assert_eq!(shorter(None, Duration::MAX), None);
        assert_eq!(shorter(Some(short), Duration::MAX), Some(short));
        assert_eq!(shorter(None, long), Some(long));
        assert_eq!(shorter(Some(short), long), Some(short));
        assert_eq!(shorter(Some(long), short), Some(short));
        assert_eq!(shorter(None, Duration::ZERO), Some(Duration::from_millis(1)));
    }

    #[test]
    fn a_session_is_at_home_in_its_own_database_as_its_own_user() {
        let login = |database| Login::new(OptsBuilder::new().user(Some("me@work")).db_name(database).into());
        let place = |user: &str, database: Option<&str>| Place {
            user: user.to_owned(),
            database: database.map(Into::into),
        };
        assert!(login(Some("shop")).is_home(&place("me@work@localhost", Some("shop"))));
        assert!(login(None::<&str>).is_home(&place("me@work@localhost", None)));
        assert!(login(Some("")).is_home(&place("me@work@localhost", None)));
        assert!(!login(None).is_home(&place("me@work@localhost", Some("shop"))));
        assert!(!login(Some("shop")).is_home(&place("me@work@localhost", None)));
        assert!(!login(Some("shop")).is_home(&place("me@localhost", Some("shop"))));
    }
}
