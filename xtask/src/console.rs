//! The one door to the terminal.
//!
//! A reader that went away (`cargo xtask tidy | head`) is no reason to panic: what cannot be written is dropped.

use std::{
    fmt::Display,
    io::{Write, stderr, stdout},
};

/// Writes one line to the standard output.
pub(crate) fn line(text: impl Display) {
    let _ = writeln!(stdout().lock(), "{text}");
}

/// Announces a part of the work.
pub(crate) fn headline(text: impl Display) {
    line(format_args!("\n==> {text}"));
}

/// Writes an error to the standard error.
pub(crate) fn error(text: impl Display) {
    let _ = writeln!(stderr().lock(), "error: {text}");
}
