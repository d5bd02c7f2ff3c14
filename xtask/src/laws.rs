//! `Laws`: which laws there should be, and how many of them held, for each driver and strategy.

use crate::{
    error::Result,
    golden::{Golden, PATH},
    law::Law,
    step::Findings,
    table::Table,
    test_run::{TestRun, Verdict},
};

/// The strategies that every driver promises; more may appear in the listing, none may be missing from it.
const STRATEGIES: [&str; 5] = ["queue", "singleton-thread", "null", "static", "assertion"];

/// The laws that the suite lists, each with what came of it.
#[derive(Debug)]
pub(crate) struct Laws {
    laws: Vec<Law>,
    /// Drivers that the tree has an adapter for, so that some law has to run on each.
    adapters: Vec<String>,
    golden: Golden,
}

/// How the laws of one driver and one strategy fared.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cell {
    listed: usize,
    passed: usize,
    failed: usize,
    /// As the golden file has it; none if it has no row for this cell.
    not_applicable: Option<usize>,
}

impl Laws {
    /// Reads what `--list` prints.
    pub(crate) fn listed(output: &str) -> Self {
        let laws = output.lines().filter_map(Law::listed).collect();
        Self { laws, adapters: Vec::new(), golden: Golden::default() }
    }

    /// Every one of these adapters has to appear among the drivers.
    pub(crate) fn expecting(self, adapters: Vec<String>) -> Self {
        Self { adapters, ..self }
    }

    /// As many laws have to apply and not to apply as the golden file says.
    pub(crate) fn counted_by(self, golden: Golden) -> Self {
        Self { golden, ..self }
    }

    /// Only the laws of this driver. One that the listing does not know is an error that names those that it knows.
    pub(crate) fn of_driver(mut self, driver: &str) -> Result<Self> {
        if !self.drivers().contains(&driver) {
            let known = distinct(self.drivers().into_iter().chain(self.golden.drivers()));
            return Err(
                format!("no driver is called `{driver}`; the known ones are {}", known.join(", ")).into()
            );
        }
        self.laws.retain(|law| law.driver() == Some(driver));
        self.adapters.clear();
        self.golden.keep(driver);
        Ok(self)
    }

    /// The drivers, in the order of the listing.
    pub(crate) fn drivers(&self) -> Vec<&str> {
        distinct(self.laws.iter().filter_map(Law::driver))
    }

    pub(crate) fn strategies(&self) -> Vec<&str> {
        distinct(self.laws.iter().filter_map(Law::strategy))
    }

    /// Notes what a run says about the laws listed here. A name that is listed twice has to be reported twice.
    pub(crate) fn note(&mut self, run: &TestRun) {
        for result in run.results() {
            let waiting = |law: &&mut Law| law.verdict.is_none() && law.name == result.name;
            if let Some(law) = self.laws.iter_mut().find(waiting) {
                law.verdict = Some(result.verdict);
            }
        }
    }

    /// What is wrong: an empty cell, a strategy or an adapter that the listing does not know, and
    /// each law that did not hold or did not run.
    pub(crate) fn findings(&self) -> Findings {
        let mut findings = Findings::green();
        if self.laws.is_empty() {
            findings.troubles.push("the suite lists no law".to_owned());
        }
        for law in &self.laws {
            match law.verdict {
                Some(Verdict::Passed) => findings.passed += 1,
                Some(Verdict::Failed) | None => findings.failed += 1,
                Some(Verdict::Ignored) => {}
            }
        }
        for (verdict, word) in [
            (Some(Verdict::Failed), "failed"),
            (Some(Verdict::Ignored), "ignored, so it proves nothing"),
            (None, "listed, and gave no result"),
        ] {
            let fitting = self.laws.iter().filter(|law| law.verdict == verdict);
            findings.troubles.extend(fitting.map(|law| format!("{word}: {}", law.name)));
        }
        findings.troubles.extend(self.missing());
        findings
    }

    /// Rows are drivers, columns strategies; a cell says how many laws held, and how many do not apply.
    pub(crate) fn table(&self) -> Table {
        let strategies = self.strategies();
        let mut table = Table::new(["driver"].iter().chain(&strategies).copied());
        for driver in self.drivers().into_iter().chain(self.missing_drivers()).chain(self.missing_adapters())
        {
            let cells = strategies.iter().map(|strategy| self.cell(driver, strategy).words());
            table.row([driver.to_owned()].into_iter().chain(cells));
        }
        table
    }

