//! `Commit` for PostgreSQL.

use cenote::Commit;

use crate::{
    error::Error,
    manager::PostgresManager,
    session::{Ending, Session},
    tls::Tls,
};

impl<T: Tls> Commit for PostgresManager<T> {
    /// Commits if a transaction may be open, with one round trip; where none is for certain, nothing is sent. A
    /// transaction in which a statement failed cannot be committed: the server rolls it back.
    fn commit(&self, session: &mut Session) -> Result<(), Error> {
        session.end_transaction(Ending::Commit, self.reset()).map_err(Error::from)
    }
}
