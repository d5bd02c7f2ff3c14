//! The login at a server that the environment names: each law would tell what is wrong with it.

use std::env;

/// Tries it, if `variable` names a server. `log_in` says in words why it cannot.
pub fn at(variable: &str, log_in: impl FnOnce(&str) -> Result<(), String>) -> Result<(), String> {
    let Ok(url) = env::var(variable) else { return Ok(()) };
    log_in(&url).map_err(|words| told(variable, &words))
}

/// The URL may hold a password, so it is not shown.
fn told(variable: &str, words: &str) -> String {
    format!(
        "no law can use the server that {variable} names: {words}; mend the URL, or unset {variable} to use a private server"
    )
}

/// For a URL that the driver cannot read. What the driver says of it may quote a part of the password.
pub const UNREADABLE: &str =
    "it is no URL that the driver can read, such as scheme://user@host:port/database";
