//! What Diesel's own ways of use find on a pooled connection.

use cenote::{Assertion, Null, SingletonThread, Static};
use cenote_diesel::{
    DieselManager, OwnedConnection, Pool, PooledConnection, Session,
    diesel::{
        self,
        associations::HasTable,
        backend::Backend,
        connection::{CacheSize, DefaultLoadingMode, InstrumentationEvent, LoadConnection, SimpleConnection},
        prelude::*,
        result::Error,
    },
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use crate::kit::*;

#[derive(Debug, PartialEq, Queryable, Selectable, Identifiable, AsChangeset)]
#[diesel(table_name = notes)]
struct Note {
    id: i32,
    text: String,
}

/// Every way to query, written as in Diesel's guides, on `&mut` of a handle.
macro_rules! every_way {
    ($test:ident, $database:ty) => {
        #[test]
        fn $test() {
            let home = <$database>::fresh();
            let pool = one::<$database>(&home);
            let conn = &mut pool.get().unwrap();

            let values = [notes::text.eq("a"), notes::text.eq("b"), notes::text.eq("c")];
            assert_eq!(diesel::insert_into(notes::table).values(values.to_vec()).execute(conn), Ok(3));
            let all: Vec<Note> = notes::table.select(Note::as_select()).order(notes::id).load(conn).unwrap();
            assert_eq!(all.len(), 3);
            let mut note: Note = notes::table.find(all[0].id).first(conn).unwrap();
            note.text = "changed".to_owned();
            let saved: Note = note.save_changes(conn).unwrap();
            assert_eq!(saved, note);
            let texts = notes::table.select(notes::text).order(notes::id);
            let rows = texts.load_iter::<String, DefaultLoadingMode>(conn).unwrap();
            let read: Vec<String> = rows.map(Result::unwrap).collect();
            assert_eq!(read, ["changed", "b", "c"]);
            assert_eq!(diesel::update(notes::table).set(notes::text.eq("x")).execute(conn), Ok(3));
            assert_eq!(diesel::delete(notes::table.filter(notes::id.eq(note.id))).execute(conn), Ok(1));
            assert_eq!(notes::table.count().get_result::<i64>(conn), Ok(2));
            assert!(
                diesel::select(diesel::dsl::exists(notes::table.select(notes::id)))
                    .get_result::<bool>(conn)
                    .unwrap()
            );

            let refused = conn.transaction(|conn| {
                diesel::delete(notes::table).execute(conn)?;
                conn.transaction(|conn| {
                    assert_eq!(notes::table.count().get_result::<i64>(conn), Ok(0));
                    Err::<(), _>(Error::RollbackTransaction)
                })
            });
            assert_eq!(refused, Err(Error::RollbackTransaction));
            assert_eq!(notes::table.count().get_result::<i64>(conn), Ok(2));
            conn.test_transaction(|conn| diesel::delete(notes::table).execute(conn));
            assert_eq!(notes::table.count().get_result::<i64>(conn), Ok(2));

            conn.set_prepared_statement_cache_size(CacheSize::Disabled);
            conn.begin_test_transaction().unwrap();
            diesel::delete(notes::table).execute(conn).unwrap();
            assert_eq!(committed::<$database>(&home).len(), 2);
        }
    };
}

every_way!(every_way_to_query_sqlite, Sqlite);
every_way!(every_way_to_query_postgres, Postgres);
#[cfg(feature = "mysql")]
every_way!(every_way_to_query_mysql, Mysql);

fn instrumentation_is_the_connections_own<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    let seen = Arc::<AtomicU32>::default();
    let counter = Arc::clone(&seen);
    pool.get().unwrap().set_instrumentation(move |_: InstrumentationEvent<'_>| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let mut conn = pool.get().unwrap();
    D::all(&mut conn);
    let after_a_query = seen.load(Ordering::Relaxed);
    assert!(after_a_query > 0);
    conn.instrumentation().on_connection_event(InstrumentationEvent::cache_query("select"));
    assert_eq!(seen.load(Ordering::Relaxed), after_a_query + 1);
}

fn a_pooled_connection_is_not_established<D: Database>() {
    let home = D::fresh();
    let error = OwnedConnection::<D::Connection>::establish(&home.url).unwrap_err();
    assert!(error.to_string().contains("get it from its pool"), "{error}");
    let error = Session::<D::Connection>::establish(&home.url).unwrap_err();
    assert!(error.to_string().contains("get it from its pool"), "{error}");
}

on_every_database!(instrumentation_is_the_connections_own, a_pooled_connection_is_not_established);

/// A function as applications have them, generic over the connection.
fn count<C>(conn: &mut C) -> QueryResult<i64>
where
    C: LoadConnection<Backend = diesel::sqlite::Sqlite>,
{
    notes::table.count().get_result(conn)
}

fn count_on_the_drivers_own(conn: &mut SqliteConnection) -> QueryResult<i64> {
    count(conn)
}

#[test]
fn functions_take_the_handle_its_session_and_the_drivers_own_type() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    let mut conn = pool.get().unwrap();
    assert_eq!(count(&mut conn), Ok(0));
    assert_eq!(count(&mut *conn), Ok(0));
    assert_eq!(count(&mut **conn), Ok(0));
    assert_eq!(count_on_the_drivers_own(&mut conn), Ok(0));
}

