//! PostgreSQL behind PgBouncer in transaction mode as a backend: sessions are lent for one transaction.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::backends::Postgres;
use crate::kit::login;
use crate::table::Reason;
use cenote_postgres::PostgresManager;
use cenote_servers::{Server, start_pgbouncer};
use postgres::{Client, Config, NoTls, SimpleQueryMessage};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// A schema of PostgreSQL's, to which PgBouncer leads. Nothing is prepared, and tables have their schema with them.
#[derive(Debug)]
pub struct PgBouncer {
    postgres: Postgres,
}

/// What sessions are called, so that they can be told apart: PgBouncer gives each client its own name back.
const NAMED: &str = "session ";

impl Backend for PgBouncer {
    type Manager = PostgresManager;

    const NAME: &'static str = "pgbouncer";

    fn variants() -> Vec<Self> {
        Postgres::variants().into_iter().map(|postgres| Self { postgres }).collect()
    }

    fn variant(&self) -> String {
        self.postgres.variant()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        match skill {
            Skill::Script => Err("PostgreSQL follows no script"),
            Skill::Kill | Skill::Count => Err("PgBouncer shares the server's sessions among its clients"),
        }
    }

    fn login() -> Result<(), String> {
        Postgres::login()?;
        login::at("CENOTE_POSTGRES_URL", |_| {
            let refused = |error| format!("PgBouncer comes to it as `postgres` without a password ({error})");
            config().connect(NoTls).map(drop).map_err(refused)
        })
    }

    fn manager(&self) -> PostgresManager {
        PostgresManager::new(config()).with_watcher(self.postgres.watches())
    }

    fn refused(&self) -> PostgresManager {
        let mut config = config();
        config.dbname("missing");
        PostgresManager::new(config)
    }

    fn error(&self) -> DriverError<Self> {
        self.postgres.error()
    }

    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let named = answer(conn, "show application_name");
        named.strip_prefix(NAMED).and_then(|number| number.parse().ok()).unwrap_or_else(|| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            conn.batch_execute(&format!("set application_name = '{NAMED}{number}'")).unwrap();
            number
        })
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        self.postgres.begin(conn);
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        conn.batch_execute(&format!("insert into {}.law values (1)", self.postgres.schema())).unwrap();
    }

    fn commit(&self, conn: &mut Connection<Self>) {
        self.postgres.commit(conn);
    }

    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool {
        self.postgres.in_transaction(conn)
    }

    fn answers(&self, conn: &mut Connection<Self>) -> bool {
        self.postgres.answers(conn)
    }

    fn committed(&self) -> usize {
        self.postgres.committed()
    }
}

/// How clients come to PostgreSQL: through the PgBouncer of this process.
fn config() -> Config {
    static POOLER: OnceLock<Server> = OnceLock::new();
    let pooler = POOLER.get_or_init(|| {
        start_pgbouncer(cenote_servers::postgres().address()).unwrap_or_else(|error| panic!("{error}"))
    });
    let mut config: Config = pooler.url().parse().expect("it is a URL of ours");
    // Who comes without a name is given that of the last one.
    config.application_name("no session yet");
    config
}

/// The one value that a question is answered with, without preparing it.
fn answer(client: &mut Client, question: &str) -> String {
    let answers = client.simple_query(question).unwrap();
    let row = answers.iter().find_map(|answer| match answer {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    row.expect("the question has an answer").to_owned()
}
