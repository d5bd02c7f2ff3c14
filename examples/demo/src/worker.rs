//! `Worker`: what one thread of the load does until it is told to stop.

use cenote::{Pool, Strategy};
use cenote_sqlite::SqliteManager;
use cenote_sqlite::rusqlite::{Connection, Result as SqliteResult};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::database::Inventory;
use crate::dice::Dice;
use crate::failure::Failure;
use crate::queries;
use crate::shipment::Shipment;
use crate::stopwatch::Stopwatch;
use crate::tally::{Score, Tally};

/// One thread of the load.
#[derive(Debug)]
pub(crate) struct Worker<'a, S: Strategy> {
    pub(crate) pool: &'a Pool<SqliteManager, S>,
    pub(crate) number: u32,
    pub(crate) inventory: &'a Inventory,
    pub(crate) score: &'a Score,
    pub(crate) stop: &'a AtomicBool,
}

impl<S: Strategy> Worker<'_, S> {
    /// Takes a connection, uses it, gives it back; once at least, and again until it is told to stop.
    pub(crate) fn run(&self) -> Result<Tally, Failure> {
        let (mut tally, mut dice) = (Tally::new(), Dice::of_thread(self.number));
        loop {
            let asked = Stopwatch::start();
            let got = self.pool.get();
            tally.count_wait(asked.elapsed());
            match got {
                Ok(mut conn) => match self.work(&mut conn, &mut dice) {
                    Ok(None) => {}
                    Ok(Some(parcels)) => self.check_total(parcels)?,
                    Err(error) => tally.count_failed_statement(error)?,
                },
                Err(error) => tally.count_failed_get(error)?,
            }
            if self.stop.load(Ordering::Relaxed) {
                return Ok(tally);
            }
        }
    }

    /// Of a hundred times 80 a query, 19 a shipment, and once a shipment whose end is forgotten. Says how many parcels
    /// it saw, if it saw them all.
    fn work(&self, conn: &mut Connection, dice: &mut Dice) -> SqliteResult<Option<i64>> {
        match dice.throw(100) {
            0 => {
                Shipment::at_random(dice, self.inventory).forget(conn)?;
                self.score.count_forgotten();
            }
            1..20 => {
                let shipment = Shipment::at_random(dice, self.inventory);
                shipment.commit(conn, self.number, self.score.writes() as i64 + 1)?;
                self.score.count_write();
            }
            _ => {
                let seen = queries::any(conn, dice, self.number, self.inventory)?;
                self.score.count_read();
                return Ok(seen);
            }
        }
        Ok(None)
    }

    fn check_total(&self, parcels: i64) -> Result<(), Failure> {
        if parcels == self.inventory.parcels {
            return Ok(());
        }
        let due = self.inventory.parcels;
        Err(Failure::defect(format!(
            "a query saw half of a transaction: {parcels} parcels in place of {due}"
        )))
    }
}
