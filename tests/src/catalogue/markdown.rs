//! The pages as Markdown.

use super::page::Page;
use super::proof::Proof;
use super::row::{Answer, Row};
use std::fmt::{self, Write};

/// The text of a page.
pub(super) fn text(page: &Page) -> String {
    let mut text = String::new();
    write(page, &mut text).expect("a string takes all");
    text
}

fn write(page: &Page, out: &mut String) -> fmt::Result {
    let count = |fits: fn(&Answer) -> bool| page.rows().filter(|row| fits(&row.answer)).count();
    let answered = count(|answer| matches!(answer, Answer::Tests(_)));
    let beyond = count(|answer| matches!(answer, Answer::Nothing(_)));
    writeln!(out, "# {}\n", page.title)?;
    writeln!(out, "{}\n", page.preface)?;
    writeln!(
        out,
        "{} rows: {answered} are answered by tests, {beyond} by a reason. Laws run for every driver and strategy to which they apply. This file is generated from \
         [src/catalogue](src/catalogue), and checked: `CENOTE_BLESS=1 cargo test -p cenote-conformance --test laws \
         catalogue` writes it anew.",
        page.rows().count()
    )?;
    for section in page.sections {
        let [first, second, third] = page.heads;
        writeln!(out, "\n## {}\n\n| {first} | {second} | {third} |\n|---|---|---|", section.title)?;
        section.rows.iter().try_for_each(|row| write_row(row, out))?;
    }
    Ok(())
}

fn write_row(row: &Row, out: &mut String) -> fmt::Result {
    write!(out, "| `{}` | {} | ", row.id, row.about)?;
    match row.answer {
        Answer::Tests(tests) => write_tests(tests, out)?,
        Answer::Nothing(why) => out.write_str(why)?,
    }
    writeln!(out, " |")
}

/// The kind is said once for tests of one kind that follow each other.
fn write_tests(tests: &[Proof], out: &mut String) -> fmt::Result {
    let mut last = None;
    for test in tests {
        match last {
            Some(kind) if kind == test.kind() => write!(out, ", `{}`", test.name())?,
            Some(_) => write!(out, "; {}: `{}`", test.kind(), test.name())?,
            None => write!(out, "{}: `{}`", test.kind(), test.name())?,
        }
        last = Some(test.kind());
    }
    Ok(())
}
