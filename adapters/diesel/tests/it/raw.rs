//! A transaction that was begun behind the transaction manager's back reaches no other user.

use cenote::{Manager, PooledConnection as Core};
use cenote_diesel::{
    DieselManager, PooledConnection, Session,
    diesel::{
        self,
        connection::SimpleConnection,
        dsl::sql,
        migration::MigrationConnection,
        prelude::*,
        query_builder::{AstPass, Query, QueryFragment, QueryId},
        sql_types::Integer,
    },
};

use crate::kit::*;

/// A user's own kind of query, which Diesel takes for one whose text never changes.
#[derive(QueryId)]
struct Begin;

impl<DB: diesel::backend::Backend> QueryFragment<DB> for Begin {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("BEGIN");
        Ok(())
    }
}

impl Query for Begin {
    type SqlType = Integer;
}

impl<C> RunQueryDsl<C> for Begin {}

/// What users may do with a handle to begin a transaction.
type Form<D> = fn(&mut PooledConnection<'_, <D as Database>::Connection>) -> QueryResult<()>;

/// The transaction is begun in one way, a note is added in it, and the connection comes home: the note is gone, the
/// connection is kept, and what the next user adds is committed at once.
fn reaches_nobody<D: Database>(form: Form<D>)
where
    D::Connection: Connection<Backend: diesel::backend::Backend>,
{
    let home = D::fresh();
    let pool = one::<D>(&home);
    for _ in 0..2 {
        let mut conn = pool.get().unwrap();
        let lent = PooledConnection::id(&conn);
        form(&mut conn).unwrap();
        D::add(&mut conn, "of the transaction").unwrap();
        assert!(committed::<D>(&home).is_empty(), "no transaction was begun");
        drop(conn);

        let mut conn = pool.get().unwrap();
        assert_eq!(PooledConnection::id(&conn), lent);
        assert!(D::all(&mut conn).is_empty());
        D::add(&mut conn, "of the next user").unwrap();
        assert_eq!(committed::<D>(&home), ["of the next user"]);
        conn.batch_execute("DELETE FROM notes").unwrap();
    }
}

fn a_begin_in_a_batch<D: Database>() {
    reaches_nobody::<D>(|conn| conn.batch_execute("BEGIN"));
}

fn a_begin_after_something_harmless_in_a_batch<D: Database>() {
    reaches_nobody::<D>(|conn| conn.batch_execute("DELETE FROM notes; BEGIN"));
}

fn a_begin_on_the_drivers_own_type<D: Database>() {
    fn takes_the_drivers_own<C: Connection>(conn: &mut C) -> QueryResult<()> {
        conn.batch_execute("BEGIN")
    }
    reaches_nobody::<D>(|conn| takes_the_drivers_own::<D::Connection>(conn));
    reaches_nobody::<D>(|conn| takes_the_drivers_own::<Session<D::Connection>>(conn));
    reaches_nobody::<D>(|conn| takes_the_drivers_own(&mut **conn));
}

fn a_begin_through_the_managers_of_diesel_is_known_to_it<D: Database>() {
    use diesel::connection::TransactionManager;
    reaches_nobody::<D>(|conn| {
        <Session<D::Connection> as Connection>::TransactionManager::begin_transaction(&mut **conn)
    });
}

fn a_savepoint_that_begins_a_transaction<D: Database>() {
    reaches_nobody::<D>(|conn| {
        conn.batch_execute("BEGIN; SAVEPOINT s; INSERT INTO notes (text) VALUES ('x')")
    });
}

fn a_begin_in_a_transaction_that_was_ended_by_hand<D: Database>() {
    reaches_nobody::<D>(|conn| {
        use diesel::connection::TransactionManager;
        <Session<D::Connection> as Connection>::TransactionManager::begin_transaction(&mut **conn)?;
        conn.batch_execute("COMMIT")?;
        conn.batch_execute("BEGIN")
    });
}

fn a_begin_in_a_hook<D: Database>() {
    let home = D::fresh();
    let pool = cenote_diesel::Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
        .strategy(cenote::Queue::new().size(1).max_overflow(0))
        .on_connect(|session, _record| Ok(session.batch_execute("BEGIN")?))
        .build()
        .unwrap();
    D::add(&mut pool.get().unwrap(), "of the hook's transaction").unwrap();
    D::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    assert_eq!(committed::<D>(&home), ["of the next user"]);
}

fn a_begin_on_a_shared_handle<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    pool.get_shared().unwrap().with(|session| session.batch_execute("BEGIN")).unwrap();
    D::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    assert_eq!(committed::<D>(&home), ["of the next user"]);
}

fn a_begin_after_a_detour_through_the_core<D: Database>() {
    reaches_nobody::<D>(|conn| {
        let core: &Session<_> = conn;
        let _ = core;
        conn.batch_execute("BEGIN")
    });
    let home = D::fresh();
    let pool = one::<D>(&home);
    let mut core: Core<'_, _> = pool.get().unwrap().into();
    core.batch_execute("BEGIN").unwrap();
    drop(core);
    D::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    assert_eq!(committed::<D>(&home), ["of the next user"]);
}

fn a_query_that_reads_or_changes_rows_asks_for_no_rollback<D: Database>() {
    let home = D::fresh();
    let manager = DieselManager::<D::Connection>::new(&*home.url);
    let mut session = manager.connect(std::time::Duration::MAX).unwrap();
    D::add(&mut session, "one").unwrap();
    assert_eq!(D::all(&mut session), ["one"]);
    session.batch_execute("DELETE FROM notes").unwrap();
    assert_eq!(format!("{session:?}"), "Session { may_be_open: false, .. }");
    session.batch_execute("BEGIN").unwrap();
    assert_eq!(format!("{session:?}"), "Session { may_be_open: true, .. }");
    manager.rollback(&mut session).unwrap();
    assert_eq!(format!("{session:?}"), "Session { may_be_open: false, .. }");
}

