//! The queries of the load: what a dispatcher of parcels would ask.

use cenote_sqlite::rusqlite::{Connection, OptionalExtension, Result};

use crate::database::Inventory;
use crate::dice::Dice;

/// One query of three, at random. Says how many parcels it saw, if it saw them all.
pub(crate) fn any(
    conn: &Connection,
    dice: &mut Dice,
    thread: u32,
    inventory: &Inventory,
) -> Result<Option<i64>> {
    match dice.throw(3) {
        0 => route(conn, dice.throw(inventory.cities) + 1, dice.throw(inventory.cities) + 1).map(|_| None),
        1 => last_shipments(conn, thread).map(|_| None),
        _ => {
            parcels_by_country(conn).map(|countries| Some(countries.iter().map(|(_, parcels)| parcels).sum()))
        }
    }
}

/// The shortest way with one stop: where one would stop, and how far it is in all.
fn route(conn: &Connection, origin: u32, destination: u32) -> Result<Option<(String, i64)>> {
    conn.prepare_cached(
        "select city.name, first.kilometres + second.kilometres as distance
         from road as first
         join road as second on second.origin = first.destination
         join city on city.id = first.destination
         where first.origin = ?1 and second.destination = ?2
         order by distance limit 1",
    )?
    .query_row((origin, destination), |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()
}

/// What this thread sent last: from where, to where, how many.
fn last_shipments(conn: &Connection, thread: u32) -> Result<Vec<(String, String, i64)>> {
    conn.prepare_cached(
        "select origin.name, destination.name, shipment.parcels
         from shipment
         join city as origin on origin.id = shipment.origin
         join city as destination on destination.id = shipment.destination
         where shipment.thread = ?1
         order by shipment.number desc limit 10",
    )?
    .query_map([thread], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
    .collect()
}

/// Where the parcels are.
fn parcels_by_country(conn: &Connection) -> Result<Vec<(String, i64)>> {
    conn.prepare_cached("select country, sum(parcels) from city group by country order by 2 desc")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
