//! What the tests share: managers of the test server, connections, and questions to them.

use std::{
    thread,
    time::{Duration, Instant},
};

use cenote::{Fault, Manager};
use cenote_mysql::{
    MysqlManager, ResetBy, Session,
    mysql::{Conn, Error, Opts, OptsBuilder, prelude::Queryable},
};
use cenote_servers::wire::Wire;

pub(crate) const LONG: Duration = Duration::MAX;

/// The server of this process, connected to where it is named.
pub(crate) fn opts() -> OptsBuilder {
    OptsBuilder::from_opts(Opts::from_url(cenote_servers::mysql().url()).unwrap()).prefer_socket(false)
}

/// The same through a wire.
pub(crate) fn opts_on(wire: &Wire) -> OptsBuilder {
    let address = wire.address();
    opts().ip_or_hostname(Some(address.ip().to_string())).tcp_port(address.port())
}

pub(crate) fn wire() -> Wire {
    Wire::to(cenote_servers::mysql().address())
}

pub(crate) fn manager() -> MysqlManager {
    MysqlManager::url(cenote_servers::mysql().url()).unwrap()
}

pub(crate) fn connect(manager: &MysqlManager) -> Session {
    manager.connect(LONG).expect("the server is there")
}

pub(crate) fn refusal(manager: &MysqlManager) -> Error {
    let error = manager.connect(LONG).expect_err("there is a mistake in it");
    assert_eq!(manager.classify(&error), Fault::Refused, "{error:?}");
    error
}

/// A connection beside the pool, with all rights.
pub(crate) fn admin() -> Conn {
    Conn::new(opts()).unwrap()
}

/// One of each way to reset.
pub(crate) fn resets() -> [ResetBy; 4] {
    [ResetBy::Connection, ResetBy::Rollback, ResetBy::Statement("do 1".into()), ResetBy::Nothing]
}

/// What the pool does when a connection comes home: whether it is kept.
pub(crate) fn comes_home(manager: &MysqlManager, session: &mut Session) -> bool {
    manager.rollback(session).is_ok() && !manager.has_broken(session)
}

/// The one value that a query answers, as text.
pub(crate) fn value(conn: &mut impl Queryable, query: &str) -> Option<String> {
    conn.query_first::<Option<String>, _>(query).unwrap().flatten()
}

/// A new table of one column.
pub(crate) fn with_table(name: &str) {
    let mut admin = admin();
    admin.query_drop(format!("drop table if exists {name}")).unwrap();
    admin.query_drop(format!("create table {name}(v int) engine = innodb")).unwrap();
}

/// Waits for something that the server or the network is about to do.
#[expect(clippy::disallowed_methods, reason = "a server that never does it must not hang the test")]
pub(crate) fn eventually(mut happens: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !happens() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it does not happen");
        thread::yield_now();
    }
}

/// Kills a connection as an administrator does, and waits until the server has ended it.
pub(crate) fn kill(connection: u32) {
    admin().query_drop(format!("kill {connection}")).unwrap();
    is_gone(connection);
}

/// Waits until the server knows of no such connection.
pub(crate) fn is_gone(connection: u32) {
    let mut admin = admin();
    let query = format!("select count(*) from information_schema.processlist where id = {connection}");
    eventually(|| value(&mut admin, &query).as_deref() == Some("0"));
}
