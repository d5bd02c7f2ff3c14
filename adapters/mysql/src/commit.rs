//! `Commit` for MySQL.

use crate::{manager::MysqlManager, session::Session};
use cenote::Commit;
use mysql::{Error, prelude::Queryable};

impl Commit for MysqlManager {
    /// Sends `COMMIT`, and cleans as a return without it does: two round trips, or one where there is nothing but a
    /// transaction to be cleaned. A session in which answers may be unread is asked first, and not committed if they
    /// are: the server rolls back what it did.
    fn commit(&self, session: &mut Session) -> Result<(), Error> {
        self.end(session, "", |session| {
            if session.trail.may_be_unread {
                session.ask("")?;
            }
            session.query_drop("commit")
        })
    }
}
