//! `ResetBy`: how a returned session is made ready for its next user.

use mysql::{Error, prelude::Queryable};

use crate::{fault::moved, login::Login, session::Session};

/// How a returned session is made ready for its next user. The README has the table of what each of them undoes.
///
/// Whatever is chosen, no answer to one user's statement reaches another, and `USE` is undone: where this crate did not
/// see what was done, the return asks the server. A session that nobody used comes home without a word.
///
/// ```
/// use cenote_mysql::{MysqlManager, Pool, ResetBy, mysql::prelude::Queryable};
///
/// # let url = cenote_servers::mysql().url();
/// let manager = MysqlManager::url(url)?.with_reset(ResetBy::Statement("set @tenant = null".into()));
/// let pool = Pool::builder(manager).strategy(cenote::Static::new()).build()?;
/// pool.get()?.query_drop("set @tenant = 7, @color = 'blue'")?;
/// let left: Option<(Option<i64>, Option<String>)> = pool.get()?.query_first("select @tenant, @color")?;
/// assert_eq!(left, Some((None, Some("blue".into()))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResetBy {
    /// `COM_RESET_CONNECTION`, one round trip: nothing is left behind. The first return of a connection takes one more.
    ///
    /// That includes what a connect hook set, and closes prepared statements: settings for every connection belong to
    /// the server's configuration, or to `OptsBuilder::init`, of which each statement costs one more trip.
    #[default]
    Connection,
    /// `ROLLBACK`, one round trip: no transaction is left open, and all else stays. Prepared statements stay prepared.
    Rollback,
    /// `ROLLBACK` and this statement, or these, in one round trip.
    Statement(String),
    /// Nothing is sent. For users who have none but statements that commit themselves, and set nothing.
    Nothing,
}

impl ResetBy {
    /// Cleans a session, after it was brought to its end by `ending`: `rollback`, or nothing where that was done.
    pub(crate) fn clean(&self, session: &mut Session, login: &Login, ending: &str) -> Result<(), Error> {
        match self {
            Self::Connection => reset(session, login),
            Self::Rollback => send(session, login, ending, ""),
            Self::Statement(statement) => send(session, login, ending, statement),
            Self::Nothing => send(session, login, "", ""),
        }
    }
}

/// Resets a session on the server, and brings it home if it may be elsewhere.
fn reset(session: &mut Session, login: &Login) -> Result<(), Error> {
    let trail = session.trail;
    let is_home = match trail.may_be_unread || trail.may_be_anothers {
        true => login.is_home(&session.ask("")?),
        false => !trail.may_have_moved,
    };
    if !is_home || session.keeps_names == Some(false) {
        return login.again(session);
    }
    session.reset()?;
    if session.keeps_names.is_none() && !learn_names(session)? {
        return login.again(session);
    }
    Ok(())
}

/// Sees, once for a session, whether it still speaks the driver's character set after a reset: MariaDB brings back that of
/// the login, MySQL that of its configuration, and where that is another, each text would be misread from then on.
fn learn_names(session: &mut Session) -> Result<bool, Error> {
    let row = session.query_first::<(Option<String>, Option<String>, Option<String>), _>(
        "select @@character_set_client, @@character_set_connection, @@character_set_results",
    )?;
    let keeps = row.is_some_and(|(client, connection, results)| {
        [client, connection, results].iter().all(|name| name.as_deref() == Some("utf8mb4"))
    });
    session.keeps_names = Some(keeps);
    Ok(keeps)
}

/// Sends what is to be sent as one message, and with it the question where the session is, if that is not known.
fn send(session: &mut Session, login: &Login, ending: &str, statement: &str) -> Result<(), Error> {
    let database = login.database().filter(|_| session.trail.may_have_moved).map(quoted);
    let back = database.map(|database| format!("use {database}")).unwrap_or_default();
    let statement = statement.trim().trim_end_matches(';');
    let parts = [ending, statement, &back].into_iter().filter(|part| !part.is_empty());
    let statements = parts.collect::<Vec<_>>().join("; ");
    if session.trail.is_in_doubt() {
        let place = session.ask(&statements)?;
        return if login.is_home(&place) { Ok(()) } else { Err(moved()) };
    }
    if !statements.is_empty() {
        session.run(&statements)?;
    }
    Ok(())
}

/// A name as it stands in a statement.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_never_sql() {
        assert_eq!(quoted("my`db; drop database x"), "`my``db; drop database x`");
    }
}
