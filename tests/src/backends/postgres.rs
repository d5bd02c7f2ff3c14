//! PostgreSQL as a backend: once with the stream watched, once without.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::kit::wait::wait_until;
use crate::kit::{login, names};
use crate::table::Reason;
use cenote_postgres::PostgresManager;
use parking_lot::{Mutex, MutexGuard};
use postgres::{Client, Config, NoTls};
use std::error::Error;
use std::sync::OnceLock;

/// A schema of its own on the server of this process, with one table.
#[derive(Debug)]
pub struct Postgres {
    variant: &'static str,
    watches: bool,
    schema: String,
}

impl Postgres {
    fn new(variant: &'static str, watches: bool) -> Self {
        let schema = names::unique().replace('-', "_");
        let make = format!("create schema {schema}; create table {schema}.law (line integer)");
        administrator().batch_execute(&make).expect("the server lets the administrator make a schema");
        Self { variant, watches, schema }
    }

    /// The name of the schema, and of those who use it.
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// Whether the adapter watches the stream.
    pub fn watches(&self) -> bool {
        self.watches
    }

    fn config(&self) -> Config {
        let mut config = config();
        config.options(&format!("-csearch_path={}", self.schema)).application_name(&self.schema);
        config
    }
}

impl Backend for Postgres {
    type Manager = PostgresManager;

    const NAME: &'static str = "postgres";

    fn variants() -> Vec<Self> {
        vec![Self::new("watched", true), Self::new("unwatched", false)]
    }

    fn variant(&self) -> String {
        self.variant.to_owned()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        match skill {
            Skill::Script => Err("PostgreSQL follows no script"),
            Skill::Kill | Skill::Count => Ok(()),
        }
    }

    fn login() -> Result<(), String> {
        login::at("CENOTE_POSTGRES_URL", |url| {
            let config: Config = url.parse().map_err(|_| login::UNREADABLE)?;
            let refused = |error: postgres::Error| error.source().unwrap_or(&error).to_string();
            config.connect(NoTls).map(drop).map_err(refused)
        })
    }

    fn manager(&self) -> PostgresManager {
        PostgresManager::new(self.config()).with_watcher(self.watches)
    }

    fn refused(&self) -> PostgresManager {
        let mut config = self.config();
        config.dbname("missing");
        PostgresManager::new(config)
    }

    fn error(&self) -> DriverError<Self> {
        "nonsense".parse::<Config>().expect_err("it is no setting").into()
    }

    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        let row = conn.query_one("select pg_backend_pid()", &[]).unwrap();
        u64::from(row.get::<_, i32>(0).cast_unsigned())
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("begin").unwrap();
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        conn.execute("insert into law values (1)", &[]).unwrap();
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
        let count = format!("select count(*) from {}.law", self.schema);
        let row = administrator().query_one(&count, &[]).unwrap();
        usize::try_from(row.get::<_, i64>(0)).unwrap()
    }

    fn kill(&self, session: u64) {
        let number = i32::try_from(session).unwrap();
        administrator().query_one("select pg_terminate_backend($1)", &[&number]).unwrap();
        let alive = "select exists (select from pg_stat_activity where pid = $1)";
        wait_until("it is gone", || !administrator().query_one(alive, &[&number]).unwrap().get::<_, bool>(0));
    }

    fn open(&self) -> usize {
        let count = "select count(*) from pg_stat_activity where application_name = $1";
        let row = administrator().query_one(count, &[&self.schema]).unwrap();
        usize::try_from(row.get::<_, i64>(0)).unwrap()
    }
}

impl Drop for Postgres {
    /// The server may be somebody's own.
    fn drop(&mut self) {
        let drop = format!("drop schema if exists {} cascade", self.schema);
        // What a law left locked stays: the law is red then.
        let _ =
            administrator().batch_execute(&format!("set lock_timeout = '5s'; {drop}; reset lock_timeout"));
    }
}

fn config() -> Config {
    cenote_servers::postgres().url().parse().expect("CENOTE_POSTGRES_URL is one that the driver can read")
}

/// Looks at the server from outside: one connection for all laws.
fn administrator() -> MutexGuard<'static, Client> {
    static CLIENT: OnceLock<Mutex<Client>> = OnceLock::new();
    CLIENT.get_or_init(|| Mutex::new(config().connect(NoTls).expect("CENOTE_POSTGRES_URL lets us in"))).lock()
}
