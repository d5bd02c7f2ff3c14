//! What the strategy assertion is for: the error that names the first holder.

use cenote::{Assertion, Error, Pool};
use cenote_sqlite::SqliteManager;
use std::path::Path;
use std::thread;

use crate::console;
use crate::failure::Failure;

/// One thread takes the connection, another asks while it is out: shows the error as its user would see it.
pub(crate) fn show(database: &Path) -> Result<(), Failure> {
    let pool = Pool::builder(SqliteManager::file(database)).strategy(Assertion::new()).build()?;
    let first = pool.get()?;
    let second = thread::scope(|scope| {
        let other = scope.spawn(|| pool.get().map(drop));
        other.join().expect("a checkout gives an error and does not panic")
    });
    drop(first);
    let Err(error @ Error::AlreadyCheckedOut { .. }) = second else {
        return Err(Failure::defect(format!("a second checkout was not refused: {second:?}")));
    };
    console::line(console::heading("One thread has the connection, and another asks for it:"));
    console::line(format_args!("\n  error: {error}\n"));
    let words = "That is the line that took it first: the place to look for a connection that was never given back. \
                 Now the load, from one thread, as this strategy intends:";
    console::line(format_args!("  {}\n", console::wrap(words, 2)));
    Ok(())
}
