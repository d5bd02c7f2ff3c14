//! `Database`: the file that the demo works on, and what stands in it at the start.

use cenote::Pool;
use cenote_sqlite::SqliteManager;
use cenote_sqlite::rusqlite::params;
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf, absolute};
use tempfile::TempDir;

use crate::data_set::{cities, roads};
use crate::failure::Failure;
use crate::options::Options;

/// The file that the demo works on. A temporary one is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Database {
    path: PathBuf,
    temporary: Option<TempDir>,
}

/// How much there is at the start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inventory {
    pub(crate) cities: u32,
    pub(crate) roads: u32,
    /// The parcels of all cities together, which no shipment changes.
    pub(crate) parcels: i64,
}

const FILE_NAME: &str = "demo.db";

const SCHEMA: &str = "
    create table city (
        id          integer primary key,
        name        text    not null unique,
        country     text    not null,
        population  integer not null,
        latitude    real    not null,
        longitude   real    not null,
        parcels     integer not null check (parcels >= 0)
    );
    create table road (
        origin      integer not null references city,
        destination integer not null references city,
        kilometres  integer not null,
        primary key (origin, destination)
    ) without rowid;
    create table shipment (
        thread      integer not null,
        number      integer not null,
        origin      integer not null references city,
        destination integer not null references city,
        parcels     integer not null,
        primary key (thread, number)
    ) without rowid;";

impl Database {
    /// Makes an empty file where the options say. Never writes over one that is there.
    pub(crate) fn create(options: &Options) -> Result<Self, Failure> {
        if let Some(path) = &options.database {
            return Ok(Self { path: create_file(path)?, temporary: None });
        }
        let directory = tempfile::Builder::new().prefix("cenote-demo-").tempdir().map_err(|error| {
            Failure::machine(
                format!("cannot make a temporary directory: {error}"),
                "set TMPDIR to a directory that you may write to, or name a file with --database",
            )
        })?;
        if options.keep {
            return Ok(Self { path: directory.keep().join(FILE_NAME), temporary: None });
        }
        Ok(Self { path: directory.path().join(FILE_NAME), temporary: Some(directory) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The directory that goes when the demo ends.
    pub(crate) fn temporary_directory(&self) -> Option<&Path> {
        self.temporary.as_ref().map(TempDir::path)
    }

    /// A pool of its own, for what is done before and after the load: it stays out of the load's figures.
    pub(crate) fn pool(&self) -> Pool<SqliteManager> {
        Pool::new(SqliteManager::file(&self.path))
    }

    /// Makes the tables and fills them: each city begins with a parcel for every hundred people.
    pub(crate) fn fill(&self) -> Result<Inventory, Failure> {
        let cities = cities();
        let roads = roads(&cities);
        let pool = self.pool();
        let mut conn = pool.get()?;
        let transaction = conn.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        let mut insert = transaction.prepare("insert into city values (?1, ?2, ?3, ?4, ?5, ?6, ?4 / 100)")?;
        for (id, city) in (1..).zip(&cities) {
            let place = (city.latitude, city.longitude);
            insert.execute(params![id, city.name, city.country, city.population, place.0, place.1])?;
        }
        drop(insert);
        let mut insert = transaction.prepare("insert into road values (?1, ?2, ?3)")?;
        for road in &roads {
            insert.execute(params![road.origin + 1, road.destination + 1, road.kilometres])?;
        }
        drop(insert);
        let parcels = transaction.query_row("select sum(parcels) from city", [], |row| row.get(0))?;
        transaction.commit()?;
        Ok(Inventory { cities: cities.len() as u32, roads: roads.len() as u32, parcels })
    }
}

fn create_file(path: &Path) -> Result<PathBuf, Failure> {
    let shown = path.display();
    let refuse = |problem: String| Failure::argument("database", format!("{shown}: {problem}"));
    let path = absolute(path).map_err(|error| refuse(format!("{error}; give the path of a new file")))?;
    if let Some(directory) = path.parent().filter(|directory| !directory.is_dir()) {
        let directory = directory.display();
        return Err(refuse(format!("there is no directory {directory}; create it first, or name another")));
    }
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(_) => Ok(path),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(refuse(
            "it exists already, and the demo writes over nothing; name a new file, or delete it".to_owned(),
        )),
        Err(error) => Err(refuse(format!(
            "cannot create it ({error}); name a file in a directory that you may write to"
        ))),
    }
}
