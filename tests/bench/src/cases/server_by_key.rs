//! One row by its key from PostgreSQL and from MariaDB: what each pool, with its own defaults, adds to a real query.
//!
//! Asked once over loopback for the time, and once through a wire that counts round trips.

use crate::pace::Pace;
use crate::row::Row;
use crate::series::Series;
use crate::ways::Way;
use crate::ways::{mysql, postgres};
use cenote_servers::wire::Wire;
use std::net::SocketAddr;
use std::time::Instant;

pub(crate) const CASE: &str = "server-by-key";
pub(crate) const COST: &str = "us_per_query";
pub(crate) const BY_HAND: &str = "by-hand";

pub(crate) const ROWS: u32 = 10_000;
const QUERIES: u32 = 200;
/// So many queries are looked at for their round trips, after those that log in.
const COUNTED: u32 = 10;

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    let mut rows = asked(postgres::SETTING, postgres::address(), postgres::ways, pace);
    rows.extend(asked(mysql::SETTING, mysql::address(), mysql::ways, pace));
    rows
}

fn asked(
    setting: &'static str,
    server: SocketAddr,
    ways: fn(SocketAddr) -> Vec<Way>,
    pace: Pace,
) -> Vec<Row> {
    let mut series = Series::new(CASE, 1, setting.to_owned());
    let mut field = ways(server);
    for _ in 0..5 * pace.rounds {
        for way in &mut field {
            let start = Instant::now();
            (1..=QUERIES).for_each(|number| way.read(key(number)));
            series.note(way.name, COST, start.elapsed().as_nanos() as f64 / 1e3 / f64::from(QUERIES));
        }
    }
    drop(field);
    let wire = Wire::to(server);
    for mut way in ways(wire.address()) {
        way.read(key(0));
        let ((), trips) = wire.count(|| (1..=COUNTED).for_each(|number| way.read(key(number))));
        series.note(way.name, "trips_per_query", trips as f64 / f64::from(COUNTED));
    }
    beside_by_hand(&mut series);
    series.rows().collect()
}

fn key(number: u32) -> u32 {
    number.wrapping_mul(7919) % ROWS + 1
}

fn beside_by_hand(series: &mut Series) {
    let by_hand = series.values(BY_HAND, COST);
    let pools: Vec<_> = series.pools(COST).collect();
    for pool in pools {
        for (through, by_hand) in series.values(pool, COST).into_iter().zip(&by_hand) {
            series.note(pool, "times_by_hand", through / by_hand);
        }
    }
}