#[test]
fn the_drivers_own_methods_are_there() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    let mut conn = pool.get().unwrap();
    conn.immediate_transaction(count_on_the_drivers_own).unwrap();
    let home = Postgres::fresh();
    let pool = one::<Postgres>(&home);
    let mut conn = pool.get().unwrap();
    let run = conn.build_transaction().serializable().run(|conn| conn.batch_execute("SELECT 1"));
    assert_eq!(run, Ok(()));
}

#[test]
fn rows_of_postgres_are_read_one_by_one() {
    use diesel::pg::PgRowByRowLoadingMode;
    let home = Postgres::fresh();
    let pool = one::<Postgres>(&home);
    let mut conn = pool.get().unwrap();
    for text in ["a", "b"] {
        Postgres::add(&mut conn, text).unwrap();
    }
    let texts = notes::table.select(notes::text).order(notes::id);
    let rows = texts.load_iter::<String, PgRowByRowLoadingMode>(&mut conn).unwrap();
    assert_eq!(rows.map(Result::unwrap).collect::<Vec<_>>(), ["a", "b"]);
    // Rows that were begun to be read and dropped leave the connection in order.
    let mut rows = texts.load_iter::<String, PgRowByRowLoadingMode>(&mut conn).unwrap();
    rows.next().unwrap().unwrap();
    drop(rows);
    assert_eq!(Postgres::all(&mut conn).len(), 2);
    drop(conn);
    let mut conn = pool.get().unwrap();
    let rows = texts.load_iter::<String, PgRowByRowLoadingMode>(&mut conn).unwrap();
    std::mem::forget(rows);
    drop(conn);
    assert_eq!(pool.status().totals.closed_because(cenote::CloseReason::Broken), 1);
    assert_eq!(Postgres::all(&mut pool.get().unwrap()).len(), 2);
}

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("tests/migrations");

#[test]
fn embedded_migrations_run_on_an_owned_handle_and_on_a_session() {
    fn law<D: Database>()
    where
        OwnedConnection<D::Connection>: MigrationHarness<<D::Connection as Connection>::Backend>,
        Session<D::Connection>: MigrationHarness<<D::Connection as Connection>::Backend>,
        <D::Connection as Connection>::Backend: Backend,
        EmbeddedMigrations: diesel::migration::MigrationSource<<D::Connection as Connection>::Backend>,
    {
        let home = D::fresh();
        let pool = one::<D>(&home);
        let mut conn = pool.get_owned().unwrap();
        assert_eq!(conn.run_pending_migrations(MIGRATIONS).unwrap().len(), 1);
        assert!(!conn.has_pending_migration(MIGRATIONS).unwrap());
        assert_eq!(conn.revert_all_migrations(MIGRATIONS).unwrap().len(), 1);
        drop(conn);
        let mut conn = pool.get().unwrap();
        let session: &mut Session<_> = &mut conn;
        assert_eq!(session.run_pending_migrations(MIGRATIONS).unwrap().len(), 1);
        drop(conn);
        D::add(&mut pool.get().unwrap(), "of the next user").unwrap();
        assert_eq!(committed::<D>(&home), ["of the next user"]);
    }
    law::<Sqlite>();
    law::<Postgres>();
    #[cfg(feature = "mysql")]
    law::<Mysql>();
}

