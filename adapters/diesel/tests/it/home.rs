//! What a connection is like when it comes home.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cenote::{CloseReason, Reset};
use cenote_diesel::{
    DieselManager, Pool, PooledConnection, Session,
    diesel::{
        self,
        connection::{SimpleConnection, TransactionManager},
        prelude::*,
        result::Error,
    },
};

use crate::kit::*;

type Manager<C> = <Session<C> as Connection>::TransactionManager;

fn what_the_manager_knows_of_is_rolled_back_and_the_connection_kept<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    for levels in 1..4 {
        let mut conn = pool.get().unwrap();
        for _ in 0..levels {
            Manager::<D::Connection>::begin_transaction(&mut conn).unwrap();
            D::add(&mut conn, "of the transaction").unwrap();
        }
        drop(conn);
        let mut conn = pool.get().unwrap();
        assert!(D::all(&mut conn).is_empty());
        let transaction = conn.transaction(|conn| D::add(conn, "of the next user"));
        assert_eq!(transaction, Ok(1));
        assert_eq!(committed::<D>(&home), ["of the next user"]);
        conn.batch_execute("DELETE FROM notes").unwrap();
    }
    assert_eq!(pool.status().totals.opened, 1);
}

fn a_transaction_that_was_ended_by_hand_is_over<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    let mut conn = pool.get().unwrap();
    Manager::<D::Connection>::begin_transaction(&mut conn).unwrap();
    D::add(&mut conn, "committed").unwrap();
    conn.batch_execute("COMMIT").unwrap();
    drop(conn);
    D::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    assert_eq!(committed::<D>(&home), ["committed", "of the next user"]);
    assert_eq!(pool.status().totals.opened, 1);
}

fn a_broken_transaction_manager_closes_its_connection<D: Database>() {
    let home = D::fresh();
    for reset in [Reset::Rollback, Reset::Nothing] {
        let pool = Pool::<D::Connection>::builder(DieselManager::new(&*home.url))
            .reset_on_return(reset)
            .build()
            .unwrap();
        let mut conn = pool.get().unwrap();
        Manager::<D::Connection>::transaction_manager_status_mut(&mut conn).set_in_error();
        let refused = conn.transaction(|_| Ok::<_, Error>(()));
        assert!(matches!(refused, Err(Error::BrokenTransactionManager)), "{refused:?}");
        drop(conn);
        let totals = pool.status().totals;
        assert_eq!(
            totals.closed_because(CloseReason::ResetFailed) + totals.closed_because(CloseReason::Broken),
            1
        );
        D::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    }
}

fn a_panic_of_its_user_closes_a_connection<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut conn = pool.get().unwrap();
        let _: QueryResult<()> = conn.transaction(|conn| {
            D::add(conn, "of the panicking").unwrap();
            panic!("the user made a mistake");
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(pool.status().totals.closed_because(CloseReason::Panicked), 1);
    let mut conn = pool.get().unwrap();
    assert_eq!(PooledConnection::id(&conn).get(), 2);
    D::add(&mut conn, "of the next user").unwrap();
    assert_eq!(committed::<D>(&home), ["of the next user"]);
}

fn rows_that_were_never_dropped_cost_their_connection<D: Database>() {
    let home = D::fresh();
    let pool = one::<D>(&home);
    D::add(&mut pool.get().unwrap(), "one").unwrap();
    D::forget_rows(&mut pool.get().unwrap());
    assert_eq!(pool.status().totals.closed_because(CloseReason::Broken), 1);
    assert_eq!(D::all(&mut pool.get().unwrap()), ["one"]);
}

fn what_is_left_open_is_committed_where_the_pool_was_told_to<D: Database>() {
    let home = D::fresh();
    let pool =
        Pool::<D::Connection>::builder(DieselManager::new(&*home.url)).commit_on_return().build().unwrap();
    let mut conn = pool.get().unwrap();
    conn.batch_execute("BEGIN").unwrap();
    D::add(&mut conn, "raw").unwrap();
    drop(conn);
    let mut conn = pool.get().unwrap();
    for _ in 0..2 {
        Manager::<D::Connection>::begin_transaction(&mut conn).unwrap();
    }
    D::add(&mut conn, "known").unwrap();
    drop(conn);
    let mut conn = pool.get().unwrap();
    conn.batch_execute("SELECT 1; SELECT 2").unwrap(); // nothing is open, and nobody knows
    D::add(&mut conn, "nothing open").unwrap();
    drop(conn);
    assert_eq!(committed::<D>(&home), ["raw", "known", "nothing open"]);
    assert_eq!(pool.status().totals.opened, 1);
}

on_every_database!(
    what_the_manager_knows_of_is_rolled_back_and_the_connection_kept,
    a_transaction_that_was_ended_by_hand_is_over,
    a_broken_transaction_manager_closes_its_connection,
    a_panic_of_its_user_closes_a_connection,
    rows_that_were_never_dropped_cost_their_connection,
    what_is_left_open_is_committed_where_the_pool_was_told_to,
);

/// SQLite ends a transaction by itself where a statement says so.
#[test]
fn a_transaction_that_sqlite_ended_is_over() {
    let home = Sqlite::fresh();
    let pool = one::<Sqlite>(&home);
    let mut conn = pool.get().unwrap();
    Manager::<SqliteConnection>::begin_transaction(&mut conn).unwrap();
    diesel::sql_query("INSERT OR ROLLBACK INTO notes VALUES (1, NULL)").execute(&mut conn).unwrap_err();
    drop(conn);
    Sqlite::add(&mut pool.get().unwrap(), "of the next user").unwrap();
    assert_eq!(committed::<Sqlite>(&home), ["of the next user"]);
    assert_eq!(pool.status().totals.opened, 1);
}
