//! MariaDB through Diesel as a backend.

use crate::backend::{Backend, Connection, DriverError, Skill};
use crate::backends::Mysql;
use crate::table::Reason;
use cenote_diesel::{DieselError, DieselManager};
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{MysqlConnection, QueryableByName, RunQueryDsl, sql_query};

/// A database of MariaDB's, to which Diesel connects.
#[derive(Debug)]
pub struct DieselMysql {
    mysql: Mysql,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl DieselMysql {
    fn url(&self, database: &str) -> String {
        let url = cenote_servers::mysql().url();
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let server = place.rsplit_once('/').map_or(place, |(server, _)| server);
        format!("{server}/{database}?{query}").trim_end_matches('?').to_owned()
    }
}

fn number(conn: &mut Connection<DieselMysql>, expression: &str) -> i64 {
    let query = format!("select cast({expression} as signed) as number");
    sql_query(query).get_result::<Number>(conn).unwrap().number
}

impl Backend for DieselMysql {
    type Manager = DieselManager<MysqlConnection>;

    const NAME: &'static str = "diesel-mysql";

    fn variants() -> Vec<Self> {
        // How the other adapter resets is nothing to Diesel.
        Mysql::variants().into_iter().take(1).map(|mysql| Self { mysql }).collect()
    }

    fn variant(&self) -> String {
        "libmariadb".to_owned()
    }

    fn has(skill: Skill) -> Result<(), Reason> {
        Mysql::has(skill)
    }

    fn login() -> Result<(), String> {
        Mysql::login()
    }

    fn manager(&self) -> Self::Manager {
        DieselManager::new(self.url(self.mysql.database()))
    }

    fn refused(&self) -> Self::Manager {
        DieselManager::new(self.url("missing"))
    }

    fn error(&self) -> DriverError<Self> {
        DieselError::from(diesel::result::Error::NotFound)
    }

    fn session(&self, conn: &mut Connection<Self>) -> u64 {
        number(conn, "connection_id()").cast_unsigned()
    }

    fn begin(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("start transaction").unwrap();
    }

    fn insert(&self, conn: &mut Connection<Self>) {
        sql_query("insert into law values (1)").execute(conn).unwrap();
    }

    fn commit(&self, conn: &mut Connection<Self>) {
        conn.batch_execute("commit").unwrap();
    }

    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool {
        number(conn, "@@in_transaction") == 1
    }

    fn answers(&self, conn: &mut Connection<Self>) -> bool {
        conn.batch_execute("select 1").is_ok()
    }

    fn committed(&self) -> usize {
        self.mysql.committed()
    }

    fn kill(&self, session: u64) {
        self.mysql.kill(session);
    }

    fn open(&self) -> usize {
        self.mysql.open()
    }
}
