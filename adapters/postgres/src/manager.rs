//! `PostgresManager`: opens, cleans and checks connections to one PostgreSQL database.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use cenote::{Fault, Manager, MayHang};
use postgres::{Client, Config, NoTls, error::DbError};

use crate::{
    account::Account,
    canceller::Canceller,
    deadline::Deadline,
    error::Error,
    fault::classify,
    notices::Notices,
    place::{Place, count_hosts},
    plain::Plain,
    reset::Reset,
    route::Route,
    session::{Ending, Session},
    tls::Tls,
    url::{self, InvalidUrl},
    watched::Watching,
};

/// Opens, cleans and checks connections to one PostgreSQL database.
///
/// Nothing is opened before the first checkout.
///
/// ```
/// # let url = cenote_servers::postgres().url();
/// use cenote_postgres::{Pool, PostgresManager};
///
/// let pool = Pool::new(PostgresManager::url(url)?);
/// let mut conn = pool.get()?;
/// let row = conn.query_one("select 6 * $1::int4", &[&7])?;
/// assert_eq!(row.get::<_, i32>(0), 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What a return costs
///
/// The driver does not tell whether a transaction is open. A watcher around its stream sees what server and client
/// tell each other, and counts: if nothing is unanswered, and the last answer says that no transaction is open, the
/// connection goes home without a word. In every other case it is asked, in one round trip that rolls back.
///
/// | `sslmode` | without TLS | [`with_tls`](Self::with_tls) |
/// |---|---|---|
/// | `disable` | watched | watched, and not encrypted |
/// | `prefer` (the driver's default) | watched | watched if the server has TLS, else one round trip for each return |
/// | `require` | an error, as with the driver alone | watched |
/// | any, to a unix socket | one round trip for each return | one round trip for each return |
///
/// What is encrypted is what would be without the watcher. [`with_watcher(false)`](Self::with_watcher) turns it off.
///
/// # What errors mean
///
/// | error | [`Fault`] | because |
/// |---|---|---|
/// | `57P01`, `57P02`, `57P04`, `57P05`, `25P03`, class `08`, closed, the network | `Lost` | the connection is gone |
/// | class `28`, class `42`, `3D000`, `08004`, TLS, configuration | `Refused` | somebody has to mend it |
/// | `57P03`, class `53`, class `55`, nobody listens | `Transient` | the server starts, or is full |
/// | any other, and a check that took too long | `Other` | it says nothing about other connections |
pub struct PostgresManager<T = NoTls> {
    config: Config,
    tls: T,
    reset: Reset,
    is_watching: bool,
    notices: Option<Notices>,
    /// Whether the server has taken the user's own reset.
    is_reset_tried: AtomicBool,
}

impl PostgresManager {
    /// A server by the driver's configuration: hosts, `target_session_attrs`, timeouts and all.
    ///
    /// Notices go to the callback that the configuration has, or into the log; among them may be the warning that a
    /// rollback on return had nothing to roll back. Give the callback to
    /// [`with_notice_callback`](Self::with_notice_callback) instead, and it does not hear of that. Never blocks.
    ///
    /// ```
    /// # let url = cenote_servers::postgres().url();
    /// use cenote_postgres::{Pool, PostgresManager, postgres::Config};
    ///
    /// let mut config: Config = url.parse()?;
    /// config.application_name("orders");
    /// let pool = Pool::new(PostgresManager::new(config));
    /// let row = pool.get()?.query_one("show application_name", &[])?;
    /// assert_eq!(row.get::<_, &str>(0), "orders");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(config: Config) -> Self {
        Self {
            config,
            tls: NoTls,
            reset: Reset::default(),
            is_watching: true,
            notices: None,
            is_reset_tried: AtomicBool::new(false),
        }
    }

    /// A server by a URL, `postgres://user:password@host:port,host2:port/database?NAME=VALUE&..`, with
    /// [the driver's parameters](Config). Never blocks.
    ///
    /// # Errors
    ///
    /// The text is no such URL. The error says why, and never shows a password.
    ///
    /// ```
    /// use cenote_postgres::PostgresManager;
    ///
    /// let manager = PostgresManager::url("postgres://me@a.example,b.example/app?target_session_attrs=read-write")?;
    /// assert!(PostgresManager::url("mysql://me@db.example/app").is_err());
    /// # Ok::<(), cenote_postgres::InvalidUrl>(())
    /// ```
    pub fn url(url: &str) -> Result<Self, InvalidUrl> {
        Ok(Self { notices: Some(Notices::to_log()), ..Self::new(url::parse(url)?) })
    }
}

