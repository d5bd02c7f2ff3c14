//! PostgreSQL through Diesel as a backend.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::backends::Postgres;
use crate::table::Reason;
use cenote_diesel::{DieselError, DieselManager};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Integer;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

/// A schema of PostgreSQL's, to which Diesel connects.
#[derive(Debug)]
pub struct DieselPostgres {
    postgres: Postgres,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    number: i32,
}

impl DieselPostgres {
    fn url(&self, database: Option<&str>) -> String {
        let schema = self.postgres.schema();
        let url = cenote_servers::postgres().url();
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let place = match (database, place.rsplit_once('/')) {
            (Some(other), Some((server, _))) => format!("{server}/{other}"),
            _ => place.to_owned(),
        };
        format!("{place}?{query}&application_name={schema}&options=-csearch_path%3D{schema}")
            .replace("?&", "?")
    }
}

impl Backend for DieselPostgres {
    type Manager = DieselManager<PgConnection>;

    const NAME: &'static str = "diesel-postgres";

    fn variants() -> Vec<Self> {
        // How the other adapter watches is nothing to Diesel.
        Postgres::variants().into_iter().take(1).map(|postgres| Self { postgres }).collect()
    }

    fn variant(&self) -> String {
        "libpq".to_owned()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        Postgres::has(skill)
    }

    fn login() -> Result<(), String> {
        Postgres::login()
    }

    fn manager(&self) -> Self::Manager {
        DieselManager::new(self.url(None))
    }

    fn refused(&self) -> Self::Manager {
        DieselManager::new(self.url(Some("missing")))
    }

    fn error(&self) -> DriverError<Self> {
        DieselError::from(diesel::result::Error::NotFound)
    }

    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        let row: Number = sql_query("select pg_backend_pid() as number").get_result(conn).unwrap();
        u64::from(row.number.cast_unsigned())
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("begin").unwrap();
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        sql_query("insert into law values (1)").execute(conn).unwrap();
    }

    fn commit(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("commit").unwrap();
    }

    /// Only within a transaction can a savepoint be set.
    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool {
        conn.batch_execute("savepoint probe")
            .is_ok_and(|()| conn.batch_execute("release savepoint probe").is_ok())
    }

    fn answers(&self, conn: &mut Connection<Self>) -> bool {
        conn.batch_execute("select 1").is_ok()
    }

    fn committed(&self) -> usize {
        self.postgres.committed()
    }

    fn kill(&self, session: u64) {
        self.postgres.kill(session);
    }

    fn open(&self) -> usize {
        self.postgres.open()
    }
}
