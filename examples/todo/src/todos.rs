//! The queries. None knows which database it asks.

use cenote_diesel::diesel::{self, prelude::*};
use serde::Serialize;

use crate::{
    any_connection::AnyConnection,
    database::DbConnection,
    schema::{events, todos},
};

/// A line of the list.
#[derive(Debug, Queryable, Serialize)]
pub(crate) struct Todo {
    id: i32,
    title: String,
    done: bool,
}

/// All of them, the oldest first.
pub(crate) fn list(conn: &mut DbConnection<'_>) -> QueryResult<Vec<Todo>> {
    todos::table.order(todos::id).load(conn)
}

/// One of them.
pub(crate) fn find(conn: &mut DbConnection<'_>, id: i32) -> QueryResult<Todo> {
    todos::table.find(id).first(conn)
}

/// What happened to one of them, in order.
pub(crate) fn history(conn: &mut DbConnection<'_>, id: i32) -> QueryResult<Vec<String>> {
    find(conn, id)?;
    events::table.filter(events::todo_id.eq(id)).order(events::id).select(events::what).load(conn)
}

/// Adds one.
pub(crate) fn add(conn: &mut DbConnection<'_>, title: &str) -> QueryResult<Todo> {
    conn.transaction(|conn| {
        diesel::insert_into(todos::table).values(todos::title.eq(title)).execute(conn)?;
        let id = last_id(conn)?;
        note(conn, id, "added")?;
        find(conn, id)
    })
}

/// Says of one whether it is done. An error takes both changes back.
pub(crate) fn mark(conn: &mut DbConnection<'_>, id: i32, done: bool) -> QueryResult<Todo> {
    conn.transaction(|conn| {
        found(diesel::update(todos::table.find(id)).set(todos::done.eq(done)).execute(conn)?)?;
        note(conn, id, if done { "done" } else { "reopened" })?;
        find(conn, id)
    })
}

/// Removes one, and with it what happened to it.
pub(crate) fn remove(conn: &mut DbConnection<'_>, id: i32) -> QueryResult<()> {
    found(diesel::delete(todos::table.find(id)).execute(conn)?)
}

fn found(rows: usize) -> QueryResult<()> {
    if rows == 0 { Err(diesel::NotFound) } else { Ok(()) }
}

fn note(conn: &mut DbConnection<'_>, id: i32, what: &str) -> QueryResult<usize> {
    diesel::insert_into(events::table).values((events::todo_id.eq(id), events::what.eq(what))).execute(conn)
}

/// The number of the row that this connection added last. With PostgreSQL and SQLite alone, `returning` would save a
/// round trip; MySQL has none.
fn last_id(conn: &mut DbConnection<'_>) -> QueryResult<i32> {
    let id = match &***conn {
        AnyConnection::Sqlite(_) => diesel::select(last_insert_rowid()).get_result::<i64>(conn),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => diesel::select(lastval()).get_result(conn),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(_) => diesel::select(last_insert_id()).get_result(conn),
    }?;
    i32::try_from(id).map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn last_insert_rowid() -> diesel::sql_types::BigInt;
    #[cfg(feature = "postgres")]
    fn lastval() -> diesel::sql_types::BigInt;
    #[cfg(feature = "mysql")]
    fn last_insert_id() -> diesel::sql_types::BigInt;
}