    fn missing(&self) -> Vec<String> {
        let (drivers, strategies) = (self.drivers(), self.strategies());
        let mut missing = Vec::new();
        for driver in self.missing_drivers() {
            missing.push(format!("driver {driver} is missing: {PATH} counts its laws, and none is listed"));
        }
        for adapter in self.missing_adapters() {
            missing.push(format!(
                "driver {adapter} is missing: adapters/{adapter} exists, and no law runs on it"
            ));
        }
        for promised in STRATEGIES {
            if !strategies.iter().any(|strategy| strategy.starts_with(promised)) {
                missing.push(format!("strategy {promised} is missing: no law runs on it"));
            }
        }
        for driver in drivers {
            for strategy in &strategies {
                let listed = self.cell(driver, strategy).listed;
                if listed == 0 {
                    missing.push(format!("cell {driver} x {strategy} is missing: no law is listed for it"));
                }
                match self.golden.counts(driver, strategy) {
                    Some((applies, _)) if applies != listed => missing.push(format!(
                        "cell {driver} x {strategy}: {listed} laws are listed, and {PATH} has {applies}"
                    )),
                    _ => {}
                }
            }
        }
        missing
    }

    /// Drivers that are not compiled in: the golden file counts their laws all the same.
    fn missing_drivers(&self) -> Vec<&str> {
        let listed = self.drivers();
        distinct(self.golden.drivers().filter(|driver| !listed.contains(driver)))
    }

    /// An adapter may run as several drivers, such as `diesel_sqlite` and `diesel_mysql`.
    fn missing_adapters(&self) -> impl Iterator<Item = &str> {
        let is_driver = |adapter: &str| {
            self.drivers().iter().any(|driver| driver.split(['_', '-']).next() == Some(adapter))
        };
        self.adapters.iter().map(String::as_str).filter(move |adapter| !is_driver(adapter))
    }

    fn cell(&self, driver: &str, strategy: &str) -> Cell {
        let not_applicable = self.golden.counts(driver, strategy).map(|(_, does_not)| does_not);
        let mut cell = Cell { not_applicable, ..Cell::default() };
        for law in &self.laws {
            if law.driver() == Some(driver) && law.strategy() == Some(strategy) {
                cell.listed += 1;
                cell.passed += usize::from(law.verdict == Some(Verdict::Passed));
                cell.failed += usize::from(law.verdict == Some(Verdict::Failed));
            }
        }
        cell
    }
}

