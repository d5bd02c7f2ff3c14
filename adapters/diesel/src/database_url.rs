//! `DatabaseUrl`: what a connection is established with, which may hold a password.

use std::fmt;

use diesel::ConnectionError::{self, BadConnection, InvalidCString, InvalidConnectionUrl};

/// A URL (`postgres://USER:PASSWORD@HOST/DATABASE?..`), libpq's `NAME=VALUE ..`, or a path, as Diesel takes it.
pub(crate) struct DatabaseUrl {
    text: String,
}

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'u> {
    Shown(&'u str),
    Secret(&'u str),
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
        let pieces = self.pieces();
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

    fn pieces(&self) -> Vec<Piece<'_>> {
        if let Some(at) = self.text.find("://") {
            let (scheme, rest) = self.text.split_at(at + 3);
            let mut pieces = vec![Piece::Shown(scheme)];
            authority(rest, &mut pieces);
            return pieces;
        }
        if self.text.starts_with("file:") {
            let mut pieces = Vec::new();
            place_and_query(&self.text, &mut pieces);
            return pieces;
        }
        if self.text.contains('=') {
            return keywords(&self.text);
        }
        let mut pieces = Vec::new();
        authority(&self.text, &mut pieces);
        pieces
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.pieces() {
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

impl<'u> Piece<'u> {
    fn secret(&self) -> Option<&'u str> {
        match self {
            Self::Secret(text) => Some(text),
            Self::Shown(_) => None,
        }
    }
}

/// The names whose values are shown. Any other may hold a secret.
const HARMLESS: [&str; 19] = [
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "sslmode",
    "ssl_mode",
    "connect_timeout",
    "application_name",
    "target_session_attrs",
    "keepalives",
    "tcp_user_timeout",
    "unix_socket",
    "mode",
    "cache",
    "vfs",
    "immutable",
    "nolock",
    "psow",
];

fn value<'u>(name: &str, value: &'u str) -> Piece<'u> {
    if HARMLESS.contains(&name.trim()) { Piece::Shown(value) } else { Piece::Secret(value) }
}

/// `USER:PASSWORD@HOST:PORT/DATABASE?NAME=VALUE&..`.
fn authority<'u>(text: &'u str, pieces: &mut Vec<Piece<'u>>) {
    let rest = credentials(text, pieces);
    let rest = hosts(rest, pieces);
    place_and_query(rest, pieces);
}

/// Takes what stands before the last `@` off a text, and gives the rest. The password begins at the first colon, and ends
/// only at the last `@`: one that was not escaped belongs to it.
fn credentials<'u>(text: &'u str, pieces: &mut Vec<Piece<'u>>) -> &'u str {
    let Some(end) = text.rfind('@') else { return text };
    match text[..end].find(':') {
        Some(colon) => {
            pieces.extend([Piece::Shown(&text[..=colon]), Piece::Secret(&text[colon + 1..end])]);
        }
        None => pieces.push(Piece::Shown(&text[..end])),
    }
    &text[end..]
}

/// Takes the hosts off a text if one of their ports is no number: that may be a password whose host was forgotten.
fn hosts<'u>(text: &'u str, pieces: &mut Vec<Piece<'u>>) -> &'u str {
    let end = text.find(['/', '?', '\\']).unwrap_or(text.len());
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit() || byte == b']');
    let has_number = |host: &str| host.rsplit_once(':').is_none_or(|(_, port)| is_number(port));
    match text[..end].find(':') {
        // `C:` and `:memory:` are paths.
        Some(colon) if colon > 1 && !text[..end].split(',').all(has_number) => {
            pieces.extend([Piece::Shown(&text[..=colon]), Piece::Secret(&text[colon + 1..end])]);
            &text[end..]
        }
        _ => text,
    }
}

fn place_and_query<'u>(text: &'u str, pieces: &mut Vec<Piece<'u>>) {
    let end = text.find('?').map_or(text.len(), |mark| mark + 1);
    pieces.push(Piece::Shown(&text[..end]));
    for parameter in text[end..].split_inclusive('&') {
        let (parameter, and) = parameter.split_at(parameter.trim_end_matches('&').len());
        match parameter.split_once('=') {
            Some((name, held)) => {
                pieces.extend([Piece::Shown(&parameter[..=name.len()]), value(name, held)]);
            }
            None => pieces.push(Piece::Secret(parameter)),
        }
        pieces.push(Piece::Shown(and));
    }
}

/// libpq's `NAME=VALUE NAME='A VALUE' ..`, with a backslash before what is not to end a value.
fn keywords(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.find('=') {
        let (name, after) = rest.split_at(sign + 1);
        let begin = after.len() - after.trim_start().len();
        let end = begin + value_length(&after[begin..]);
        // A name with a blank in it is no name: it may be the rest of a password that was not quoted.
        let known = name[..sign].trim();
        let name_piece =
            if known.contains(char::is_whitespace) { Piece::Secret(name) } else { Piece::Shown(name) };
        pieces.extend([name_piece, Piece::Shown(&after[..begin]), value(known, &after[begin..end])]);
        rest = &after[end..];
    }
    pieces.push(if rest.trim().is_empty() { Piece::Shown(rest) } else { Piece::Secret(rest) });
    pieces
}

fn value_length(text: &str) -> usize {
    let is_quoted = text.starts_with('\'');
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(usize::from(is_quoted)) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\'' if is_quoted => return at + 1,
            c if c.is_whitespace() && !is_quoted => return at,
            _ => {}
        }
    }
    text.len()
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
