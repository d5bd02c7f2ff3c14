//! `DatabaseUrl`: what a connection is established with, which may hold a password.

use std::fmt;

use diesel::ConnectionError::{self, BadConnection, InvalidCString, InvalidConnectionUrl};

use crate::url_piece::{Piece, pieces};

/// A URL (`postgres://USER:PASSWORD@HOST/DATABASE?..`), libpq's `NAME=VALUE ..`, or a path, as Diesel takes it.
pub(crate) struct DatabaseUrl {
    text: String,
}

impl DatabaseUrl {
    pub(crate) fn new(text: String) -> Self {
        Self { text }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// An error of establishing a connection, without what is secret. libpq quotes what it cannot read, and that may be
    /// a piece of the password: an `@` or a `/` that was not escaped ends it too early.
    pub(crate) fn without_secrets(&self, error: ConnectionError) -> ConnectionError {
        match error {
            // Its `Debug` text has the whole URL, in numbers.
            InvalidCString(error) => InvalidConnectionUrl(format!(
                "DieselManager::new: the URL has a NUL at byte {}; remove it",
                error.nul_position()
            )),
            BadConnection(text) => BadConnection(self.hide(&text)),
            InvalidConnectionUrl(text) => InvalidConnectionUrl(self.hide(&text)),
            other => other,
        }
    }

    /// A text without quotations that are part of a secret or have one as their part, and without secrets that stand for
    /// themselves. What the URL shows anyway is left.
    fn hide(&self, text: &str) -> String {
        let pieces = pieces(&self.text);
        let shown: String =
            pieces.iter().map(|piece| if let Piece::Shown(s) = piece { s } else { "" }).collect();
        let secrets: Vec<String> = pieces.iter().filter_map(Piece::secret).flat_map(spellings).collect();
        let leaks = |part: &str| {
            !part.is_empty()
                && !shown.contains(part)
                && secrets.iter().any(|secret| secret.contains(part) || has_in_common(secret, part))
        };
        // What stands between quotation marks is every second part.
        let parts = text.split('"').enumerate();
        let hidden = parts.map(|(index, part)| if index % 2 == 1 && leaks(part) { "_" } else { part });
        let mut hidden = hidden.collect::<Vec<_>>().join("\"");
        for secret in secrets.iter().filter(|secret| !secret.is_empty() && !shown.contains(&***secret)) {
            hidden = replace_words(&hidden, secret);
        }
        hidden
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in pieces(&self.text) {
            f.write_str(match piece {
                Piece::Shown(text) => text,
                Piece::Secret(_) => "_",
            })?;
        }
        Ok(())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// How a secret may be spelt in an error: as in the URL, or decoded.
fn spellings(secret: &str) -> Vec<String> {
    let unquoted = secret.trim_matches('\'').replace('\\', "");
    vec![secret.to_owned(), unquoted, percent_decoded(secret)]
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let coded = (*first == b'%').then(|| after.get(..2)).flatten();
        let coded = coded.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(coded.unwrap_or(*first));
        rest = if coded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a text shows so much of a secret that it must not be shown: three letters in a row.
fn has_in_common(secret: &str, text: &str) -> bool {
    let letters: Vec<char> = secret.chars().collect();
    let length = letters.len().clamp(1, 3);
    letters.windows(length).any(|letters| text.contains(&letters.iter().collect::<String>()))
}

/// A text in which a word is replaced where it is no part of another.
fn replace_words(text: &str, word: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let is_part = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        replaced.push_str(before);
        replaced.push_str(if is_part { word } else { "_" });
        rest = after;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        DatabaseUrl::new(text.to_owned()).to_string()
    }

    fn hidden(url: &str, text: &str) -> String {
        DatabaseUrl::new(url.to_owned()).hide(text)
    }

    #[test]
    fn a_password_is_not_shown_wherever_it_stands() {
        for (url, text) in [
            ("postgres://me:hunter2@host:5432/db", "postgres://me:_@host:5432/db"),
            ("postgres://me:h@unt/er2@host/db?sslmode=require", "postgres://me:_@host/db?sslmode=require"),
            ("postgres://host/db?user=me&password=hunter2", "postgres://host/db?user=me&password=_"),
            (
                "mysql://root:hunter2@localhost/db?unix_socket=/s",
                "mysql://root:_@localhost/db?unix_socket=/s",
            ),
            ("host=h user=me password='hun\\' ter2' dbname=db", "host=h user=me password=_ dbname=db"),
            ("host=h password = hunter2", "host=h password = _"),
            ("passwrd=hunter2 and more", "passwrd=__"),
            ("me:hunter2@host/db", "me:_@host/db"),
            ("postgres://me:hunter2", "postgres://me:_"),
            ("postgres://me:hunter2/db", "postgres://me:_/db"),
            ("file:/a.db?vfs=unix&key=hunter2", "file:/a.db?vfs=unix&key=_"),
        ] {
            assert_eq!(shown(url), text);
        }
    }

    #[test]
    fn what_is_no_secret_is_shown() {
        for url in [
            "app.db",
            ":memory:",
            "/var/lib/app.db",
            "postgres://me@host/db",
            "postgres://[::1]:5432/db",
            "postgres://one:5432,two:5433/db",
            "postgres:///db?host=/run/postgresql",
        ] {
            assert_eq!(shown(url), url);
        }
    }

    #[test]
    fn an_error_quotes_no_piece_of_a_password() {
        let url = "postgres://me:hun@ter%202/x@host/db";
        assert_eq!(
            hidden(url, "could not translate host name \"ter 2\""),
            "could not translate host name \"_\""
        );
        assert_eq!(hidden(url, "invalid port number: \"ter%202\""), "invalid port number: \"_\"");
        let url = "me:hunter2@host/db";
        assert_eq!(
            hidden(url, "missing \"=\" after \"me:hunter2@host/db\" in connection info string"),
            "missing \"=\" after \"_\" in connection info string"
        );
        assert_eq!(hidden("password=hunter2", "what is hunter2?"), "what is _?");
    }

    #[test]
    fn an_error_is_left_as_it_is_where_it_shows_nothing_new() {
        let text = "password authentication failed for user \"postgres\"";
        assert_eq!(hidden("postgres://postgres:postgres@host/db", text), text);
        assert_eq!(hidden("postgres://postgres:word@host/db", text), text);
    }

    #[test]
    fn a_nul_in_the_url_does_not_spell_it_out() {
        let url = DatabaseUrl::new("postgres://me:hunter2\0@host/db".to_owned());
        let nul = std::ffi::CString::new(url.as_str()).unwrap_err();
        let error = url.without_secrets(nul.into());
        assert_eq!(
            format!("{error:?}"),
            "InvalidConnectionUrl(\"DieselManager::new: the URL has a NUL at byte 21; remove it\")"
        );
    }
}
