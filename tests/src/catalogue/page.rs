//! `Page`: the rows of one generated file, in sections of a known number of rows.

use super::row::Row;
use super::{async_peers, other_peers, r2d2, sqlalchemy_head, sqlalchemy_seed};
use super::{ported_elsewhere, ported_events, ported_life, ported_queue, ported_slots};

/// A generated file.
#[derive(Debug)]
pub(super) struct Page {
    /// Its name, in the folder of this suite.
    pub(super) file: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What it says, in a sentence or two.
    pub(super) preface: &'static str,
    /// The heads of its tables' columns.
    pub(super) heads: [&'static str; 3],
    /// Its tables.
    pub(super) sections: &'static [Section],
}

/// One table of a page.
#[derive(Debug)]
pub(super) struct Section {
    /// Its title.
    pub(super) title: &'static str,
    /// How many rows the sources have for it: one that is lost here is missed.
    pub(super) expected: usize,
    /// Its rows, in the order of the sources.
    pub(super) rows: &'static [Row],
}

/// Every defect that others have or had.
pub(super) const DEFECTS: Page = Page {
    file: "defects.md",
    title: "Defects of others",
    preface: "Every defect that is known of SQLAlchemy's pool, which this one re-creates, and of the pools that Rust \
              has; and for each the tests that would catch it here, or why there can be none. \"Mended\" means: by \
              its own authors, since.",
    heads: ["id", "what goes wrong there", "caught here by"],
    sections: &[
        section("SQLAlchemy 0.7.0, mended since", 24, sqlalchemy_seed::ROWS),
        section("SQLAlchemy 2.1.0b4, still there", 20, sqlalchemy_head::ROWS),
        section("r2d2", 15, r2d2::R2D2),
        section("Diesel on r2d2", 6, r2d2::DIESEL_R2D2),
        section("deadpool", 8, async_peers::DEADPOOL),
        section("bb8", 9, async_peers::BB8),
        section("mobc", 6, async_peers::MOBC),
        section("sqlx", 11, async_peers::SQLX),
        section("mysql", 9, other_peers::MYSQL_POOL),
        section("Other pools", 6, other_peers::OTHERS),
        section("Adapters", 6, other_peers::ADAPTERS),
    ],
};

/// Every test of SQLAlchemy's pool.
pub(super) const PORTED: Page = Page {
    file: "ported.md",
    title: "The original's tests",
    preface: "Every test of SQLAlchemy's pool, those of `test_pool.py` first, and what states the same here. R: taken \
              over as it is; R*: in another shape (a drop for a collector, a clock that is moved by hand for a sleep, \
              an enum for an exception); X: it means nothing in Rust, and a sentence says why.",
    heads: ["test", "mark", "stated here by"],
    sections: &[
        section("Slots, handles and driver calls", 17, ported_slots::ROWS),
        section("Events and the first connect", 27, ported_events::ROWS),
        section("Sizes, timeouts and waiting", 15, ported_queue::ROWS),
        section("Replacement, dispose, reset and the smaller pools", 36, ported_life::ROWS),
        section("Of 0.7.0, dropped since", 12, ported_elsewhere::SEED),
        section("In other files", 22, ported_elsewhere::ELSEWHERE),
    ],
};

impl Page {
    /// All its rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'static Row> {
        self.sections.iter().flat_map(|section| section.rows)
    }
}

const fn section(title: &'static str, expected: usize, rows: &'static [Row]) -> Section {
    Section { title, expected, rows }
}
