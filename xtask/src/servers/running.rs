//! `Running`: the servers that a run of tests uses: the user's own, or private ones that end with it.

use std::{
    env,
    net::{TcpStream, ToSocketAddrs},
};

use cenote_servers::{Error, Server, software::Software, start_mysql, start_postgres};

use crate::{console, error::Result, project::Project};

/// Servers, stopped when this is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    /// None for those that the user named.
    servers: Vec<(Kind, Option<Server>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Postgres,
    Mysql,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Postgres, Self::Mysql];

    /// Which servers the laws of a driver need.
    pub(crate) fn of_driver(driver: &str) -> Vec<Self> {
        let names = [("postgres", Self::Postgres), ("pgbouncer", Self::Postgres), ("mysql", Self::Mysql)];
        names.into_iter().filter(|(name, _)| driver.ends_with(name)).map(|(_, kind)| kind).collect()
    }

    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "CENOTE_POSTGRES_URL",
            Self::Mysql => "CENOTE_MYSQL_URL",
        }
    }

    fn software(self) -> &'static [Software] {
        match self {
            Self::Postgres => &[Software::Postgres, Software::PgBouncer],
            Self::Mysql => &[Software::MariaDb],
        }
    }

    fn start(self) -> std::result::Result<Server, Error> {
        match self {
            Self::Postgres => start_postgres(),
            Self::Mysql => start_mysql(),
        }
    }
}

impl Running {
    /// Starts what `kinds` asks for, downloads what is missing unless `no_install`, and tells all commands of the project
    /// where the servers are. A server that the user named has to be there.
    pub(crate) fn start(project: &Project, kinds: &[Kind], no_install: bool) -> Result<Self> {
        let mut servers = Vec::new();
        for kind in kinds.iter().copied() {
            super::provide(no_install, kind.software())?;
            servers.push((kind, Self::server(project, kind)?));
        }
        Ok(Self { servers })
    }

    /// Stops them, and says so.
    pub(crate) fn stop(self) {
        for (kind, server) in self.servers {
            if let Some(server) = server {
                let address = server.address();
                drop(server);
                console::line(format_args!("{kind:?} at {address} is stopped, and its folder is gone"));
            }
        }
    }

    fn server(project: &Project, kind: Kind) -> Result<Option<Server>> {
        let variable = kind.variable();
        if let Ok(url) = env::var(variable) {
            reachable(variable, &url)?;
            console::line(format_args!("{kind:?} is the server that {variable} names"));
            return Ok(None);
        }
        let server = kind.start()?;
        project.shell().set_var(variable, server.url());
        console::line(format_args!("{kind:?} is a private server: {}", server.url()));
        Ok(Some(server))
    }
}

/// Whether somebody listens where the URL says. It may hold a password, so it is not shown.
fn reachable(variable: &str, url: &str) -> Result {
    let authority = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next());
    let host = authority
        .map(|text| text.rsplit_once('@').map_or(text, |(_, host)| host))
        .filter(|host| !host.is_empty());
    let host =
        host.ok_or_else(|| format!("{variable} is no URL such as scheme://user@host:port/database"))?;
    let default = if variable == Kind::Postgres.variable() { 5432 } else { 3306 };
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let place = if has_port { host.to_owned() } else { format!("{host}:{default}") };
    let found =
        place.to_socket_addrs().and_then(|addresses| TcpStream::connect(&*addresses.collect::<Vec<_>>()));
    found.map(drop).map_err(|error| {
        format!("{variable} names a server at {place} that cannot be reached ({error}); start it, or unset {variable} to use a private one")
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, reachable};

    #[test]
    fn a_url_that_is_none_and_a_server_that_is_not_there_are_told_without_the_password() {
        for url in ["nonsense", "postgres://", "postgres://me:hunter2@127.0.0.1:1/db"] {
            let error = reachable("CENOTE_POSTGRES_URL", url).unwrap_err().to_string();
            assert!(error.starts_with("CENOTE_POSTGRES_URL ") && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_driver_names_its_server() {
        assert_eq!(Kind::of_driver("diesel-postgres"), [Kind::Postgres]);
        assert_eq!(Kind::of_driver("pgbouncer"), [Kind::Postgres]);
        assert_eq!(Kind::of_driver("sqlite"), []);
    }
}
