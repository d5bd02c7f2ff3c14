//! `Law`: one test of the suite, with its place in the table and what came of it.

use crate::test_run::{Verdict, bare_name};

/// One line of the listing.
#[derive(Debug)]
pub(crate) struct Law {
    /// `driver::strategy::law`; a shorter name is a test of the suite itself, which has no cell and still has to pass.
    pub(crate) name: String,
    pub(crate) verdict: Option<Verdict>,
}

impl Law {
    /// Reads `name: test`; other lines of a listing are no laws.
    pub(crate) fn listed(line: &str) -> Option<Self> {
        let name = bare_name(line.strip_suffix(": test")?).to_owned();
        Some(Self { name, verdict: None })
    }

    pub(crate) fn driver(&self) -> Option<&str> {
        self.cell().map(|(driver, _)| driver)
    }

    pub(crate) fn strategy(&self) -> Option<&str> {
        self.cell().map(|(_, strategy)| strategy)
    }

    fn cell(&self) -> Option<(&str, &str)> {
        let (driver, rest) = self.name.split_once("::")?;
        let (strategy, _) = rest.split_once("::")?;
        Some((driver, strategy))
    }
}

#[cfg(test)]
mod tests {
    use super::Law;

    #[test]
    fn the_first_two_parts_of_a_name_are_driver_and_strategy() {
        let law = Law::listed("[law] sqlite::queue::limits::a_law  : test").unwrap();
        assert_eq!((law.driver(), law.strategy()), (Some("sqlite"), Some("queue")));
        let law = Law::listed("table::golden: test").unwrap();
        assert_eq!((law.driver(), law.strategy()), (None, None));
        assert!(Law::listed("5 tests, 0 benchmarks").is_none());
    }
}
