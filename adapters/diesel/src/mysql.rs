//! `MysqlConnection` in a pool.

use std::time::Duration;

use cenote::Fault;
use diesel::{
    MysqlConnection, RunQueryDsl,
    mysql::Mysql,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    result::QueryResult,
    sql_types::BigInt,
};

use crate::{error::DieselError, fault::classify_by_words, poolable::Poolable, statement::text_of};

/// What the client library and the server say, and what it means.
const WORDS: [(&str, Fault); 15] = [
    ("Too many connections", Fault::Transient),
    ("max_user_connections", Fault::Transient),
    ("Can't connect to", Fault::Transient),
    ("shutdown in progress", Fault::Transient),
    ("erver has gone away", Fault::Lost),
    ("Lost connection to", Fault::Lost),
    ("onnection was killed", Fault::Lost),
    ("disconnected by the server", Fault::Lost),
    ("Commands out of sync", Fault::Lost),
    ("Access denied", Fault::Refused),
    ("Unknown database", Fault::Refused),
    ("is not allowed to connect", Fault::Refused),
    ("is blocked", Fault::Refused),
    ("Unknown MySQL server host", Fault::Refused),
    ("Unknown server host", Fault::Refused),
];

/// `SELECT @@autocommit`. Its text never changes, so it is prepared once, and costs one round trip from then on; any
/// query by text costs two, and `batch_execute` three.
#[derive(QueryId)]
struct Autocommit;

impl Poolable for MysqlConnection {
    fn text_of(query: &impl QueryFragment<Mysql>) -> Option<String> {
        text_of(query)
    }

    fn begins_by_itself(&mut self) -> QueryResult<bool> {
        Ok(Autocommit.get_result::<i64>(self)? == 0)
    }

    /// Asks a question that is prepared already.
    fn is_valid(&mut self, _within: Duration) -> QueryResult<()> {
        Autocommit.get_result::<i64>(self).map(|_| ())
    }

    fn classify(error: &DieselError) -> Fault {
        match classify_by_words(error, &WORDS) {
            // A connection that does not come about is not lost, and a statement that is refused says nothing about
            // its connection.
            Fault::Lost if matches!(error, DieselError::Connection(_)) => Fault::Transient,
            Fault::Refused | Fault::Transient if matches!(error, DieselError::Query(_)) => Fault::Other,
            fault => fault,
        }
    }
}

impl QueryFragment<Mysql> for Autocommit {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        pass.push_sql("SELECT @@autocommit");
        Ok(())
    }
}

impl Query for Autocommit {
    type SqlType = BigInt;
}

impl RunQueryDsl<MysqlConnection> for Autocommit {}
