//! What a return costs: round trips on the wire, and statements as Diesel's instrumentation counts them.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use cenote::{PrePing, Queue};
use cenote_diesel::{
    DieselManager, Pool,
    diesel::{
        self,
        connection::{DefaultLoadingMode, InstrumentationEvent, SimpleConnection},
        dsl::sql,
        pg::PgRowByRowLoadingMode,
        prelude::*,
        sql_types::{BigInt, Text},
    },
};
use cenote_servers::wire::Wire;

use crate::kit::*;

/// A pool of one connection that counts the statements sent.
fn counting<D: Database>(home: &Fresh) -> (Pool<D::Connection>, Arc<AtomicU32>) {
    let sent = Arc::<AtomicU32>::default();
    let counter = Arc::clone(&sent);
    let pool = Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
        .strategy(Queue::new().size(1).max_overflow(0))
        .on_connect(move |session, _record| {
            let counter = Arc::clone(&counter);
            session.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            });
            Ok(())
        })
        .build()
        .unwrap();
    (pool, sent)
}

fn a_return_after_typed_queries_sends_nothing<D: Database>() {
    let home = D::fresh();
    let (pool, sent) = counting::<D>(&home);
    for _ in 0..2 {
        let mut conn = pool.get().unwrap();
        D::add(&mut conn, "a").unwrap();
        conn.transaction(|conn| conn.transaction(|conn| D::add(conn, "b"))).unwrap();
        let _: Result<usize, _> = conn.transaction(|conn| {
            D::add(conn, "c")?;
            Err(diesel::result::Error::RollbackTransaction)
        });
        D::all(&mut conn);
        let before = sent.load(Ordering::Relaxed);
        drop(conn);
        assert_eq!(sent.load(Ordering::Relaxed), before);
    }
}

fn a_return_after_raw_sql_sends_one_rollback<D: Database>() {
    let home = D::fresh();
    let (pool, sent) = counting::<D>(&home);
    // MySQL is asked as well whether its statements begin transactions by themselves.
    let expected = if home.url.starts_with("mysql") { 2 } else { 1 };
    for statement in ["BEGIN", "SELECT 1; SELECT 2"] {
        let mut conn = pool.get().unwrap();
        conn.batch_execute(statement).unwrap();
        let before = sent.load(Ordering::Relaxed);
        drop(conn);
        assert_eq!(sent.load(Ordering::Relaxed) - before, expected, "{statement}");
        let conn = pool.get().unwrap();
        drop(conn);
        assert_eq!(sent.load(Ordering::Relaxed) - before, expected, "the next return is free again");
    }
}

/// Where rows are read one by one, the second of these is an error, after which the connection may have ended.
macro_rules! rows_end_in_an_error {
    ($test:ident, $database:ty, $mode:ty, $fails_at_two:expr) => {
        #[test]
        fn $test() {
            let home = <$database>::fresh();
            let (pool, sent) = counting::<$database>(&home);
            let mut conn = pool.get().unwrap();
            for text in ["a", "b"] {
                <$database>::add(&mut conn, text).unwrap();
            }
            let fails = notes::table.select(sql::<BigInt>($fails_at_two)).order(notes::id);
            let rows = fails.load_iter::<i64, $mode>(&mut conn).unwrap();
            assert_eq!(rows.take(2).map(|row| row.is_ok()).collect::<Vec<_>>(), [true, false]);
            let before = sent.load(Ordering::Relaxed);
            drop(conn);
            assert_eq!(sent.load(Ordering::Relaxed) - before, 1);
            assert_eq!(<$database>::all(&mut pool.get().unwrap()), ["a", "b"]);
            assert_eq!(pool.status().totals.opened, 1);
        }
    };
}

