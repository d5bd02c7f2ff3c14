//! What a pool keeps on the heap, measured by a program of its own, whose allocator counts.

use crate::pace::Pace;
use crate::row::Row;
use std::env;
use std::process::{Command, Stdio};

pub(crate) const CASE: &str = "memory";

/// The program, which is built beside this one.
const PROGRAM: &str = "cenote-bench-memory";

pub(crate) fn run(_: Pace) -> Vec<Row> {
    let here = env::current_exe().expect("a running program has a path");
    let program = here.with_file_name(format!("{PROGRAM}{}", env::consts::EXE_SUFFIX));
    let output = Command::new(&program).stderr(Stdio::inherit()).output();
    let output = output.unwrap_or_else(|error| {
        panic!("`{}` does not run ({error}): `cargo build --release` builds both programs", program.display())
    });
    assert!(output.status.success(), "`{}` failed: {}", program.display(), output.status);
    rows(&output.stdout)
}

fn rows(lines: &[u8]) -> Vec<Row> {
    let rows = serde_json::Deserializer::from_slice(lines).into_iter();
    rows.map(|row| row.expect("the program of the same build prints rows")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Series;

    #[test]
    fn what_is_printed_as_a_line_each_is_read_again() {
        let mut series = Series::new(CASE, 1, "size 1");
        series.note("one", "bytes_per_pool", 8.0);
        series.note("other", "bytes_per_pool", 0.0);
        let lines: Vec<_> = series.rows().map(|row| serde_json::to_string(&row).unwrap() + "\n").collect();
        let read = rows(lines.concat().as_bytes());
        let figures = read.iter().map(|row| (&*row.pool, &*row.setting, row.median));
        assert_eq!(figures.collect::<Vec<_>>(), [("one", "size 1", 8.0), ("other", "size 1", 0.0)]);
    }
}
