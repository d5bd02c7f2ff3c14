//! `MysqlManager`: opens, cleans and checks connections to one MySQL or MariaDB server.

use std::{fmt, time::Duration};

use cenote::{Fault, Manager, MayHang};
use mysql::{Conn, Error, Opts};

use crate::{
    fault::{broken_off, classify},
    login::Login,
    reset::ResetBy,
    session::Session,
    socket::look,
    url::{InvalidUrl, read},
};

/// Opens, cleans and checks connections to one MySQL or MariaDB server.
///
/// Nothing is opened before the first checkout: a wrong password or an unknown database is the cause of its
/// [`Error::Connect`](cenote::Error::Connect).
///
/// ```
/// use cenote_mysql::{MysqlManager, Pool, ResetBy, mysql::prelude::Queryable};
///
/// # let url = cenote_servers::mysql().url();
/// let manager = MysqlManager::url(url)?.with_reset(ResetBy::Rollback);
/// let pool = Pool::new(manager);
///
/// let mut conn = pool.get()?;
/// conn.query_drop("create temporary table t(v int)")?;
/// conn.exec_drop("insert into t values (?)", (42,))?;
/// assert_eq!(conn.query_first("select v from t")?, Some(42));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What errors mean
///
/// | error | [`Fault`] | because |
/// |---|---|---|
/// | 2006, 2013, 1053, 1927, 3169, 4031, aborted connections (1152, 1158 to 1161, 1184) | `Lost` | the server ended the connection, or is going down |
/// | `IoError` and `CodecError` of a network: reset, broken, timed out | `Lost` | nobody is there to answer |
/// | 1045, 1698, 1044, 1049, 1129, 1130, 1251, 1820, 1862, 3118, 3159, TLS, a protocol or a plugin that one side lacks | `Refused` | somebody has to mend it |
/// | 1040, 1203, 1226, 1037, 1041, 1135, 3032, a server that is not there or slow to answer a connect | `Transient` | there may be room, or a server, in a moment |
/// | 1205, 1213, 1021 | `Transient` | somebody else has the lock, or the disk is full |
/// | 1317, 3024, 1969 and any other, `PacketsOutOfSync` and other disorder | `Other` | it says nothing about other connections |
pub struct MysqlManager {
    login: Login,
    reset: ResetBy,
}

impl MysqlManager {
    /// A server by the driver's options. They are taken as they are: `init` is run by each connect and by each reset,
    /// `read_timeout` and `write_timeout` bound every statement, and options of the driver's own pool mean nothing.
    ///
    /// `prefer_socket`, the driver's default, makes each connect to a loopback address two: one to ask for the path of
    /// a socket, one to that path. Say no to it where a tunnel or a container stands between: the path is on another
    /// machine, and here may belong to another server. Never blocks.
    ///
    /// ```
    /// use cenote_mysql::{MysqlManager, mysql::OptsBuilder};
    /// use std::time::Duration;
    ///
    /// let opts = OptsBuilder::new()
    ///     .ip_or_hostname(Some("db.example"))
    ///     .user(Some("app"))
    ///     .pass(std::env::var("DB_PASSWORD").ok())
    ///     .db_name(Some("shop"))
    ///     .read_timeout(Some(Duration::from_secs(20)));
    /// let manager = MysqlManager::new(opts);
    /// ```
    pub fn new(opts: impl Into<Opts>) -> Self {
        Self { login: Login::new(opts.into()), reset: ResetBy::default() }
    }

    /// A server by a URL, `mysql://USER:PASSWORD@HOST:PORT/DATABASE?NAME=VALUE&..`, with the driver's parameters.
    ///
    /// It connects where the URL says: `prefer_socket` is off, if the URL does not have it. Never blocks.
    ///
    /// # Errors
    ///
    /// [`InvalidUrl`], if the driver cannot read it.
    ///
    /// ```
    /// use cenote_mysql::MysqlManager;
    ///
    /// let manager = MysqlManager::url("mysql://app:4%2F2@db.example/shop")?;
    /// assert!(!format!("{manager:?}").contains("4/2"));
    /// # Ok::<(), cenote_mysql::InvalidUrl>(())
    /// ```
    pub fn url(url: &str) -> Result<Self, InvalidUrl> {
        Ok(Self::new(read(url)?))
    }

    /// How a returned connection is made ready for its next user: [`ResetBy::Connection`], if this is not called.
    ///
    /// ```
    /// use cenote_mysql::{MysqlManager, ResetBy};
    ///
    /// let manager = MysqlManager::url("mysql://app@db.example/shop")?.with_reset(ResetBy::Rollback);
    /// # Ok::<(), cenote_mysql::InvalidUrl>(())
    /// ```
    #[must_use]
    pub fn with_reset(mut self, reset: ResetBy) -> Self {
        self.reset = reset;
        self
    }

    /// Brings a session that its user is done with to its end, and cleans it, if there was a user at all.
    pub(crate) fn end(
        &self,
        session: &mut Session,
        ending: &str,
        end: impl FnOnce(&mut Session) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !session.trail.is_used {
            return Ok(());
        }
        if session.trail.is_broken {
            return Err(broken_off());
        }
        session.conn.set_local_infile_handler(None);
        end(session)?;
        self.reset.clean(session, &self.login, ending)?;
        session.trail = Default::default();
        Ok(())
    }
}

impl Manager for MysqlManager {
    type Connection = Session;
    type Error = Error;

    /// Each wait for the server is bounded by `within`, also that for a greeting that never comes; looking up a name
    /// is not.
    fn connect(&self, within: Duration) -> Result<Session, Error> {
        self.login.open(within).map(Session::new)
    }

    /// Sends what [`ResetBy`] says: one round trip, if the session was used at all; one more, to ask, if what was done
    /// with it was not seen to its end. Nothing is sent on a connection on which a call broke off: it is closed.
    ///
    /// It waits for the server as long as a statement does: as the driver's `read_timeout` says, or without end. The
    /// pool's `reset_timeout` bounds it.
    fn rollback(&self, session: &mut Session) -> Result<(), Error> {
        self.end(session, "rollback", |_| Ok(()))
    }

    /// Looks at the socket first: of a connection that the server closed, it tells at once, without a word to the
    /// server. Only then does it ask, in one round trip, for a number that nobody else knows: a network that forgot the
    /// connection says nothing by itself.
    fn is_valid(&self, session: &mut Session, within: Duration) -> Result<(), Error> {
        look(&session.conn)?;
        self.login.ask(session, within)
    }

    /// Looks at the socket: on a connection that waits for nothing, whatever can be read is a reason to close it.
    fn has_broken(&self, session: &mut Session) -> bool {
        session.trail.is_broken || session.trail.may_be_unread || look(&session.conn).is_err()
    }

    /// Says good-bye, and waits for no answer.
    fn close(&self, session: Session) -> Result<(), Error> {
        drop::<Conn>(session.into_conn());
        Ok(())
    }

    fn classify(&self, error: &Error) -> Fault {
        classify(error)
    }

    /// A connect may: looking up a name has no bound, and the waits for greeting, password and settings, of which each has
    /// one, add up. A check may: its bound is for each read, and an answer may come in pieces. A close cannot: it
    /// only writes, a few bytes into a buffer of the system's.
    fn may_hang(&self) -> MayHang {
        MayHang { close: false, ..MayHang::ANYWHERE }
    }
}

impl fmt::Debug for MysqlManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MysqlManager").field("login", &self.login).field("reset", &self.reset).finish()
    }
}
