//! What the tests share: ways to the server, and questions to it.

use std::{thread, time::Duration};

use cenote::Manager;
use cenote_postgres::{
    PostgresManager, Session, Tls,
    postgres::{Client, Config, NoTls},
};
use cenote_servers::wire::Wire;

pub(crate) const LONG: Duration = Duration::MAX;

/// The server of these tests.
pub(crate) fn url() -> &'static str {
    cenote_servers::postgres().url()
}

pub(crate) fn manager() -> PostgresManager {
    PostgresManager::url(url()).unwrap()
}

/// A manager of connections over this wire.
pub(crate) fn through(wire: &Wire) -> PostgresManager {
    PostgresManager::new(config("127.0.0.1", wire.address().port()))
}

/// The user, password and database of the server of these tests, at another door.
pub(crate) fn config(host: &str, port: u16) -> Config {
    let own: Config = url().parse().unwrap();
    let mut config = Config::new();
    config.host(host).port(port);
    config.user(own.get_user().expect("the URL names a user"));
    if let Some(password) = own.get_password() {
        config.password(password);
    }
    if let Some(database) = own.get_dbname() {
        config.dbname(database);
    }
    config
}

pub(crate) fn wire() -> Wire {
    Wire::to(cenote_servers::postgres().address())
}

pub(crate) fn connect<T: Tls>(manager: &PostgresManager<T>) -> Session {
    manager.connect(LONG).expect("the server is there")
}

/// Closes a session as a pool does: on another thread. What is owed to a client that is not watched, the driver waits
/// for, and for ever where it lost step.
#[expect(
    clippy::disallowed_methods,
    reason = "the driver's wait may have no end, and no scope ends before it"
)]
pub(crate) fn let_go(session: Session) {
    thread::spawn(move || drop(session));
}

/// A client that nothing is watched of and no pool knows.
pub(crate) fn bystander() -> Client {
    Client::connect(url(), NoTls).unwrap()
}

pub(crate) fn pid(client: &mut Client) -> i32 {
    client.query_one("select pg_backend_pid()", &[]).unwrap().get(0)
}

/// What the server says that a session is doing: `active`, `idle`, `idle in transaction`, ..; nothing if it is gone.
pub(crate) fn state(bystander: &mut Client, pid: i32) -> Option<String> {
    let row = bystander.query_opt("select state from pg_stat_activity where pid = $1", &[&pid]).unwrap();
    row.map(|row| row.get(0))
}

/// Comes back when the server has worked off what a session asked: it tells its answer before it tells its state.
pub(crate) fn settled_state(bystander: &mut Client, pid: i32) -> Option<String> {
    loop {
        let state = state(bystander, pid);
        if state.as_deref() != Some("active") {
            return state;
        }
    }
}

/// Whether questions get their own answers.
pub(crate) fn is_in_step(client: &mut Client) -> bool {
    (1..4_i32).all(|number| {
        let row = client.query_one("select $1::int4", &[&number]);
        row.is_ok_and(|row| row.get::<_, i32>(0) == number)
    })
}
