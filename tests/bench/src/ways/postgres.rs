//! Ways to a row in PostgreSQL.

use super::Way;
use crate::cases::server_by_key::{BY_HAND, ROWS};
use cenote_postgres::PostgresManager;
use cenote_postgres::postgres::{Client, Config, NoTls, types::Type};
use r2d2_postgres::PostgresConnectionManager;
use std::net::SocketAddr;

pub(crate) const SETTING: &str = "PostgreSQL";

/// The server, with a table of items in it.
pub(crate) fn address() -> SocketAddr {
    let server = cenote_servers::postgres();
    let mut client = config(server.address()).connect(NoTls).expect("the server lets us in");
    let make = format!(
        "drop table if exists item; create table item (key int4 primary key, name text not null); \
         insert into item select number, 'item number ' || number from generate_series(1, {ROWS}) as number; \
         analyze item"
    );
    client.batch_execute(&make).expect("a table can be made");
    server.address()
}

/// A connection held by hand, and two pools of four.
pub(crate) fn ways(address: SocketAddr) -> Vec<Way> {
    let mut by_hand = config(address).connect(NoTls).expect("the server lets us in");
    let cenote = cenote_postgres::Pool::new(PostgresManager::new(config(address)));
    let manager = PostgresConnectionManager::new(config(address), NoTls);
    let r2d2 = r2d2::Pool::builder().max_size(4).build(manager).expect("the server lets us in");
    vec![
        Way::new(BY_HAND, move |key| name_of(key, &mut by_hand)),
        Way::new("cenote-postgres", move |key| name_of(key, &mut cenote.get().expect("it is free"))),
        Way::new("r2d2", move |key| name_of(key, &mut r2d2.get().expect("it is free"))),
    ]
}

fn config(address: SocketAddr) -> Config {
    let url: Config = cenote_servers::postgres().url().parse().expect("it is a server's URL");
    // A copy would keep the URL's host, and try that one first.
    let mut config = Config::new();
    config.host(&address.ip().to_string()).port(address.port()).user(url.get_user().unwrap_or("postgres"));
    url.get_password().map(|password| config.password(password));
    url.get_dbname().map(|database| config.dbname(database));
    config
}

/// In one round trip: nothing is prepared.
fn name_of(key: u32, client: &mut Client) -> String {
    let key = i32::try_from(key).expect("it is small");
    let rows = client.query_typed("select name from item where key = $1", &[(&key, Type::INT4)]);
    rows.expect("the row exists")[0].get(0)
}
