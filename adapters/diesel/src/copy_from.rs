//! `COPY FROM` on a pooled PostgreSQL connection.

use cenote::Strategy;
use diesel::{
    connection::Connection,
    pg::{CopyFromQuery, Pg, PgConnection},
    prelude::ExecuteCopyFromDsl,
};

use crate::{pooled_connection::PooledConnection, session::Session};

impl<T, A> ExecuteCopyFromDsl<Session<PgConnection>> for CopyFromQuery<T, A>
where
    Self: ExecuteCopyFromDsl<PgConnection>,
{
    type Error = <Self as ExecuteCopyFromDsl<PgConnection>>::Error;

    fn execute(self, session: &mut Session<PgConnection>) -> Result<usize, Self::Error> {
        ExecuteCopyFromDsl::execute(self, &mut session.conn)
    }
}

impl<'p, T, A, S: Strategy> ExecuteCopyFromDsl<PooledConnection<'p, PgConnection, S>> for CopyFromQuery<T, A>
where
    Self: ExecuteCopyFromDsl<PgConnection>,
    PooledConnection<'p, PgConnection, S>: Connection<Backend = Pg>,
{
    type Error = <Self as ExecuteCopyFromDsl<PgConnection>>::Error;

    fn execute(self, conn: &mut PooledConnection<'p, PgConnection, S>) -> Result<usize, Self::Error> {
        ExecuteCopyFromDsl::execute(self, &mut conn.session().conn)
    }
}
