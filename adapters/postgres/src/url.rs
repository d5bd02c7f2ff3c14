//! `InvalidUrl`: what is wrong with a URL, in words that hold none of its secrets.

use std::{error::Error as _, fmt};

use postgres::{Config, config::Host};

/// A URL that names no server. Its text says what is wrong with it, and never shows a password.
///
/// ```
/// use cenote_postgres::PostgresManager;
///
/// let error = PostgresManager::url("postgres://me:secret@db.example/app?sslmod=require").unwrap_err();
/// assert_eq!(error.to_string(), "PostgresManager::url: invalid connection string: unknown option `sslmod`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidUrl {
    problem: String,
}

impl InvalidUrl {
    fn new(problem: impl Into<String>) -> Self {
        Self { problem: problem.into() }
    }
}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresManager::url: {}", self.problem)
    }
}

impl std::error::Error for InvalidUrl {}

/// Reads a URL. What the driver takes for something else than was meant is refused.
pub(crate) fn parse(url: &str) -> Result<Config, InvalidUrl> {
    // The driver would take it for a list of `name=value`, and show it in its error, password and all.
    if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(InvalidUrl::new(
            "the text does not begin with postgres:// or postgresql://; for `host=.. user=..` write \
             PostgresManager::new(text.parse()?)",
        ));
    }
    let config = url.parse::<Config>().map_err(|error| {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        InvalidUrl::new(format!("{error}{cause}"))
    })?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(InvalidUrl::new("it names no host; write postgres://user@host:port/database"));
    }
    if config.get_hosts().iter().any(|host| matches!(host, Host::Tcp(name) if name.contains('@'))) {
        return Err(InvalidUrl::new("the host has an @ in it; in a user or password write %40 for it"));
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(url: &str) -> String {
        parse(url).expect_err("it is no URL of a server").to_string()
    }

    #[test]
    fn a_url_names_the_hosts_and_everything_else_that_the_driver_knows() {
        let config = parse("postgresql://me@a:1,b:2/app?target_session_attrs=read-write").unwrap();
        assert_eq!(config.get_hosts(), [Host::Tcp("a".into()), Host::Tcp("b".into())]);
        assert_eq!(config.get_ports(), [1, 2]);
        assert_eq!(config.get_dbname(), Some("app"));
    }

    #[test]
    fn what_is_wrong_is_named_and_the_password_is_not() {
        for (url, text) in [
            ("mysql://me:hunter2@h/app?a=b", "does not begin with postgres://"),
            ("postgres:me:hunter2@h=x", "does not begin with postgres://"),
            ("host=h password=hunter2", "write PostgresManager::new(text.parse()?)"),
            ("postgres://me:hunter2@h:port/app", "invalid value for option `port`"),
            ("postgres://me:hunter2@h/app?sslmode=yes", "invalid value for option `sslmode`"),
            ("postgres://me:hunter2@h/app?sslmode", "unterminated parameter"),
            ("postgres://me:hunter2@/app", "it names no host"),
            ("postgres://me:hun@ter2@h/app", "write %40"),
        ] {
            let problem = problem(url);
            assert!(problem.contains(text), "{problem}");
            assert!(!problem.contains("hunter2") && !problem.contains("ter2"), "{problem}");
        }
    }
}
