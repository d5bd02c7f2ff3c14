//! PgBouncer in transaction mode, in front of a PostgreSQL.

use crate::error::{Error, doing};
use crate::product::{Product, Site};
use crate::products::postgres::POSTGRES;
use crate::software::Software;
use crate::supervisor::Ends;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

pub(crate) const PGBOUNCER: Product = Product {
    software: Software::PgBouncer,
    name: "PgBouncer",
    ends: Ends::ByInterrupt,
    bootstrap: |_| Ok(None),
    command,
    answers: POSTGRES.answers,
    url: POSTGRES.url,
    socket: Path::to_owned,
};

const SETTINGS: &str = "pgbouncer.ini";

/// Says which PostgreSQL it stands in front of, and that it lends for a transaction.
pub(crate) fn configure(folder: &Path, address: SocketAddr, behind: SocketAddr) -> Result<(), Error> {
    let settings = format!(
        "[databases]\n\
         postgres = host={} port={} dbname=postgres user=postgres\n\
         [pgbouncer]\n\
         listen_addr = {}\n\
         listen_port = {}\n\
         unix_socket_dir = {}\n\
         auth_type = any\n\
         pool_mode = transaction\n\
         max_client_conn = 500\n\
         default_pool_size = 20\n",
        behind.ip(),
        behind.port(),
        address.ip(),
        address.port(),
        folder.display()
    );
    doing("writing the settings of PgBouncer", fs::write(folder.join(SETTINGS), settings))
}

fn command(site: Site<'_>) -> Command {
    let mut command = Command::new(site.software.program());
    command.arg(site.folder.join(SETTINGS));
    command
}
