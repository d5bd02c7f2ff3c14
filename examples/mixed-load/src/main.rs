//! Eight threads read and write one SQLite file through four connections, and no write is lost.
#![expect(clippy::print_stdout, reason = "an example shows what it did")]

use cenote::Queue;
use cenote_sqlite::{Pool, SqliteManager, rusqlite::TransactionBehavior::Immediate};
use std::{error::Error, thread, time::Duration};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let directory = tempfile::tempdir()?;
    let pool = Pool::builder(SqliteManager::file(directory.path().join("shop.db")))
        .strategy(Queue::new().size(4).max_overflow(0))
        .timeout(Duration::from_secs(10))
        .build()?;
    pool.get()?.execute_batch(
        "create table orders (customer, euros); create table income (euros); insert into income values (0)",
    )?;

    let pool = &pool;
    thread::scope(|scope| {
        let customers = [1, 2, 3, 4, 5, 6, 7, 8].map(|customer| scope.spawn(move || shop(pool, customer)));
        customers.into_iter().try_for_each(|thread| thread.join().expect("a customer does not panic"))
    })?;

    let sums = "select count(*), sum(euros), (select euros from income) from orders";
    let (orders, ordered, income): (i64, i64, i64) =
        pool.get()?.query_row(sums, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    assert_eq!((orders, ordered), (8 * 250, income), "a write was lost");
    let totals = pool.status().totals;
    println!("{orders} orders, {} checkouts, {} connections, no write lost", totals.checkouts, totals.opened);
    Ok(())
}

/// A customer adds up what it spent so far, and orders something; 250 times.
fn shop(pool: &Pool, customer: i64) -> Result<()> {
    let spent = "select coalesce(sum(euros), 0) from orders where customer = ?1";
    for euros in 1..=250 {
        let mut conn = pool.get()?;
        let spent: i64 = conn.query_row(spent, [customer], |row| row.get(0))?;
        assert_eq!(spent, (1..euros).sum(), "customer {customer} sees its own orders");
        let order = conn.transaction_with_behavior(Immediate)?;
        order.execute("insert into orders values (?1, ?2)", [customer, euros])?;
        order.execute("update income set euros = euros + ?1", [euros])?;
        order.commit()?;
    }
    Ok(())
}
