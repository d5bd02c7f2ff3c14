//! One pool type for several databases: `#[derive(MultiConnection)]`.

use std::time::Duration;

use cenote::{Manager, PrePing, Queue};
use cenote_diesel::{
    DieselManager, Pool, Poolable,
    diesel::{self, connection::SimpleConnection, prelude::*},
};

use crate::kit::{Database, Postgres, Sqlite, committed, notes};

#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Poolable for AnyConnection {
    fn open(url: &str) -> ConnectionResult<Self> {
        if url.starts_with("postgres") {
            Poolable::open(url).map(Self::Postgres)
        } else {
            Poolable::open(url).map(Self::Sqlite)
        }
    }

    fn end_transaction(&mut self, how: &str) -> QueryResult<()> {
        match self {
            Self::Sqlite(conn) => conn.end_transaction(how),
            Self::Postgres(conn) => conn.end_transaction(how),
        }
    }

    fn is_valid(&mut self, within: Duration) -> QueryResult<()> {
        match self {
            Self::Sqlite(conn) => conn.is_valid(within),
            Self::Postgres(conn) => conn.is_valid(within),
        }
    }
}

fn what_is_open_is_rolled_back_and_the_connection_kept<D: Database>() {
    let home = D::fresh();
    let queue = Queue::new().size(1).max_overflow(0);
    let pool =
        Pool::<AnyConnection>::builder(DieselManager::new(&*home.url)).strategy(queue).build().unwrap();
    let add = |text: &str| diesel::insert_into(notes::table).values(notes::text.eq(text.to_owned()));

    let mut conn = pool.get().unwrap();
    conn.transaction(|conn| add("kept").execute(conn)).unwrap();
    conn.batch_execute("BEGIN").unwrap();
    add("raw").execute(&mut conn).unwrap();
    drop(conn);

    let mut conn = pool.get().unwrap();
    diesel::sql_query("SELECT 1").execute(&mut conn).unwrap(); // raw for all that a pool can tell
    drop(conn);

    let texts = notes::table.select(notes::text).load::<String>(&mut pool.get().unwrap()).unwrap();
    assert_eq!((texts, committed::<D>(&home)), (vec!["kept".to_owned()], vec!["kept".to_owned()]));
    assert_eq!(pool.status().totals.opened, 1);
}

fn an_idle_connection_is_checked_as_its_own_kind_is<D: Database>() {
    let home = D::fresh();
    let builder = Pool::<AnyConnection>::builder(DieselManager::new(&*home.url));
    let pool = builder.pre_ping(PrePing::Always).build().unwrap();
    drop(pool.get().unwrap());
    drop(pool.get().unwrap());
    assert_eq!(pool.status().totals.opened, 1);
}

#[test]
fn an_error_is_that_of_the_database_which_the_url_means() {
    let manager = DieselManager::<AnyConnection>::new("postgres://localhost:1/none");
    let error = manager.connect(Duration::MAX).unwrap_err();
    assert!(error.to_string().contains("onnection refused"), "{error}");
}

mod sqlite {
    use super::*;

    #[test]
    fn what_is_open_is_rolled_back() {
        what_is_open_is_rolled_back_and_the_connection_kept::<Sqlite>();
    }

    #[test]
    fn an_idle_connection_is_checked() {
        an_idle_connection_is_checked_as_its_own_kind_is::<Sqlite>();
    }
}

mod postgres {
    use super::*;

    #[test]
    fn what_is_open_is_rolled_back() {
        what_is_open_is_rolled_back_and_the_connection_kept::<Postgres>();
    }

    #[test]
    fn an_idle_connection_is_checked() {
        an_idle_connection_is_checked_as_its_own_kind_is::<Postgres>();
    }
}
