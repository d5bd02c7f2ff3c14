//! Ways to a row in MariaDB.

use super::Way;
use crate::cases::server_by_key::{BY_HAND, ROWS};
use cenote_mysql::MysqlManager;
use cenote_mysql::mysql::prelude::Queryable;
use cenote_mysql::mysql::{self, Conn, Opts, OptsBuilder};
use r2d2_mysql::MySqlConnectionManager;
use std::net::SocketAddr;

pub(crate) const SETTING: &str = "MariaDB";

/// The server, with a table of items in it.
pub(crate) fn address() -> SocketAddr {
    let server = cenote_servers::mysql();
    let mut conn = Conn::new(opts(server.address())).expect("the server lets us in");
    for statement in [
        "drop table if exists item",
        "create table item (`key` int primary key, name varchar(40) not null)",
        &format!("insert into item select seq, concat('item number ', seq) from seq_1_to_{ROWS}"),
    ] {
        conn.query_drop(statement).expect("a table can be made");
    }
    server.address()
}

/// A connection held by hand, and three pools of four.
pub(crate) fn ways(address: SocketAddr) -> Vec<Way> {
    let mut by_hand = Conn::new(opts(address)).expect("the server lets us in");
    let cenote = cenote_mysql::Pool::new(MysqlManager::new(opts(address)));
    let manager = MySqlConnectionManager::new(opts(address));
    let r2d2 = r2d2::Pool::builder().max_size(4).build(manager).expect("the server lets us in");
    let drivers = mysql::Pool::new(opts(address)).expect("the server lets us in");
    vec![
        Way::new(BY_HAND, move |key| name_of(key, &mut by_hand)),
        Way::new("cenote-mysql", move |key| name_of(key, &mut *cenote.get().expect("it is free"))),
        Way::new("r2d2", move |key| name_of(key, &mut *r2d2.get().expect("it is free"))),
        Way::new("mysql::Pool", move |key| name_of(key, &mut drivers.get_conn().expect("it is free"))),
    ]
}

fn opts(address: SocketAddr) -> OptsBuilder {
    let opts = Opts::from_url(cenote_servers::mysql().url()).expect("it is a server's URL");
    // By its socket the server would be reached past the wire.
    OptsBuilder::from_opts(opts)
        .ip_or_hostname(Some(address.ip().to_string()))
        .tcp_port(address.port())
        .prefer_socket(false)
}

/// In one round trip: nothing is prepared.
fn name_of(key: u32, conn: &mut impl Queryable) -> String {
    let name: mysql::Result<Option<String>> =
        conn.query_first(format!("select name from item where `key` = {key}"));
    name.expect("the server answers").expect("the row exists")
}