impl Cell {
    fn words(&self) -> String {
        let held = match *self {
            Self { listed: 0, .. } => return "MISSING".to_owned(),
            Self { listed, passed, failed: 0, .. } if listed == passed => passed.to_string(),
            Self { listed, passed, failed: 0, .. } => format!("{passed} of {listed}"),
            Self { listed, passed, failed, .. } => format!("{passed} of {listed}, {failed} FAILED"),
        };
        self.not_applicable.map_or(held.clone(), |number| format!("{held} + {number} n/a"))
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::{Laws, STRATEGIES};
    use crate::golden::Golden;
    use crate::test_run::TestRun;

    fn listing(drivers: &[&str]) -> String {
        let mut listing = String::new();
        for driver in drivers {
            for strategy in STRATEGIES {
                for law in ["a_law", "another_law"] {
                    listing += &format!("{driver}::{strategy}::{law}: test\n");
                }
            }
        }
        listing
    }

    fn output(listing: &str) -> String {
        let lines = listing.lines().filter_map(|line| line.strip_suffix(": test"));
        let results = lines.map(|name| format!("test {name} ... ok\n")).collect::<String>();
        format!("running {} tests\n{results}", results.lines().count())
    }

    fn troubles(listing: &str, output: &str, adapters: &[&str]) -> Vec<String> {
        let adapters = adapters.iter().map(|&adapter| adapter.to_owned()).collect::<Vec<_>>();
        let mut laws = Laws::listed(listing).expecting(adapters);
        laws.note(&TestRun::read(output));
        laws.findings().troubles
    }

    #[test]
    fn all_laws_on_all_cells_are_green() {
        let listing = listing(&["fake", "sqlite"]);
        assert_eq!(troubles(&listing, &output(&listing), &["sqlite"]), Vec::<String>::new());
    }

    #[test]
    fn a_law_that_is_listed_and_not_run_is_red() {
        let listing = listing(&["fake"]);
        let output = output(&listing).replace("test fake::null::a_law ... ok\n", "");
        assert_eq!(troubles(&listing, &output, &[]), ["listed, and gave no result: fake::null::a_law"]);
    }

    #[test]
    fn a_law_that_fails_or_is_ignored_is_red() {
        let listing = listing(&["fake"]);
        for (word, trouble) in [("FAILED", "failed: "), ("ignored", "ignored, so it proves nothing: ")] {
            let output = output(&listing)
                .replace("fake::queue::a_law ... ok", &format!("fake::queue::a_law ... {word}"));
            assert_eq!(troubles(&listing, &output, &[]), [format!("{trouble}fake::queue::a_law")]);
        }
    }

    #[test]
    fn a_missing_driver_strategy_or_cell_is_said_aloud() {
        let whole = listing(&["fake", "sqlite"]);
        let missing = troubles(&whole, &output(&whole), &["postgres"]);
        assert!(missing.len() == 1 && missing[0].starts_with("driver postgres is missing"), "{missing:?}");

        let no_null = whole.lines().filter(|line| !line.contains("::null::")).collect::<Vec<_>>().join("\n");
        let missing = troubles(&no_null, &output(&no_null), &[]);
        assert!(missing.len() == 1 && missing[0].starts_with("strategy null is missing"), "{missing:?}");

        let hole =
            whole.lines().filter(|line| !line.starts_with("sqlite::null")).collect::<Vec<_>>().join("\n");
        let missing = troubles(&hole, &output(&hole), &[]);
        assert!(missing.len() == 1 && missing[0].starts_with("cell sqlite x null is missing"), "{missing:?}");
    }

    #[test]
    fn a_test_of_the_suite_itself_is_counted_and_belongs_to_no_driver() {
        let listing = listing(&["fake"]) + "table::golden: test\n";
        assert_eq!(Laws::listed(&listing).drivers(), ["fake"]);
        assert_eq!(troubles(&listing, &output(&listing), &[]), Vec::<String>::new());
        let failed = output(&listing).replace("golden ... ok", "golden ... FAILED");
        assert_eq!(troubles(&listing, &failed, &[]), ["failed: table::golden"]);
    }

    #[test]
    fn a_listing_without_laws_is_red() {
        assert!(!troubles("", "", &[]).is_empty());
    }

    #[test]
    fn the_table_tells_green_cells_from_red_ones() {
        let listing = listing(&["fake", "sqlite"]);
        let mut laws = Laws::listed(&listing).expecting(vec!["sqlite".to_owned(), "postgres".to_owned()]);
        let output = output(&listing).replace("sqlite::null::a_law ... ok", "sqlite::null::a_law ... FAILED");
        laws.note(&TestRun::read(&output.replace("test fake::static::a_law ... ok\n", "")));
        let table = laws.table().to_string();
        assert!(table.contains("1 of 2, 1 FAILED") && table.contains("1 of 2 "), "{table}");
        assert!(table.lines().any(|row| row.contains("postgres") && row.contains("MISSING")), "{table}");
    }

    #[test]
    fn a_driver_that_is_counted_and_not_compiled_in_is_red_unless_another_is_asked_for() {
        let counted = || {
            let rows = ["fake", "linked"]
                .map(|driver| STRATEGIES.map(|strategy| format!("{driver} {strategy} 2 0\n")).concat());
            Golden::read(&format!("driver strategy applies\n{}", rows.concat()))
        };
        let listing = listing(&["fake"]);
        let mut laws = Laws::listed(&listing).counted_by(counted());
        laws.note(&TestRun::read(&output(&listing)));
        let troubles = laws.findings().troubles;
        assert!(troubles.len() == 1 && troubles[0].starts_with("driver linked is missing"), "{troubles:?}");
        let table = laws.table().to_string();
        assert!(table.lines().any(|row| row.contains("linked") && row.contains("MISSING")), "{table}");

        let mut fake = Laws::listed(&listing).counted_by(counted()).of_driver("fake").unwrap();
        fake.note(&TestRun::read(&output(&listing)));
        assert!(fake.findings().is_green());
        let error = Laws::listed(&listing).counted_by(counted()).of_driver("oracle").unwrap_err();
        assert!(error.to_string().ends_with("the known ones are fake, linked"), "{error}");
    }

    #[test]
    fn one_driver_can_be_asked_for() {
        let laws = Laws::listed(&listing(&["fake", "sqlite"])).of_driver("sqlite").unwrap();
        assert_eq!(laws.drivers(), ["sqlite"]);
        assert_eq!(laws.strategies(), STRATEGIES);
    }

    #[test]
    fn an_unknown_driver_is_an_error_that_lists_the_known_ones() {
        let error = Laws::listed(&listing(&["fake", "sqlite"])).of_driver("oracle").unwrap_err();
        assert_eq!(error.to_string(), "no driver is called `oracle`; the known ones are fake, sqlite");
    }
}
