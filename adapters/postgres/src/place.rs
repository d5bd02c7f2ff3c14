//! `Place`: which server and database a configuration names, as a URL without secrets.

use std::fmt::{self, Write};

use postgres::{Config, config::Host};

/// Shows user, hosts, ports and database.
pub(crate) struct Place<'c>(pub(crate) &'c Config);

impl Place<'_> {
    /// The driver asks a name first, and an address where there is no name.
    fn host(&self, index: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.get_hosts().get(index), self.0.get_hostaddrs().get(index)) {
            (Some(Host::Tcp(name)), _) => f.write_str(name),
            #[cfg(unix)]
            (Some(Host::Unix(path)), _) => write!(f, "{}", path.display()),
            (None, Some(address)) => write!(f, "{address}"),
            (None, None) => f.write_str("no host"),
        }
    }
}

/// How many hosts a configuration has the driver try.
pub(crate) fn count_hosts(config: &Config) -> usize {
    config.get_hosts().len().max(config.get_hostaddrs().len()).max(1)
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DEFAULT_PORT: u16 = 5432;
        f.write_str("postgres://")?;
        if let Some(user) = self.0.get_user() {
            write!(f, "{user}@")?;
        }
        let ports = self.0.get_ports();
        for index in 0..count_hosts(self.0) {
            if index > 0 {
                f.write_char(',')?;
            }
            self.host(index, f)?;
            write!(f, ":{}", ports.get(index).or(ports.first()).unwrap_or(&DEFAULT_PORT))?;
        }
        match self.0.get_dbname() {
            Some(database) => write!(f, "/{database}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_user_hosts_and_database_and_no_secret() {
        for (text, shown) in [
            ("host=h", "postgres://h:5432"),
            ("host=a,b port=1,2 user=me password=hunter2 dbname=app", "postgres://me@a:1,b:2/app"),
            ("host=a,b port=1", "postgres://a:1,b:1"),
            ("hostaddr=127.0.0.1", "postgres://127.0.0.1:5432"),
            ("user=me", "postgres://me@no host:5432"),
        ] {
            assert_eq!(Place(&text.parse().unwrap()).to_string(), shown);
        }
        #[cfg(unix)]
        assert_eq!(Place(&"host=/run/pg".parse().unwrap()).to_string(), "postgres:///run/pg:5432");
    }
}
