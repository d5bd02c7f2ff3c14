//! Golden files: a text that a trial makes must be the one that is kept beside the suite.

use libtest_mimic::Failed;
use std::collections::BTreeSet;

/// Compares a text with the file of this name; writes it instead if the environment says `CENOTE_BLESS=1`.
pub fn compare(file: &str, text: &str) -> Result<(), Failed> {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("CENOTE_BLESS").is_some_and(|bless| bless == "1") {
        return Ok(std::fs::write(path, text)?);
    }
    let expected = std::fs::read_to_string(path)?;
    if expected == text {
        return Ok(());
    }
    let mut words = format!(
        "{file} differs; if that is meant: CENOTE_BLESS=1 cargo test -p cenote-conformance --test laws"
    );
    let only_in = |one: &str, other: &str, sign: &str| {
        let other: BTreeSet<&str> = other.lines().collect();
        let lines = one.lines().filter(|line| !other.contains(line));
        lines.map(|line| format!("\n{sign} {line}")).collect::<String>()
    };
    words += &only_in(&expected, text, "-");
    words += &only_in(text, &expected, "+");
    Err(Failed::from(words))
}
