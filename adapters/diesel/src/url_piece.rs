//! `Piece`: a stretch of a database URL, which may be shown or not.

/// A stretch of a database URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'u> {
    Shown(&'u str),
    Secret(&'u str),
}

impl<'u> Piece<'u> {
    pub(crate) fn secret(&self) -> Option<&'u str> {
        match self {
            Self::Secret(text) => Some(text),
            Self::Shown(_) => None,
        }
    }
}

/// The pieces of a text, in order: put together they are the text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    if let Some(at) = text.find("://") {
        let (scheme, rest) = text.split_at(at + 3);
        let mut pieces = vec![Piece::Shown(scheme)];
        authority(rest, &mut pieces);
        return pieces;
    }
    if text.starts_with("file:") {
        let mut pieces = Vec::new();
        place_and_query(text, &mut pieces);
        return pieces;
    }
    if text.contains('=') {
        return keywords(text);
    }
    let mut pieces = Vec::new();
    authority(text, &mut pieces);
    pieces
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn put_together_the_pieces_are_the_text() {
        for text in [
            "",
            "app.db",
            "file:/a.db?vfs=unix&key=x&&=",
            "postgres://me:h@unt/er2@host:1,two:x/db?sslmode=require&password",
            "postgres://me:secret",
            "me:secret@host/db",
            "host = h user=me password='hun\\' ter2' and more",
            "=",
            "\u{fc}:\u{fc}@\u{fc}?\u{fc}=\u{fc}",
        ] {
            let pieces = pieces(text);
            let parts = pieces.iter().map(|piece| match piece {
                Piece::Shown(part) | Piece::Secret(part) => *part,
            });
            assert_eq!(parts.collect::<String>(), text, "{pieces:?}");
        }
    }
}
