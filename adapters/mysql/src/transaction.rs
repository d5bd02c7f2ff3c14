//! `Transaction`: as the driver's, in a session that sees what is done in it.

use std::ops::Deref;

use mysql::{
    AccessMode, Binary, Error, FromRowError, Params, QueryResult, Statement, Text, TxOpts,
    prelude::{AsStatement, FromRow, Queryable},
};

use crate::session::Session;

/// A transaction, from [`Session::start_transaction`]. Dropped without a commit, it is rolled back.
///
/// ```
/// use cenote_mysql::{MysqlManager, Pool, mysql::{TxOpts, prelude::Queryable}};
///
/// # let url = cenote_servers::mysql().url();
/// let pool = Pool::new(MysqlManager::url(url)?);
/// let mut conn = pool.get()?;
/// conn.query_drop("create temporary table t(v int)")?;
/// let mut transaction = conn.start_transaction(TxOpts::default())?;
/// transaction.exec_drop("insert into t values (?)", (42,))?;
/// assert_eq!(transaction.affected_rows(), 1); // derefs to the session, to be read
/// transaction.commit()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct Transaction<'s> {
    session: &'s mut Session,
    is_over: bool,
}

impl Session {
    /// Starts a transaction, as [`mysql::Conn::start_transaction`] does. Dropped without a commit, it is rolled back. Blocks
    /// until the server answers.
    ///
    /// ```
    /// use cenote_mysql::{MysqlManager, Pool, mysql::{TxOpts, prelude::Queryable}};
    ///
    /// # let url = cenote_servers::mysql().url();
    /// let pool = Pool::new(MysqlManager::url(url)?);
    /// let mut conn = pool.get()?;
    /// let mut transaction = conn.start_transaction(TxOpts::default())?;
    /// transaction.query_drop("do 42")?;
    /// transaction.commit()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn start_transaction(&mut self, options: TxOpts) -> Result<Transaction<'_>, Error> {
        Transaction::begin(self, options)
    }
}

impl<'s> Transaction<'s> {
    /// Begins one, in one round trip.
    fn begin(session: &'s mut Session, options: TxOpts) -> Result<Self, Error> {
        let mut statements = Vec::new();
        if let Some(level) = options.isolation_level() {
            statements.push(format!("set transaction isolation level {level}"));
        }
        statements.extend(options.access_mode().map(|mode| match mode {
            AccessMode::ReadOnly => "set transaction read only".to_owned(),
            AccessMode::ReadWrite => "set transaction read write".to_owned(),
        }));
        let snapshot = if options.with_consistent_snapshot() { " with consistent snapshot" } else { "" };
        statements.push(format!("start transaction{snapshot}"));
        session.run(&statements.join("; "))?;
        Ok(Self { session, is_over: false })
    }

    /// Commits. Blocks until the server answers; after an error nobody knows whether it did.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool, mysql::TxOpts};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.start_transaction(TxOpts::default())?.commit()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn commit(mut self) -> Result<(), Error> {
        self.end("commit")
    }

    /// Rolls back. Blocks until the server answers. A drop does the same, and tells no error.
    ///
    /// ```
    /// # use cenote_mysql::{MysqlManager, Pool, mysql::TxOpts};
    /// # let url = cenote_servers::mysql().url();
    /// # let pool = Pool::new(MysqlManager::url(url)?);
    /// pool.get()?.start_transaction(TxOpts::default())?.rollback()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rollback(mut self) -> Result<(), Error> {
        self.end("rollback")
    }

    fn end(&mut self, how: &str) -> Result<(), Error> {
        self.session.query_drop(how)?;
        self.is_over = true;
        Ok(())
    }
}

impl Queryable for Transaction<'_> {
    fn query_iter<Q: AsRef<str>>(&mut self, query: Q) -> Result<QueryResult<'_, '_, '_, Text>, Error> {
        self.session.query_iter(query)
    }

    fn query_first<T, Q>(&mut self, query: Q) -> Result<Option<T>, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
    {
        self.session.query_first(query)
    }

    fn query_first_opt<T, Q>(&mut self, query: Q) -> Result<Option<Result<T, FromRowError>>, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
    {
        self.session.query_first_opt(query)
    }

    fn query_fold<T, F, Q, U>(&mut self, query: Q, init: U, f: F) -> Result<U, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
        F: FnMut(U, T) -> U,
    {
        self.session.query_fold(query, init, f)
    }

    fn query_fold_opt<T, F, Q, U>(&mut self, query: Q, init: U, f: F) -> Result<U, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
        F: FnMut(U, Result<T, FromRowError>) -> U,
    {
        self.session.query_fold_opt(query, init, f)
    }

    fn query_drop<Q: AsRef<str>>(&mut self, query: Q) -> Result<(), Error> {
        self.session.query_drop(query)
    }

    fn prep<Q: AsRef<str>>(&mut self, query: Q) -> Result<Statement, Error> {
        self.session.prep(query)
    }

    fn close(&mut self, statement: Statement) -> Result<(), Error> {
        self.session.close(statement)
    }

    fn exec_iter<S, P>(&mut self, statement: S, params: P) -> Result<QueryResult<'_, '_, '_, Binary>, Error>
    where
        S: AsStatement,
        P: Into<Params>,
    {
        self.session.exec_iter(statement, params)
    }

    fn exec_batch<S, P, I>(&mut self, statement: S, params: I) -> Result<(), Error>
    where
        Self: Sized,
        S: AsStatement,
        P: Into<Params>,
        I: IntoIterator<Item = P>,
    {
        self.session.exec_batch(statement, params)
    }

    fn exec_first<T, S, P>(&mut self, statement: S, params: P) -> Result<Option<T>, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
    {
        self.session.exec_first(statement, params)
    }

    fn exec_first_opt<T, S, P>(
        &mut self,
        statement: S,
        params: P,
    ) -> Result<Option<Result<T, FromRowError>>, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
    {
        self.session.exec_first_opt(statement, params)
    }

    fn exec_fold<T, S, P, U, F>(&mut self, statement: S, params: P, init: U, f: F) -> Result<U, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
        F: FnMut(U, T) -> U,
    {
        self.session.exec_fold(statement, params, init, f)
    }

    fn exec_fold_opt<T, S, P, U, F>(&mut self, statement: S, params: P, init: U, f: F) -> Result<U, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
        F: FnMut(U, Result<T, FromRowError>) -> U,
    {
        self.session.exec_fold_opt(statement, params, init, f)
    }

    fn exec_drop<S, P>(&mut self, statement: S, params: P) -> Result<(), Error>
    where
        S: AsStatement,
        P: Into<Params>,
    {
        self.session.exec_drop(statement, params)
    }
}

/// To be read only: a statement that ends the transaction unseen by its owner has no place here.
impl Deref for Transaction<'_> {
    type Target = Session;

    fn deref(&self) -> &Session {
        self.session
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // There is nobody to tell: if it fails, so does the return of the connection.
        if !self.is_over && !self.session.trail.is_broken {
            let _ = self.end("rollback");
        }
    }
}
