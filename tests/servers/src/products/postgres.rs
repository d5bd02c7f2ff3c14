//! PostgreSQL: any login as `postgres` over loopback and over its socket, no password.

use crate::error::Error;
use crate::product::{Bootstrap, Product, Site};
use crate::software::Software;
use crate::supervisor::Ends;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;

pub(crate) const POSTGRES: Product = Product {
    software: Software::Postgres,
    name: "PostgreSQL",
    ends: Ends::ByInterrupt,
    bootstrap,
    command,
    answers,
    url,
    socket: Path::to_owned,
};

fn bootstrap(site: Site<'_>) -> Result<Option<Bootstrap>, Error> {
    let mut command = Command::new(site.software.beside("initdb"));
    command.arg("-D").arg(site.folder.join("data"));
    command.args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]);
    Ok(Some(Bootstrap { command, input: Vec::new() }))
}

/// Nobody's data is at stake: nothing is synced. Many tests run beside one another, each with a pool.
fn command(site: Site<'_>) -> Command {
    let mut command = Command::new(site.software.program());
    command.arg("-D").arg(site.folder.join("data")).arg("-k").arg(site.folder);
    command.args(["-p", &site.address.port().to_string()]);
    for setting in [
        &format!("listen_addresses={}", site.address.ip()),
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "max_connections=400",
    ] {
        command.args(["-c", setting]);
    }
    command
}

/// Sends the start of a login, and expects to be asked for its proof: while it starts up it sends an error instead.
fn answers(mut stream: TcpStream) -> bool {
    let words = b"user\0postgres\0database\0postgres\0\0";
    let length = u32::try_from(8 + words.len()).expect("it is short");
    let mut login = length.to_be_bytes().to_vec();
    login.extend(196_608_u32.to_be_bytes());
    login.extend(words);
    let mut answer = [0];
    stream.write_all(&login).and_then(|()| stream.read_exact(&mut answer)).is_ok() && answer == *b"R"
}

fn url(address: SocketAddr) -> String {
    format!("postgres://postgres@{address}/postgres")
}
