//! `Golden`: how many laws apply to each driver and strategy, and how many do not, as `tests/laws.golden` has it.

/// Where the suite keeps it, with the reasons.
pub(crate) const PATH: &str = "tests/laws.golden";

/// The rows of the golden file.
#[derive(Debug, Default)]
pub(crate) struct Golden {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    driver: String,
    strategy: String,
    applies: usize,
    does_not: usize,
}

impl Golden {
    /// Reads the table at the head of the file: up to the first empty line.
    pub(crate) fn read(text: &str) -> Self {
        let rows = text.lines().skip(1).take_while(|line| !line.is_empty());
        Self { rows: rows.filter_map(Row::read).collect() }
    }

    /// The drivers, in the order of the file.
    pub(crate) fn drivers(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| &*row.driver)
    }

    /// Forgets all other drivers.
    pub(crate) fn keep(&mut self, driver: &str) {
        self.rows.retain(|row| row.driver == driver);
    }

    /// How many laws apply to this driver and strategy, and how many do not.
    pub(crate) fn counts(&self, driver: &str, strategy: &str) -> Option<(usize, usize)> {
        let mut rows = self.rows.iter();
        let row = rows.find(|row| row.driver == driver && row.strategy == strategy)?;
        Some((row.applies, row.does_not))
    }
}

impl Row {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (driver, strategy) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (applies, does_not) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Self { driver, strategy, applies, does_not })
    }
}

#[cfg(test)]
mod tests {
    use super::Golden;

    #[test]
    fn the_rows_before_the_first_empty_line_are_read() {
        let golden = Golden::read(
            "driver strategy applies does not apply\nfake queue 7 3\n\nfake::queue does not apply\n 3 reason\n",
        );
        assert_eq!(golden.counts("fake", "queue"), Some((7, 3)));
        assert_eq!(golden.counts("fake", "null"), None);
    }
}
