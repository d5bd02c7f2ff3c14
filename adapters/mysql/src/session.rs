//! `Session`: a connection of the driver, with what is known of the state that its user leaves it in.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    mem,
    ops::{Deref, DerefMut},
};

use mysql::{ChangeUserOpts, Conn, Error, LocalInfileHandler, Row, Value, prelude::Queryable};

use crate::{
    answer::last_row,
    fault::{answers, out_of_step},
    trail::Trail,
};

/// A connection of the driver that remembers whether all its answers were read, and whether it may have left its
/// database, so that its return costs one round trip wherever that is enough.
///
/// It derefs to [`Conn`] and is used like one: [`Queryable`]'s methods are its own. Two ways of using it hide from it
/// what happens, and cost its return one round trip more, in which it asks: `query_iter` and `exec_iter`, whose
/// rows are read later, and anything that takes a `&mut Conn`.
///
/// ```
/// use cenote_mysql::{MysqlManager, Pool, Session, mysql, mysql::prelude::Queryable};
///
/// fn largest(conn: &mut impl Queryable) -> mysql::Result<Option<i64>> {
///     conn.query_first("select max(n) from (select 41 as n union select 42) as numbers")
/// }
///
/// # let url = cenote_servers::mysql().url();
/// let pool = Pool::new(MysqlManager::url(url)?);
/// let mut conn = pool.get()?;
/// let session: &mut Session = &mut conn;
/// assert_eq!(largest(session)?, Some(42)); // seen to its end
///
/// let bare: &mut mysql::Conn = session;
/// assert_eq!(largest(bare)?, Some(42)); // not seen
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Session {
    pub(crate) conn: Conn,
    pub(crate) trail: Trail,
    /// Whether a reset on the server leaves the character set of the login. Not known before the first.
    pub(crate) keeps_names: Option<bool>,
}

/// Where a session is, as the server says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) user: String,
    pub(crate) database: Option<String>,
}

impl Session {
    pub(crate) fn new(conn: Conn) -> Self {
        Self { conn, trail: Trail::default(), keeps_names: None }
    }

    /// The driver's connection, for good. For one that was detached from its pool. Never blocks.
    ///
    /// ```
    /// use cenote::{Detached, PooledConnection};
    /// use cenote_mysql::{MysqlManager, Pool, mysql};
    ///
    /// # let url = cenote_servers::mysql().url();
    /// let pool = Pool::new(MysqlManager::url(url)?);
    /// let session = Detached::into_inner(PooledConnection::detach(pool.get()?));
    /// let conn: mysql::Conn = session.into_conn();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn into_conn(self) -> Conn {
        self.conn
    }

    /// As [`Conn::ping`]. Blocks until the server answers.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.ping()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ping(&mut self) -> Result<(), Error> {
        self.watch(|conn| (conn.ping(), true))
    }

    /// As [`Conn::reset`]. Blocks until the server answers.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.reset()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reset(&mut self) -> Result<(), Error> {
        self.watch(|conn| (conn.reset(), true))
    }

    /// As [`Conn::select_db`]. Blocks until the server answers. A return undoes it.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.select_db("information_schema")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn select_db(&mut self, database: &str) -> Result<(), Error> {
        self.trail.may_have_moved = true;
        self.watch(|conn| (conn.select_db(database), true))
    }

    /// As [`Conn::change_user`]. Blocks until the server answers. A return undoes it.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool, mysql::ChangeUserOpts};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.change_user(ChangeUserOpts::new().with_db_name(None))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn change_user(&mut self, options: ChangeUserOpts) -> Result<(), Error> {
        self.trail.may_have_moved = true;
        self.trail.may_be_anothers = true;
        self.watch(|conn| (conn.change_user(options), true))
    }

    /// As [`Conn::set_local_infile_handler`]. Never blocks. A return undoes it.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.set_local_infile_handler(None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_local_infile_handler(&mut self, handler: Option<LocalInfileHandler>) {
        self.trail.is_used = true;
        self.conn.set_local_infile_handler(handler);
    }

    /// Makes a call whose answer it reads to the end; the second value says whether it came to that end. If the call
    /// panics, nobody knows.
    pub(crate) fn watch<T>(
        &mut self,
        call: impl FnOnce(&mut Conn) -> (Result<T, Error>, bool),
    ) -> Result<T, Error> {
        self.trail.is_used = true;
        let was_unread = mem::replace(&mut self.trail.may_be_unread, true);
        let (result, is_read) = call(&mut self.conn);
        if is_read && result.as_ref().err().is_none_or(answers) {
            self.trail.may_be_unread = was_unread;
        } else {
            self.trail.is_broken = true;
        }
        result
    }

    /// Makes a call whose answer is read later, by the caller: nobody sees its end.
    pub(crate) fn begin<'s, T: 's>(
        &'s mut self,
        call: impl FnOnce(&'s mut Conn) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Self { conn, trail, .. } = self;
        trail.is_used = true;
        let was_unread = mem::replace(&mut trail.may_be_unread, true);
        call(conn).inspect_err(|error| match answers(error) {
            true => trail.may_be_unread = was_unread,
            false => trail.is_broken = true,
        })
    }

    /// Runs statements, and gives the last row of all that they answer. The first error is the answer to all.
    pub(crate) fn run(&mut self, statements: &str) -> Result<Option<Row>, Error> {
        self.watch(|conn| match conn.query_iter(statements) {
            Ok(answer) => (last_row(answer), true),
            Err(error) => (Err(error), true),
        })
    }

    /// Asks, after these statements, for a number that nobody else knows, and for where the session is. As answers come
    /// in the order of the questions, the right number proves that nothing that was asked before is unanswered.
    pub(crate) fn ask(&mut self, statements: &str) -> Result<Place, Error> {
        let number = RandomState::new().hash_one(()).to_string();
        let question = format!("select {number}, user(), database()");
        let separator = if statements.is_empty() { "" } else { "; " };
        let row = self.run(&format!("{statements}{separator}{question}"))?;
        let place = row.and_then(|row| match [row.as_ref(0), row.as_ref(1), row.as_ref(2)] {
            [Some(Value::Bytes(found)), Some(Value::Bytes(user)), Some(database)] => {
                let database = match database {
                    Value::Bytes(name) => Some(String::from_utf8_lossy(name).into_owned()),
                    _ => None,
                };
                let user = String::from_utf8_lossy(user).into_owned();
                (*found == number.as_bytes()).then_some(Place { user, database })
            }
            _ => None,
        });
        let Some(place) = place else {
            self.trail.is_broken = true;
            return Err(out_of_step());
        };
        self.trail.may_be_unread = false;
        Ok(place)
    }
}

impl Deref for Session {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Session {
    /// Whoever has the driver's connection may do anything with it: the return will ask.
    fn deref_mut(&mut self) -> &mut Conn {
        self.trail.lose_sight();
        &mut self.conn
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("connection_id", &self.conn.connection_id()).finish_non_exhaustive()
    }
}
