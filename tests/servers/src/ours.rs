//! The servers of this process: one of each kind, for all its tests.

use crate::error::Error;
use crate::server::{Server, start_mysql, start_postgres};
use std::env;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::OnceLock;

/// A server that this process shares with its tests: private, or somebody's own.
#[derive(Debug)]
pub struct Ours {
    url: String,
    address: SocketAddr,
    private: Option<Server>,
}

impl Ours {
    /// How clients name it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its socket, if it is a private one of this process: for PostgreSQL the folder that the socket is in.
    pub fn socket(&self) -> Option<PathBuf> {
        self.private.as_ref().map(Server::socket)
    }

    fn new(variable: &str, default_port: u16, start: fn() -> Result<Server, Error>) -> Self {
        let Ok(url) = env::var(variable) else {
            let server = start().unwrap_or_else(|error| panic!("{error}"));
            return Self { url: server.url().to_owned(), address: server.address(), private: Some(server) };
        };
        let address = address(&url, default_port)
            .unwrap_or_else(|| panic!("{variable} has to name a host that can be reached over TCP, as in scheme://user@host:port/database"));
        Self { url, address, private: None }
    }
}

/// The PostgreSQL of this process: that of `CENOTE_POSTGRES_URL`, else a private one, started at the first call.
///
/// # Panics
///
/// If there is none: it says what to do.
pub fn postgres() -> &'static Ours {
    static OURS: OnceLock<Ours> = OnceLock::new();
    OURS.get_or_init(|| Ours::new("CENOTE_POSTGRES_URL", 5432, start_postgres))
}

/// The MySQL or MariaDB of this process: that of `CENOTE_MYSQL_URL`, else a private one, started at the first call.
///
/// # Panics
///
/// If there is none: it says what to do.
pub fn mysql() -> &'static Ours {
    static OURS: OnceLock<Ours> = OnceLock::new();
    OURS.get_or_init(|| Ours::new("CENOTE_MYSQL_URL", 3306, start_mysql))
}

/// The address in `scheme://user:password@host:port/database?..`.
fn address(url: &str, default_port: u16) -> Option<SocketAddr> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let host = if has_port { host.to_owned() } else { format!("{host}:{default_port}") };
    host.to_socket_addrs().ok()?.next()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_found_in_a_url() {
        let found = |url| address(url, 5432).map(|address| address.to_string());
        assert_eq!(found("postgres://me:p@ss@127.0.0.1:99/db?x=y").as_deref(), Some("127.0.0.1:99"));
        assert_eq!(found("postgres://127.0.0.1/db").as_deref(), Some("127.0.0.1:5432"));
        assert_eq!(found("postgres:///db"), None);
        assert_eq!(found("host=127.0.0.1"), None);
    }
}
