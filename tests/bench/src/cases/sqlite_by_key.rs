//! One row by its key from an SQLite file: what the pool adds to a real query.

use crate::contender::{Entrant, User};
use crate::contenders::by_hand::Kept;
use crate::driver::Sqlite;
use crate::field::{BUILDS, that_wait};
use crate::pace::Pace;
use crate::row::Row;
use crate::series::Series;
use cenote_sqlite::SqliteManager;
use cenote_sqlite::rusqlite::{Connection, Result};
use std::fmt;
use std::path::Path;
use std::time::Instant;

pub(crate) const CASE: &str = "sqlite-by-key";
pub(crate) const COST: &str = "us_per_query";

const ROWS: u32 = 10_000;
const QUERIES: u32 = 200;

/// How the query comes to SQLite, as the case's setting.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Query {
    /// Its text is prepared each time.
    Text,
    /// It was prepared before, and is kept with the connection.
    Prepared,
}

pub(crate) fn run(pace: Pace) -> Vec<Row> {
    [Query::Text, Query::Prepared].into_iter().flat_map(|query| asked(query, pace)).collect()
}

fn asked(query: Query, pace: Pace) -> Vec<Row> {
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let path = directory.path().join("rows.db");
    prepare(&path).expect("a database can be made");
    let mut series = Series::new(CASE, 1, query.to_string());
    // All are kept to the end: else each would be built where the one before it was.
    let mut fields = Vec::new();
    for _ in 0..BUILDS {
        let field = field(&path);
        for _ in 0..(5 * pace.rounds).div_ceil(BUILDS) {
            for Entrant { name, pool } in &field {
                let mut reader = Reader { query, left: QUERIES, sum: 0 };
                let start = Instant::now();
                pool.serve(&mut reader);
                series.note(name, COST, start.elapsed().as_nanos() as f64 / 1e3 / f64::from(QUERIES));
                assert!(reader.sum > 0, "the rows were read");
            }
        }
        fields.push(field);
    }
    share(&mut series);
    series.rows().collect()
}

fn field(path: &Path) -> Vec<Entrant<Connection>> {
    let driver = Sqlite(path.to_owned());
    let mut field = vec![Entrant::new("by-hand", Kept::new(&driver))];
    let adapter = cenote_sqlite::Pool::new(SqliteManager::file(path));
    field.push(Entrant::blocking("cenote-sqlite/Queue/defaults", adapter));
    field.extend(that_wait(&driver, 4));
    field
}

fn prepare(path: &Path) -> Result<()> {
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    let transaction = conn.transaction()?;
    transaction.execute("create table item (key integer primary key, name text not null)", [])?;
    for key in 1..=ROWS {
        transaction.execute("insert into item values (?1, ?2)", (key, format!("item number {key}")))?;
    }
    transaction.commit()
}

/// The part of the time, in percent, that a query by hand does not take.
fn share(series: &mut Series) {
    let by_hand = series.values("by-hand", COST);
    let pools: Vec<_> = series.pools(COST).collect();
    for pool in pools {
        for (through, by_hand) in series.values(pool, COST).into_iter().zip(&by_hand) {
            series.note(pool, "share_percent", (through - by_hand) / through * 100.0);
        }
    }
}

/// One that reads rows by their keys.
struct Reader {
    query: Query,
    left: u32,
    sum: usize,
}

impl User<Connection> for Reader {
    fn wants_one(&mut self) -> bool {
        self.left = self.left.wrapping_sub(1);
        self.left != u32::MAX
    }

    fn has(&mut self, conn: &mut Connection) {
        let key = self.left.wrapping_mul(7919) % ROWS + 1;
        let name = self.query.name_of(key, conn).expect("the row exists");
        self.sum += name.len();
    }

    fn gave_back(&mut self) {}
}

impl Query {
    fn name_of(self, key: u32, conn: &Connection) -> Result<String> {
        const TEXT: &str = "select name from item where key = ?1";
        match self {
            Self::Text => conn.query_row(TEXT, [key], |row| row.get(0)),
            Self::Prepared => conn.prepare_cached(TEXT)?.query_row([key], |row| row.get(0)),
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "query_row, prepared each time",
            Self::Prepared => "prepare_cached, prepared before",
        })
    }
}
