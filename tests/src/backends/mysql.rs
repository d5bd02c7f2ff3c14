//! MariaDB as a backend: once with connections reset at a return, once with a rollback only.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::kit::wait::wait_until;
use crate::kit::{login, names};
use crate::table::Reason;
use cenote_mysql::{MysqlManager, ResetBy};
use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder};
use parking_lot::{Mutex, MutexGuard};
use std::sync::OnceLock;

/// A database of its own on the server of this process, with one table.
#[derive(Debug)]
pub struct Mysql {
    variant: &'static str,
    reset: ResetBy,
    database: String,
}

impl Mysql {
    fn new(variant: &'static str, reset: ResetBy) -> Self {
        let database = names::unique().replace('-', "_");
        let mut administrator = administrator();
        for statement in ["create database DATABASE", "create table DATABASE.law (line int) engine = innodb"]
        {
            let made = administrator.query_drop(statement.replace("DATABASE", &database));
            made.expect("the server lets the administrator make a database");
        }
        Self { variant, reset, database }
    }

    /// The name of the database.
    #[cfg(feature = "diesel-mysql")]
    pub fn database(&self) -> &str {
        &self.database
    }

    /// Over TCP only: by default the driver dials once more, by the server's socket, and the server sees both for a moment.
    fn opts(&self, database: &str) -> OptsBuilder {
        OptsBuilder::from_opts(opts()).db_name(Some(database)).prefer_socket(false)
    }
}

impl Backend for Mysql {
    type Manager = MysqlManager;

    const NAME: &'static str = "mysql";

    fn variants() -> Vec<Self> {
        vec![Self::new("reset", ResetBy::Connection), Self::new("rollback", ResetBy::Rollback)]
    }

    fn variant(&self) -> String {
        self.variant.to_owned()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        match skill {
            Skill::Script => Err("MariaDB follows no script"),
            Skill::Kill | Skill::Count => Ok(()),
        }
    }

    fn login() -> Result<(), String> {
        login::at("CENOTE_MYSQL_URL", |url| {
            let opts = Opts::from_url(url).map_err(|_| login::UNREADABLE)?;
            Conn::new(opts).map(drop).map_err(|error| match error {
                mysql::Error::MySqlError(said) => said.to_string(),
                other => other.to_string(),
            })
        })
    }

    fn manager(&self) -> MysqlManager {
        MysqlManager::new(self.opts(&self.database)).with_reset(self.reset.clone())
    }

    fn refused(&self) -> MysqlManager {
        MysqlManager::new(self.opts("missing"))
    }

    fn error(&self) -> DriverError<Self> {
        mysql::Error::DriverError(mysql::DriverError::SetupError)
    }

    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        u64::from(conn.connection_id())
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        conn.query_drop("start transaction").unwrap();
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        conn.query_drop("insert into law values (1)").unwrap();
    }

    fn commit(&self, conn: &mut Connection<Self>) {
        conn.query_drop("commit").unwrap();
    }

    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool {
        conn.query_first::<u8, _>("select @@in_transaction").unwrap() == Some(1)
    }

    fn answers(&self, conn: &mut Connection<Self>) -> bool {
        conn.query_drop("select 1").is_ok()
    }

    fn committed(&self) -> usize {
        let count = format!("select count(*) from {}.law", self.database);
        administrator().query_first(count).unwrap().unwrap()
    }

    fn kill(&self, session: u64) {
        administrator().query_drop(format!("kill {session}")).unwrap();
        let alive = "select count(*) from information_schema.processlist where id = ?";
        wait_until("it is gone", || administrator().exec_first(alive, (session,)).unwrap() == Some(0));
    }

    fn open(&self) -> usize {
        let count = "select count(*) from information_schema.processlist where db = ?";
        administrator().exec_first(count, (&self.database,)).unwrap().unwrap()
    }
}

impl Drop for Mysql {
    /// The server may be somebody's own.
    fn drop(&mut self) {
        // What a law left locked stays: the law is red then.
        let _ = administrator().query_drop(format!(
            "set statement lock_wait_timeout = 5 for drop database if exists {}",
            self.database
        ));
    }
}

fn opts() -> Opts {
    Opts::from_url(cenote_servers::mysql().url()).expect("CENOTE_MYSQL_URL is one that the driver can read")
}

/// Looks at the server from outside: one connection for all laws.
fn administrator() -> MutexGuard<'static, Conn> {
    static CONN: OnceLock<Mutex<Conn>> = OnceLock::new();
    CONN.get_or_init(|| Mutex::new(Conn::new(opts()).expect("CENOTE_MYSQL_URL lets us in"))).lock()
}
