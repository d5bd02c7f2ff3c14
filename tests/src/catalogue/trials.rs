//! The trials of the catalogue: it is complete, what it names exists, and the generated files are as it says.

use super::markdown;
use super::page::{DEFECTS, PORTED, Page};
use super::row::{AS_IS, Answer, MEANINGLESS, Row};
use super::sources::Sources;
use crate::backends::Fake;
use crate::kit::golden;
use crate::rows::rows;
use cenote::Queue;
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeSet;

/// One for each thing that must be true of the catalogue.
pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("catalogue::every_row_is_there_once", every_row_is_there_once),
        Trial::test("catalogue::every_named_test_exists", every_named_test_exists),
        Trial::test("catalogue::defects", || is_written(&DEFECTS)),
        Trial::test("catalogue::ported", || is_written(&PORTED)),
    ]
}

/// No id twice, no section too short or too long, and each of the original's defects by its number.
fn every_row_is_there_once() -> Result<(), Failed> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for page in [&DEFECTS, &PORTED] {
        for section in page.sections.iter().filter(|section| section.rows.len() != section.expected) {
            let (title, rows, expected) = (section.title, section.rows.len(), section.expected);
            faults.push(format!("{}: {title} has {rows} rows instead of {expected}", page.file));
        }
        faults.extend(page.rows().filter(|row| !seen.insert(row.id)).map(|row| format!("{} twice", row.id)));
        let empty = |row: &&Row| match row.answer {
            Answer::Tests(tests) => tests.is_empty(),
            Answer::Nothing(why) => !why.ends_with('.'),
        };
        faults.extend(page.rows().filter(empty).map(|row| format!("{} has no answer", row.id)));
    }
    let marks = PORTED.rows().filter(|row| {
        let is_mark = row.about.starts_with(AS_IS) || row.about == MEANINGLESS;
        !is_mark || (row.about == MEANINGLESS) != matches!(row.answer, Answer::Nothing(_))
    });
    faults.extend(marks.map(|row| format!("{} has the mark {}", row.id, row.about)));
    let numbered = [("A", 24), ("B", 20)].into_iter();
    let numbered =
        numbered.flat_map(|(part, last)| (1..=last).map(move |n| format!("sqlalchemy-3{part}-{n}")));
    faults.extend(numbered.filter(|id| !seen.contains(id.as_str())).map(|id| format!("{id} is missing")));
    none(&faults)
}

fn every_named_test_exists() -> Result<(), Failed> {
    let sources = Sources::read()?;
    let laws: Vec<_> = rows::<Fake, Queue>().into_iter().map(|law| law.name).collect();
    let mut faults = Vec::new();
    for row in DEFECTS.rows().chain(PORTED.rows()) {
        let missing = row.tests().iter().filter(|test| !test.exists(&laws, &sources));
        faults
            .extend(missing.map(|test| format!("{}: no {} is called {}", row.id, test.kind(), test.name())));
        let twice = row.tests().iter().enumerate().filter(|(at, test)| row.tests()[..*at].contains(test));
        faults.extend(twice.map(|(_, test)| format!("{}: {} is named twice", row.id, test.name())));
    }
    none(&faults)
}

fn is_written(page: &Page) -> Result<(), Failed> {
    golden::compare(page.file, &markdown::text(page))
}

fn none(faults: &[String]) -> Result<(), Failed> {
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}
