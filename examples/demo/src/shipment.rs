//! `Shipment`: the write of the load: parcels that move from one city to another.

use cenote_sqlite::rusqlite::{Connection, Result, TransactionBehavior};

use crate::database::Inventory;
use crate::dice::Dice;

/// Parcels that move from one city to another.
#[derive(Debug)]
pub(crate) struct Shipment {
    origin: u32,
    destination: u32,
    parcels: i64,
}

impl Shipment {
    /// A few parcels between two cities that are not the same.
    pub(crate) fn at_random(dice: &mut Dice, inventory: &Inventory) -> Self {
        let cities = inventory.cities;
        let origin = dice.throw(cities);
        let destination = (origin + 1 + dice.throw(cities - 1)) % cities;
        Self { origin: origin + 1, destination: destination + 1, parcels: 1 + i64::from(dice.throw(9)) }
    }

    /// Moves the parcels and writes that down, as this thread's shipment of this number: all of it, or nothing.
    ///
    /// The stocks are read, changed here and written back, so that a lost update would show in the total.
    pub(crate) fn commit(&self, conn: &mut Connection, thread: u32, number: i64) -> Result<()> {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stock = |city: u32| {
            transaction
                .prepare_cached("select parcels from city where id = ?1")?
                .query_row([city], |row| row.get::<_, i64>(0))
        };
        let (at_origin, at_destination) = (stock(self.origin)?, stock(self.destination)?);
        let parcels = self.parcels.min(at_origin);
        let mut update = transaction.prepare_cached("update city set parcels = ?2 where id = ?1")?;
        update.execute((self.origin, at_origin - parcels))?;
        update.execute((self.destination, at_destination + parcels))?;
        drop(update);
        transaction.prepare_cached("insert into shipment values (?1, ?2, ?3, ?4, ?5)")?.execute((
            thread,
            number,
            self.origin,
            self.destination,
            parcels,
        ))?;
        transaction.commit()
    }

    /// What a careless user does: begins, takes all parcels away, and goes home without an end to it.
    pub(crate) fn forget(&self, conn: &Connection) -> Result<()> {
        conn.execute_batch("begin immediate")?;
        conn.prepare_cached("update city set parcels = 0 where id = ?1")?.execute([self.origin])?;
        Ok(())
    }
}
