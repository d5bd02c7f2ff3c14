//! What the demo says before the load.

use indicatif::HumanCount;

use crate::console::{heading, wrap};
use crate::database::{Database, Inventory};
use crate::options::Options;

/// What is about to happen, how, and where.
pub(crate) fn introduction(options: &Options, database: &Database, inventory: &Inventory) -> String {
    let title = match options.threads() {
        1 => "cenote: one thread and one SQLite database, through a pool".to_owned(),
        threads => format!("cenote: {threads} threads share one SQLite database through a pool"),
    };
    let rows = [
        ("strategy", format!("{}: {}", options.strategy, options.strategy.describe(options.size()))),
        ("database", place(database)),
        ("holds", contents(inventory)),
        ("load", load(options)),
    ];
    let rows: String = rows.iter().map(|(name, text)| format!("\n  {name:10} {}", wrap(text, 13))).collect();
    format!("{}\n{rows}\n", heading(&title))
}

fn place(database: &Database) -> String {
    match database.temporary_directory() {
        Some(_) => "a temporary file, removed at the end (--keep leaves it)".to_owned(),
        None => database.path().display().to_string(),
    }
}

fn contents(inventory: &Inventory) -> String {
    let Inventory { cities, roads, parcels } = *inventory;
    let parcels = HumanCount(parcels.unsigned_abs());
    format!("{cities} cities of Europe, {roads} roads between them, {parcels} parcels")
}

fn load(options: &Options) -> String {
    let threads = match options.threads() {
        1 if options.wants_more_threads() => "1 thread, because the strategy is for one,".to_owned(),
        1 => "1 thread".to_owned(),
        threads => format!("{threads} threads"),
    };
    let seconds = options.seconds.as_secs_f64();
    format!(
        "{threads} for {seconds} s: of 100 checkouts, 80 run a query, 19 a transaction that moves parcels, and 1 leaves \
         a transaction open. Ctrl-C ends early."
    )
}