rows_end_in_an_error!(
    a_return_after_rows_of_sqlite_that_ended_in_an_error_sends_one_rollback,
    Sqlite,
    DefaultLoadingMode,
    "abs(-9223372036854775806 - id)"
);
rows_end_in_an_error!(
    a_return_after_rows_of_postgres_that_ended_in_an_error_sends_one_rollback,
    Postgres,
    PgRowByRowLoadingMode,
    "1::bigint / (2 - id)"
);

on_every_database!(a_return_after_typed_queries_sends_nothing, a_return_after_raw_sql_sends_one_rollback);

/// The same on the wire: what an idle connection, a typed cycle and a raw one cost, beside the same done by hand.
macro_rules! on_the_wire {
    ($test:ident, $database:ty, $server:expr, raw: $raw:expr, connect: $connect:expr) => {
        #[test]
        fn $test() {
            let home = <$database>::fresh();
            let wire = Wire::to($server.address());
            let url = home.url.replace(&$server.address().to_string(), &wire.address().to_string());
            assert_ne!(url, home.url);
            let build = |pre_ping| {
                let manager = DieselManager::<<$database as Database>::Connection>::new(&*url);
                Pool::builder(manager).pre_ping(pre_ping).build().unwrap()
            };
            // What a client says last, without waiting for an answer, is counted with what it says next.
            let settle = |conn: &mut dyn SimpleConnection| conn.batch_execute("SELECT 1").unwrap();
            let pool = build(PrePing::Always);
            let (_bare, by_hand) = wire.count(|| {
                let mut conn = <$database as Database>::Connection::establish(&url).unwrap();
                settle(&mut conn);
                conn
            });
            let (conn, pooled) = wire.count(|| {
                let mut conn = pool.get().unwrap();
                settle(&mut conn);
                conn
            });
            assert_eq!(pooled - by_hand, $connect, "a connect");
            drop(conn);
            let (_, trips) = wire.count(|| drop(pool.get().unwrap()));
            assert_eq!(trips, 1, "a check");

            let pool = build(PrePing::Never);
            let by_id =
                |conn: &mut _| notes::table.find(1).select(notes::text).load::<String>(conn).map(drop);
            let dynamic = |conn: &mut _| {
                let mut query = notes::table.select(notes::text).into_boxed();
                query = query.filter(notes::id.eq_any([1, 2, 3]));
                query.load::<String>(conn).map(drop)
            };
            by_id(&mut pool.get().unwrap()).unwrap(); // prepared from now on
            let (_, trips) = wire.count(|| drop(pool.get().unwrap()));
            assert_eq!(trips, 0, "get and drop");
            let (_, trips) = wire.count(|| by_id(&mut pool.get().unwrap()).unwrap());
            assert_eq!(trips, 1, "a query alone");
            let mut conn = pool.get().unwrap();
            dynamic(&mut conn).unwrap();
            settle(&mut conn);
            assert_eq!(wire.count(|| drop(conn)).1, 0, "after a query whose text may be another each time");
            let mut conn = pool.get().unwrap();
            let text = diesel::sql_query("SELECT 'x' AS text");
            #[derive(diesel::QueryableByName)]
            struct Row {
                #[diesel(sql_type = Text)]
                #[expect(dead_code, reason = "it is only loaded")]
                text: String,
            }
            drop(text.load::<Row>(&mut conn).unwrap());
            settle(&mut conn);
            assert_eq!(wire.count(|| drop(conn)).1, 0, "after a raw SELECT");
            let mut conn = pool.get().unwrap();
            conn.batch_execute("BEGIN").unwrap();
            assert_eq!(wire.count(|| drop(conn)).1, $raw, "after a raw BEGIN");
        }
    };
}

on_the_wire!(on_the_wire_of_postgres, Postgres, cenote_servers::postgres(), raw: 1, connect: 0);

// Diesel brackets each batch by two more messages, and `@@autocommit` is asked for.
#[cfg(feature = "mysql")]
on_the_wire!(on_the_wire_of_mysql, Mysql, cenote_servers::mysql(), raw: 4, connect: 2);
