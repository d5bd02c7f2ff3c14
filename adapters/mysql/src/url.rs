//! `InvalidUrl`: what is wrong with a URL, without what is secret in it.

use std::{error, fmt};

use mysql::{Opts, OptsBuilder, UrlError};

/// A URL that [`MysqlManager::url`](crate::MysqlManager::url) cannot read. It says what is wrong with it and what to
/// write instead, and shows nothing that may be part of a password.
///
/// ```
/// use cenote_mysql::MysqlManager;
///
/// let error = MysqlManager::url("mysql://app:pass/word@db.example/shop").unwrap_err();
/// assert!(error.to_string().contains("write `/` in a password as %2F"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidUrl {
    problem: String,
}

/// Reads a URL.
pub(crate) fn read(url: &str) -> Result<Opts, InvalidUrl> {
    let opts = Opts::from_url(url).map_err(|error| InvalidUrl { problem: problem(url, &error) })?;
    // The driver's own default asks a server on loopback for the path of its socket, and connects there: behind a tunnel
    // or a container's port, that is another server, or none.
    if url.contains("prefer_socket=") {
        return Ok(opts);
    }
    Ok(OptsBuilder::from_opts(opts).prefer_socket(false).into())
}

fn problem(url: &str, error: &UrlError) -> String {
    // A password with a `?` in it makes parameters of its rest.
    let is_secret = url.split_once('?').is_some_and(|(_, parameters)| parameters.contains('@'));
    let shown = |name: &str| if is_secret { "_".to_owned() } else { format!("`{name}`") };
    match error {
        UrlError::UnsupportedScheme(_) | UrlError::BadUrl => {
            format!("the text does not begin with mysql:// and a host; write {FORM}")
        }
        UrlError::ParseError(cause) => format!("{cause}; write {FORM}, and {ESCAPES}"),
        UrlError::UnknownParameter(name) => {
            format!("the driver knows no parameter {}; remove it, or, if it is none, {ESCAPES}", shown(name))
        }
        UrlError::InvalidValue(name, _) => {
            format!("the parameter {} has a value that the driver cannot read", shown(name))
        }
        UrlError::FeatureRequired(feature, name) => {
            format!("the parameter {} needs the driver's feature `{feature}`", shown(name))
        }
        UrlError::InvalidPoolConstraints { .. } => {
            "pool_min and pool_max are for the driver's own pool; remove them, and set the size of this one with \
             Queue::size(..)"
                .to_owned()
        }
    }
}

impl error::Error for InvalidUrl {}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MysqlManager::url: {}", self.problem)
    }
}

const FORM: &str = "mysql://USER:PASSWORD@HOST:PORT/DATABASE";
const ESCAPES: &str = "write `/` in a password as %2F, `@` as %40, `?` as %3F and `#` as %23";

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> String {
        let error = read(url).expect_err("it cannot be read");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        error.to_string()
    }

    #[test]
    fn what_is_wrong_is_said_with_the_remedy_and_without_the_password() {
        assert!(refusal("postgres://me:hunter2@host/db").contains("does not begin with mysql://"));
        assert!(refusal("hunter2").contains("write mysql://USER"));
        assert!(refusal("mysql:hunter2").contains("write mysql://USER"));
        assert!(refusal("mysql://me:hunter2@host:port/db").contains("invalid port"));
        assert!(refusal("mysql://me:hun/hunter2@host/db").contains("%2F"));
        assert!(refusal("mysql://me:1?hunter2@host/db").contains("no parameter _"));
        assert!(refusal("mysql://me:hunter2@host/db?sice=5").contains("no parameter `sice`"));
        assert!(
            refusal("mysql://me@host/db?prefer_socket=hunter2")
                .contains("parameter `prefer_socket` has a value")
        );
        assert!(refusal("mysql://me:hunter2@host/db?pool_min=5&pool_max=2").contains("Queue::size"));
    }

    #[test]
    fn the_server_that_is_named_is_the_one_that_is_meant() {
        assert!(!read("mysql://me@127.0.0.1:3307/db").unwrap().get_prefer_socket());
        assert!(read("mysql://me@127.0.0.1:3307/db?prefer_socket=true").unwrap().get_prefer_socket());
    }
}