impl<T: Tls> PostgresManager<T> {
    /// Encrypts with a TLS crate's connector, as `sslmode` says: with `prefer` where the server can, with `require`
    /// always.
    ///
    /// ```
    /// # let url = cenote_servers::postgres().url();
    /// use cenote_postgres::{Pool, PostgresManager, postgres::NoTls};
    ///
    /// // In place of NoTls the connector of postgres-native-tls, postgres-openssl or tokio-postgres-rustls.
    /// let pool = Pool::new(PostgresManager::url(url)?.with_tls(NoTls));
    /// pool.get()?.batch_execute("select 1")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_tls<U: Tls>(self, tls: U) -> PostgresManager<U> {
        let Self { config, tls: _, reset, is_watching, notices, is_reset_tried } = self;
        PostgresManager { config, tls, reset, is_watching, notices, is_reset_tried }
    }

    /// What a connection is brought back to when it comes home: [`Reset::Rollback`], if this is not called.
    ///
    /// ```
    /// # let url = cenote_servers::postgres().url();
    /// use cenote_postgres::{PostgresManager, Reset};
    ///
    /// let manager = PostgresManager::url(url)?.with_reset(Reset::statement("reset role"));
    /// # Ok::<(), cenote_postgres::InvalidUrl>(())
    /// ```
    #[must_use]
    pub fn with_reset(mut self, reset: Reset) -> Self {
        self.reset = reset;
        self
    }

    /// Whether the byte stream is watched, so that a return costs no round trip where nothing is open: yes, if this is
    /// not called. Without the watcher every return costs one.
    ///
    /// ```
    /// # let url = cenote_servers::postgres().url();
    /// use cenote_postgres::{Pool, PostgresManager};
    ///
    /// let pool = Pool::new(PostgresManager::url(url)?.with_watcher(false));
    /// assert!(!pool.get()?.is_certainly_idle());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_watcher(mut self, is_watching: bool) -> Self {
        self.is_watching = is_watching;
        self
    }

    /// Whom the server's notices and warnings are told, in place of the log: not the warning that a rollback on return
    /// had nothing to roll back. It is called in the thread that uses the connection, and must not block for long.
    ///
    /// ```
    /// # let url = cenote_servers::postgres().url();
    /// use cenote_postgres::{Pool, PostgresManager};
    /// use std::sync::mpsc;
    ///
    /// let (tell, told) = mpsc::channel();
    /// let manager = PostgresManager::url(url)?.with_notice_callback(move |notice| {
    ///     let _ = tell.send(notice.message().to_owned());
    /// });
    /// Pool::new(manager).get()?.batch_execute("do $$ begin raise notice 'look'; end $$")?;
    /// assert_eq!(told.recv()?, "look");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_notice_callback(mut self, callback: impl Fn(DbError) + Send + Sync + 'static) -> Self {
        self.notices = Some(Notices::to(callback));
        self
    }

    pub(crate) fn reset(&self) -> &Reset {
        &self.reset
    }

    fn route(&self) -> Route {
        Route::of::<T>(&self.config, self.is_watching)
    }

    fn open(&self, within: Duration) -> Result<Session, postgres::Error> {
        let (deadline, route) = (Deadline::after(within), self.route());
        let (account, is_asking) = (Arc::new(Account::unseen()), Arc::default());
        let mut config = self.config.clone();
        // A host that is not there must not use up the time of the next.
        let share = within / u32::try_from(count_hosts(&config)).unwrap_or(u32::MAX);
        if config.get_connect_timeout().is_none_or(|own| share < *own) {
            config.connect_timeout(share);
        }
        route.prepare(&mut config);
        if let Some(notices) = &self.notices {
            notices.prepare(&mut config, &is_asking);
        }
        let client = match route {
            Route::Plain => connect(&config, Plain, &account, deadline, share),
            Route::Encrypted => connect(&config, self.tls.clone(), &account, deadline, share),
            Route::Unwatched => config.connect(self.tls.clone()),
        }?;
        Ok(Session::new(client, account, Canceller::new(route, self.tls.clone()), is_asking))
    }

    /// Lets the server read the user's own reset, once: a mistake in it would cost every connection when it comes
    /// home, where nobody is told but the log.
    fn try_reset(&self, session: &mut Session) -> Result<(), Error> {
        if !matches!(self.reset, Reset::Statement(_)) || self.is_reset_tried.load(Ordering::Relaxed) {
            return Ok(());
        }
        session
            .reset(&self.reset)
            .map_err(|error| Error::at("PostgresManager::with_reset".to_owned(), error))?;
        self.is_reset_tried.store(true, Ordering::Relaxed);
        Ok(())
    }
}

fn connect<T: Tls>(
    config: &Config,
    tls: T,
    account: &Arc<Account>,
    deadline: Deadline,
    share: Duration,
) -> Result<Client, postgres::Error> {
    config.connect(Watching { tls, account: Arc::clone(account), deadline, share })
}

impl<T: Tls> Manager for PostgresManager<T> {
    type Connection = Session;
    type Error = Error;

    /// Each host that the configuration names has its share of the time, and no more than the configuration's
    /// `connect_timeout`.
    fn connect(&self, within: Duration) -> Result<Session, Error> {
        let opened = self.open(within);
        let mut session = opened.map_err(|error| Error::at(Place(&self.config).to_string(), error))?;
        self.try_reset(&mut session)?;
        Ok(session)
    }

    /// Nothing where it is known that nothing is open; else one round trip, see [`Reset`].
    fn rollback(&self, session: &mut Session) -> Result<(), Error> {
        session.end_transaction(Ending::Rollback, &self.reset).map_err(Error::from)
    }

    /// Asks the server nothing, and waits for the answer: one round trip.
    fn is_valid(&self, session: &mut Session, within: Duration) -> Result<(), Error> {
        session.is_valid(within).map_err(Error::from)
    }

    /// The driver knows of a connection that ended while it was used, not while it was idle. Out of step, or with a
    /// cancel request that may still arrive, it must not be lent again either.
    fn has_broken(&self, session: &mut Session) -> bool {
        session.has_broken()
    }

    fn classify(&self, error: &Error) -> Fault {
        classify(error)
    }

    /// A connect may wait for a name server and, where the stream is not watched, for a server that accepts and says
    /// nothing: the driver's `connect_timeout` ends before the handshake does. A close waits there for whatever the
    /// server still owes.
    fn may_hang(&self) -> MayHang {
        MayHang { connect: true, close: true, ..MayHang::NOTHING }
    }
}

impl<T> fmt::Debug for PostgresManager<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresManager")
            .field("config", &self.config)
            .field("reset", &self.reset)
            .field("is_watching", &self.is_watching)
            .finish_non_exhaustive()
    }
}