on_every_database!(
    a_begin_in_a_batch,
    a_begin_after_something_harmless_in_a_batch,
    a_begin_on_the_drivers_own_type,
    a_begin_through_the_managers_of_diesel_is_known_to_it,
    a_savepoint_that_begins_a_transaction,
    a_begin_in_a_transaction_that_was_ended_by_hand,
    a_begin_in_a_hook,
    a_begin_on_a_shared_handle,
    a_begin_after_a_detour_through_the_core,
    a_query_that_reads_or_changes_rows_asks_for_no_rollback,
);

/// The forms whose types name the backend.
macro_rules! a_begin_as_a_query {
    ($test:ident, $database:ty, $connection:ty $(, $own:expr)*) => {
        #[test]
        fn $test() {
            let forms: Vec<Form<$database>> = vec![
                |conn| diesel::sql_query("BEGIN").execute(conn).map(drop),
                |conn| diesel::sql_query("").sql("BEGIN").execute(&mut **conn).map(drop),
                |conn| diesel::sql_query("BEGIN").into_boxed().execute(conn).map(drop),
                |conn| RunQueryDsl::<$connection>::execute(diesel::sql_query("BEGIN"), conn).map(drop),
                |conn| sql::<Integer>("BEGIN").execute(conn).map(drop),
                |conn| Begin.execute(conn).map(drop),
                |conn| sql::<Integer>("/* select */ BEGIN").execute(conn).map(drop),
                $($own),*
            ];
            for (number, form) in forms.into_iter().enumerate() {
                println!("form {number}");
                reaches_nobody::<$database>(form);
            }
        }
    };
}

a_begin_as_a_query!(
    a_begin_as_a_query_of_sqlite,
    Sqlite,
    SqliteConnection,
    |conn| sql::<Integer>("BEGIN").load::<i32>(conn).map(drop),
    |conn| Begin.load::<i32>(conn).map(drop),
    |conn| diesel::sql_query("SAVEPOINT s").execute(conn).map(drop),
    |conn| diesel::sql_query("BEGIN IMMEDIATE").execute(conn).map(drop)
);

a_begin_as_a_query!(
    a_begin_as_a_query_of_postgres,
    Postgres,
    PgConnection,
    |conn| sql::<Integer>("BEGIN").load::<i32>(conn).map(drop),
    |conn| Begin.load::<i32>(conn).map(drop),
    |conn| diesel::sql_query("START TRANSACTION").execute(conn).map(drop),
    |conn| conn.batch_execute("BEGIN; INSERT INTO notes (text) VALUES ('x'); SAVEPOINT s")
);

#[cfg(feature = "mysql")]
a_begin_as_a_query!(
    a_begin_as_a_query_of_mysql,
    Mysql,
    MysqlConnection,
    |conn| diesel::sql_query("START TRANSACTION").execute(conn).map(drop),
    |conn| conn.batch_execute("CREATE OR REPLACE PROCEDURE begins() START TRANSACTION; CALL begins()")
);

#[cfg(feature = "mysql")]
#[test]
fn who_turns_autocommit_off_keeps_it_from_nobody_else() {
    let home = Mysql::fresh();
    let pool = one::<Mysql>(&home);
    let mut conn = pool.get().unwrap();
    diesel::sql_query("SET autocommit = 0").execute(&mut conn).unwrap();
    Mysql::add(&mut conn, "never committed").unwrap();
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(cenote::CloseReason::ResetFailed), 1);
    let mut conn = pool.get().unwrap();
    Mysql::add(&mut conn, "of the next user").unwrap();
    assert_eq!(committed::<Mysql>(&home), ["of the next user"]);
}

#[cfg(feature = "mysql")]
#[test]
fn where_no_server_commits_by_itself_every_return_rolls_back() {
    let server = cenote_servers::start_mysql().unwrap();
    run::<MysqlConnection>(
        server.url(),
        "CREATE TABLE notes (id INT PRIMARY KEY AUTO_INCREMENT, text TEXT NOT NULL); SET GLOBAL autocommit = 0",
    );
    let pool = cenote_diesel::Pool::<MysqlConnection>::new(DieselManager::new(server.url()));
    for _ in 0..3 {
        let mut conn = pool.get().unwrap();
        assert!(Mysql::all(&mut conn).is_empty());
        Mysql::add(&mut conn, "never committed").unwrap();
    }
    let mut conn = pool.get().unwrap();
    conn.transaction(|conn| Mysql::add(conn, "committed")).unwrap();
    drop(conn);
    assert_eq!(Mysql::all(&mut pool.get().unwrap()), ["committed"]);
    assert_eq!(pool.status().totals.opened, 1);
}

#[test]
fn a_failed_statement_in_a_raw_transaction_spoils_it_for_nobody_else() {
    let home = Postgres::fresh();
    let pool = one::<Postgres>(&home);
    let mut conn = pool.get().unwrap();
    conn.batch_execute("BEGIN").unwrap();
    conn.batch_execute("SELECT 1 / 0").unwrap_err();
    drop(conn);
    Postgres::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    assert_eq!(committed::<Postgres>(&home), ["of the next user"]);
    assert_eq!(pool.status().totals.opened, 1);
}

#[test]
fn migrations_are_set_up_through_the_handle() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    assert!(pool.get().unwrap().setup().is_ok());
}
