//! The one door to the terminal.
//!
//! A reader that went away (`cargo xtask demo | head`) is no reason to panic: what cannot be written is dropped.

use std::env;
use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};

/// Writes one line, or several in one text, to the standard output.
pub(crate) fn line(text: impl Display) {
    let _ = writeln!(stdout().lock(), "{text}");
}

/// Writes an error to the standard error.
pub(crate) fn error(text: impl Display) {
    let _ = writeln!(stderr().lock(), "error: {text}");
}

/// Whether a person is likely to watch: then figures change in place, and headings are bold.
pub(crate) fn is_terminal() -> bool {
    stdout().is_terminal() && env::var_os("TERM").is_none_or(|name| name != "dumb")
}

/// A heading: bold on a terminal, unless `NO_COLOR` asks for none.
pub(crate) fn heading(text: &str) -> String {
    if is_terminal() && env::var_os("NO_COLOR").is_none_or(|wish| wish.is_empty()) {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// A text in lines of at most 80 columns, each but the first begun with this many spaces.
pub(crate) fn wrap(text: &str, indent: usize) -> String {
    const WIDTH: usize = 80;
    let (mut wrapped, mut column) = (String::new(), indent);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > indent && column + 1 + length > WIDTH {
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page_and_no_word_is_lost() {
        let text = "a word and another, ".repeat(30);
        let wrapped = wrap(&text, 10);
        for line in wrapped.lines().skip(1) {
            let is_indented = line.starts_with("          ") && !line[10..].starts_with(' ');
            assert!(is_indented && line.len() <= 80, "{line:?}");
        }
        assert_eq!(wrapped.split_whitespace().count(), 120);
    }
}