#[test]
fn every_strategy_lends_connections_that_can_be_queried() {
    let home = Sqlite::fresh();
    let (null, static_) = (of::<Sqlite, _>(&home, Null::new()), of::<Sqlite, _>(&home, Static::new()));
    let assertion = of::<Sqlite, _>(&home, Assertion::new());
    assert_eq!(count(&mut null.get().unwrap()), Ok(0));
    assert_eq!(count(&mut static_.get().unwrap()), Ok(0));
    assert_eq!(count(&mut assertion.get().unwrap()), Ok(0));
    // Diesel's connections are `Send`, and a handle of this strategy is not: its session is.
    let singleton = of::<Sqlite, _>(&home, SingletonThread::new());
    let mut conn = singleton.get().unwrap();
    assert_eq!(count(&mut *conn), Ok(0));
    assert_eq!(conn.transaction(count), Ok(0));
    assert_eq!(notes::table.count().get_result::<i64>(&mut *conn), Ok(0));
    assert_eq!(count_on_the_drivers_own(&mut conn), Ok(0));
}

#[test]
fn what_the_cores_handle_can_this_one_can() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    let mut conn = pool.get().unwrap();
    PooledConnection::info_mut(&mut conn).insert(1_u8);
    PooledConnection::record_info_mut(&mut conn).insert(2_u8);
    assert_eq!(PooledConnection::info(&conn).get(), Some(&1_u8));
    assert_eq!(PooledConnection::record_info(&conn).get(), Some(&2_u8));
    assert_eq!(PooledConnection::pool(&conn).unwrap().name(), pool.name());
    assert!(PooledConnection::age(&conn).as_secs() < 60);
    PooledConnection::soft_invalidate(&mut conn);
    drop(conn);
    let conn = pool.get().unwrap();
    assert_eq!(PooledConnection::id(&conn).get(), 2);
    PooledConnection::invalidate(conn);
    PooledConnection::invalidate_all(pool.get().unwrap());
    assert_eq!(pool.status().generation, 1);
    let mut detached = PooledConnection::detach(pool.get().unwrap());
    assert_eq!(count(&mut *detached), Ok(0));
    let bare: SqliteConnection = Session::into_connection(cenote_diesel::Detached::into_inner(detached));
    drop(bare);
    assert_eq!((pool.status().open, pool.status().detached), (0, 0));
}

#[test]
fn handles_and_pools_go_to_the_core_and_come_back() {
    let home = Sqlite::fresh();
    let url = home.url.clone();
    let tenants = cenote::Registry::new(move |_: &String| {
        Ok(cenote::Pool::from(Pool::<SqliteConnection>::new(DieselManager::new(&*url))))
    });
    let mut conn = PooledConnection::from(tenants.get("blue").unwrap());
    assert_eq!(count(&mut conn), Ok(0));
    let pool = Pool::from(tenants.pool("blue").unwrap());
    assert_eq!(count(&mut pool.recreate().get().unwrap()), Ok(0));
    let builder = Pool::<SqliteConnection>::builder(DieselManager::new(&*home.url));
    let core: cenote::Pool<_> = cenote::Builder::from(builder).build().unwrap();
    assert_eq!(core.get_shared().unwrap().with(count), Ok(0));
}

/// A handle can go where Diesel's connections can.
#[test]
fn a_handle_can_be_sent_away() {
    fn is_send<T: Send>() {}
    is_send::<PooledConnection<'_, SqliteConnection>>();
    is_send::<OwnedConnection<PgConnection, Static>>();
    fn is_shared<T: Send + Sync + Clone>() {}
    is_shared::<Pool<PgConnection>>();
    is_shared::<Pool<SqliteConnection, SingletonThread>>();
    let _ = notes::table::table();
}
