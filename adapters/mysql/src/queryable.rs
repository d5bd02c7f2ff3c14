//! `Queryable` for a session: as the driver's, but what can be read to its end is read under the session's eyes.

use mysql::{
    Binary, Error, FromRowError, Params, QueryResult, Statement, Text, from_row, from_row_opt,
    prelude::{AsStatement, FromRow, Queryable},
};

use crate::{
    answer::{Read, Rows, first, fold, to_the_end},
    session::Session,
};

impl Queryable for Session {
    fn query_iter<Q: AsRef<str>>(&mut self, query: Q) -> Result<QueryResult<'_, '_, '_, Text>, Error> {
        self.trail.note(query.as_ref());
        self.begin(|conn| conn.query_iter(query))
    }

    fn query_first<T, Q>(&mut self, query: Q) -> Result<Option<T>, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
    {
        self.text(query, |rows| first(rows, from_row))
    }

    fn query_first_opt<T, Q>(&mut self, query: Q) -> Result<Option<Result<T, FromRowError>>, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
    {
        self.text(query, |rows| first(rows, from_row_opt))
    }

    fn query_fold<T, F, Q, U>(&mut self, query: Q, init: U, mut f: F) -> Result<U, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
        F: FnMut(U, T) -> U,
    {
        self.text(query, |rows| fold(rows, init, |folded, row| f(folded, from_row(row))))
    }

    fn query_fold_opt<T, F, Q, U>(&mut self, query: Q, init: U, mut f: F) -> Result<U, Error>
    where
        Q: AsRef<str>,
        T: FromRow,
        F: FnMut(U, Result<T, FromRowError>) -> U,
    {
        self.text(query, |rows| fold(rows, init, |folded, row| f(folded, from_row_opt(row))))
    }

    fn query_drop<Q: AsRef<str>>(&mut self, query: Q) -> Result<(), Error> {
        self.text(query, |rows| (Ok(()), to_the_end(rows)))
    }

    fn prep<Q: AsRef<str>>(&mut self, query: Q) -> Result<Statement, Error> {
        self.trail.note(query.as_ref());
        self.watch(|conn| (conn.prep(query), true))
    }

    fn close(&mut self, statement: Statement) -> Result<(), Error> {
        self.watch(|conn| (conn.close(statement), true))
    }

    fn exec_iter<S, P>(&mut self, statement: S, params: P) -> Result<QueryResult<'_, '_, '_, Binary>, Error>
    where
        S: AsStatement,
        P: Into<Params>,
    {
        let statement = statement.as_statement(self)?;
        self.begin(|conn| conn.exec_iter(&*statement, params))
    }

    /// The driver does not say what it read: the return will ask.
    fn exec_batch<S, P, I>(&mut self, statement: S, params: I) -> Result<(), Error>
    where
        Self: Sized,
        S: AsStatement,
        P: Into<Params>,
        I: IntoIterator<Item = P>,
    {
        let statement = statement.as_statement(self)?;
        let done = self.watch(|conn| (conn.exec_batch(&*statement, params), true));
        self.trail.may_be_unread = true;
        done
    }

    fn exec_first<T, S, P>(&mut self, statement: S, params: P) -> Result<Option<T>, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
    {
        self.binary(statement, params, |rows| first(rows, from_row))
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
        self.binary(statement, params, |rows| first(rows, from_row_opt))
    }

    fn exec_fold<T, S, P, U, F>(&mut self, statement: S, params: P, init: U, mut f: F) -> Result<U, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
        F: FnMut(U, T) -> U,
    {
        self.binary(statement, params, |rows| fold(rows, init, |folded, row| f(folded, from_row(row))))
    }

    fn exec_fold_opt<T, S, P, U, F>(&mut self, statement: S, params: P, init: U, mut f: F) -> Result<U, Error>
    where
        S: AsStatement,
        P: Into<Params>,
        T: FromRow,
        F: FnMut(U, Result<T, FromRowError>) -> U,
    {
        self.binary(statement, params, |rows| fold(rows, init, |folded, row| f(folded, from_row_opt(row))))
    }

    fn exec_drop<S, P>(&mut self, statement: S, params: P) -> Result<(), Error>
    where
        S: AsStatement,
        P: Into<Params>,
    {
        self.binary(statement, params, |rows| (Ok(()), to_the_end(rows)))
    }
}

impl Session {
    fn text<T>(
        &mut self,
        query: impl AsRef<str>,
        read: impl FnOnce(Rows<'_, Text>) -> Read<T>,
    ) -> Result<T, Error> {
        self.trail.note(query.as_ref());
        self.watch(|conn| conn.query_iter(query).map_or_else(|error| (Err(error), true), read))
    }

    fn binary<T>(
        &mut self,
        statement: impl AsStatement,
        params: impl Into<Params>,
        read: impl FnOnce(Rows<'_, Binary>) -> Read<T>,
    ) -> Result<T, Error> {
        let statement = statement.as_statement(self)?;
        self.watch(|conn| conn.exec_iter(&*statement, params).map_or_else(|error| (Err(error), true), read))
    }
}
