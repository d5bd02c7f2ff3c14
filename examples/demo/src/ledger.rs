//! The check at the end: what the threads committed is what stands in the database.

use cenote_sqlite::rusqlite::{Connection, Result as SqliteResult};

use crate::database::Inventory;
use crate::failure::Failure;
use crate::tally::Score;

/// Compares each thread's committed writes with its rows, and the stocks with what all shipments come to.
/// Says how many writes there are.
pub(crate) fn check(conn: &Connection, scores: &[Score], inventory: &Inventory) -> Result<u64, Failure> {
    for (thread, score) in (0..).zip(scores) {
        let (committed, found) = (score.writes() as i64, shipments_of(conn, thread)?);
        if committed != found {
            let what =
                format!("thread {thread} committed {committed} shipments, and {found} are in the database");
            return Err(Failure::defect(what));
        }
    }
    if let Some((city, due, found)) = wrong_stock(conn)? {
        let what = format!("{city} should have {due} parcels by its shipments, and has {found}");
        return Err(Failure::defect(what));
    }
    let parcels: i64 = conn.query_row("select sum(parcels) from city", [], |row| row.get(0))?;
    if parcels != inventory.parcels {
        let what = format!("there were {} parcels, and now there are {parcels}", inventory.parcels);
        return Err(Failure::defect(what));
    }
    Ok(scores.iter().map(Score::writes).sum())
}

fn shipments_of(conn: &Connection, thread: u32) -> SqliteResult<i64> {
    conn.query_row("select count(*) from shipment where thread = ?1", [thread], |row| row.get(0))
}

/// A city whose stock is not its first one, less what left it, and what reached it.
fn wrong_stock(conn: &Connection) -> SqliteResult<Option<(String, i64, i64)>> {
    conn.prepare(
        "with sent as (select origin, sum(parcels) as parcels from shipment group by 1),
              received as (select destination, sum(parcels) as parcels from shipment group by 1)
         select * from (
             select name, population / 100 - coalesce(sent.parcels, 0) + coalesce(received.parcels, 0) as due,
                    city.parcels as found
             from city
             left join sent on sent.origin = city.id
             left join received on received.destination = city.id)
         where due <> found limit 1",
    )?
    .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
    .next()
    .transpose()
}

#[cfg(test)]
mod tests {
    use cenote_sqlite::SqliteManager;
    use clap::Parser;

    use super::*;
    use crate::database::Database;
    use crate::dice::Dice;
    use crate::options::Options;
    use crate::shipment::Shipment;

    /// A database with three shipments, their thread's score, and a pool to look at it.
    fn three_shipments() -> (Database, Inventory, Score, cenote::Pool<SqliteManager>) {
        let database = Database::create(&Options::parse_from(["demo"])).unwrap();
        let inventory = database.fill().unwrap();
        let (pool, score, mut dice) = (database.pool(), Score::default(), Dice::of_thread(0));
        for number in 1..=3 {
            let mut conn = pool.get().unwrap();
            Shipment::at_random(&mut dice, &inventory).commit(&mut conn, 0, number).unwrap();
            score.count_write();
        }
        (database, inventory, score, pool)
    }

    #[test]
    fn what_was_committed_is_found() {
        let (_database, inventory, score, pool) = three_shipments();
        assert_eq!(check(&pool.get().unwrap(), &[score], &inventory).unwrap(), 3);
    }

    #[test]
    fn a_transaction_left_open_is_undone_when_its_connection_comes_home() {
        let (_database, inventory, score, pool) = three_shipments();
        let shipment = Shipment::at_random(&mut Dice::of_thread(1), &inventory);
        shipment.forget(&pool.get().unwrap()).unwrap();
        assert_eq!(check(&pool.get().unwrap(), &[score], &inventory).unwrap(), 3);
        shipment.commit(&mut pool.get().unwrap(), 0, 4).unwrap();
        assert_eq!(pool.status().totals.opened, 1);
    }

    #[test]
    fn a_lost_write_is_found() {
        let (_database, inventory, score, pool) = three_shipments();
        score.count_write();
        let failure = check(&pool.get().unwrap(), &[score], &inventory).unwrap_err().to_string();
        assert!(
            failure.starts_with("thread 0 committed 4 shipments, and 3 are in the database"),
            "{failure}"
        );
    }

    #[test]
    fn a_lost_update_is_found_even_if_another_makes_up_for_it() {
        let (_database, inventory, score, pool) = three_shipments();
        let conn = pool.get().unwrap();
        conn.execute_batch(
            "update city set parcels = parcels + 7 where id = 1; update city set parcels = parcels - 7 where id = 2",
        )
        .unwrap();
        let failure = check(&conn, &[score], &inventory).unwrap_err().to_string();
        assert!(failure.contains("should have"), "{failure}");
    }
}
