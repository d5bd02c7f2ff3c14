//! Rust code without what is not code: comments, strings and characters become blanks.

/// The same text, with the same lines, in which every comment and literal text is blank.
pub(super) fn blanked(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = text_end(text, at);
        match end {
            Some(end) => {
                code.extend(text[at..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
                at = end;
            }
            None => {
                let end = word_end(text, at);
                code.push_str(&text[at..end]);
                at = end;
            }
        }
    }
    code
}

/// Where the comment, string or character that begins at `at` ends; nothing if none begins there.
fn text_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Some(at + rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(at + block_comment(rest));
    }
    match rest.as_bytes()[0] {
        b'"' => Some(at + quoted(rest, b'"')),
        b'\'' => character(rest).map(|length| at + length),
        b'r' | b'b' | b'c' => raw_string(rest).map(|length| at + length),
        _ => None,
    }
}

/// Where the word or the single character at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    // `b"..` and `c"..` begin with a word that belongs to the string, and the string is found at its quote.
    at + word.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// The length of `/* .. */`, which may hold others of its kind.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    let bytes = rest.as_bytes();
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

/// The length of a text between quotes, in which a backslash hides the next byte.
fn quoted(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// The length of `'x'` or `'\n'`; nothing for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let letter = rest[1..].chars().next()?;
    if letter == '\\' {
        return Some(quoted(rest, b'\''));
    }
    let end = 1 + letter.len_utf8();
    rest[end..].starts_with('\'').then_some(end + 1)
}

/// The length of `r".."` or `r##".."##`, also after a `b` or a `c`.
fn raw_string(rest: &str) -> Option<usize> {
    let marked = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('r')?;
    let opened = marked.trim_start_matches('#');
    let hashes = marked.len() - opened.len();
    let inside = opened.strip_prefix('"')?;
    let closing = format!("\"{}", "#".repeat(hashes));
    let length = inside.find(&closing).map_or(inside.len(), |found| found + closing.len());
    Some(rest.len() - inside.len() + length)
}

#[cfg(test)]
mod tests {
    use super::blanked;

    /// The words that are left.
    fn words(text: &str) -> String {
        let code = blanked(text);
        assert_eq!(code.lines().count(), text.lines().count(), "{text}");
        code.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_vanish() {
        assert_eq!(words("a // crate::b\nc"), "a c");
        assert_eq!(words("a /* b /* c */ d */ e"), "a e");
        assert_eq!(words("//! doc\n/// doc\nfn f() {}"), "fn f() {}");
    }

    #[test]
    fn strings_vanish() {
        assert_eq!(words(r#"f("crate::b \" still", b"x", c"y") g"#), "f( , b , c ) g");
        assert_eq!(words("f(r#\"a \" b\"#, br\"c\\\") g"), "f( , ) g");
        assert_eq!(words("let s = \"two\nlines // no comment\"; t"), "let s = ; t");
    }

    #[test]
    fn characters_vanish_and_lifetimes_stay() {
        assert_eq!(words(r"f('a', '\'', b'\\', '\u{1F}') g"), "f( , , b , ) g");
        assert_eq!(words("fn f<'a>(x: &'a str) -> &'static str"), "fn f<'a>(x: &'a str) -> &'static str");
        assert_eq!(words("'\"' x \"y\""), "x");
    }

    #[test]
    fn words_that_look_like_prefixes_stay() {
        assert_eq!(words("r#type bar crate rare c b r"), "r#type bar crate rare c b r");
        assert_eq!(words("number\"text\""), "number");
    }
}
