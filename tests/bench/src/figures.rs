//! The figures as tables, one for each case, setting and number of threads: a row a pool, a column a metric.

use crate::goal::Outcome;
use crate::labels::label;
use crate::metric::heading;
use crate::rounded::rounded;
use crate::row::Row;
use crate::table::Table;
use std::fmt;

/// What one series of rounds has shown.
pub(crate) struct Section<'r> {
    rows: Vec<&'r Row>,
}

impl<'r> Section<'r> {
    /// The sections in the order in which they were measured.
    pub(crate) fn all(rows: &'r [Row]) -> Vec<Self> {
        let mut sections: Vec<Self> = Vec::new();
        for row in rows {
            match sections.iter_mut().find(|section| section.is_of(row)) {
                Some(section) => section.rows.push(row),
                None => sections.push(Self { rows: vec![row] }),
            }
        }
        sections
    }

    /// Case, threads and setting.
    pub(crate) fn title(&self) -> String {
        let Row { case, threads, setting, .. } = self.rows[0];
        let threads = if *threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
        if setting.is_empty() {
            format!("{case}, {threads}")
        } else {
            format!("{case}, {threads}, {setting}")
        }
    }

    pub(crate) fn rounds(&self) -> usize {
        self.rows[0].rounds
    }

    fn is_of(&self, row: &Row) -> bool {
        let first = self.rows[0];
        first.case == row.case && first.threads == row.threads && first.setting == row.setting
    }

    /// Of each pool the medians; of the first metric, from which the others are made, also the range.
    fn table(&self) -> Table {
        let pools = distinct(self.rows.iter().map(|row| &*row.pool));
        let metrics = distinct(self.rows.iter().map(|row| &*row.metric));
        let first = [heading(metrics[0]), "from .. to".to_owned()];
        let others = metrics[1..].iter().map(|metric| heading(metric));
        let mut table = Table::new(["pool".to_owned()].into_iter().chain(first).chain(others));
        for pool in pools {
            let of = |metric: &str| self.rows.iter().find(|row| row.pool == pool && row.metric == metric);
            let range = of(metrics[0]).map(|row| format!("{} .. {}", rounded(row.min), rounded(row.max)));
            let median = |metric: &&str| of(metric).map(|row| rounded(row.median)).unwrap_or_default();
            let first = [label(pool).to_owned(), median(&metrics[0]), range.unwrap_or_default()];
            table.row(first.into_iter().chain(metrics[1..].iter().map(median)));
        }
        table
    }
}

impl fmt::Display for Section<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

/// The goals below one another: promise, measured, met or missed.
pub(crate) fn of_goals(outcomes: &[Outcome]) -> String {
    let mut table = Table::new(["promise", "measured", "verdict"]);
    let mut others = 0;
    for outcome in outcomes {
        match outcome.measured {
            Some(measured) => {
                table.row([outcome.promise.clone(), rounded(measured), outcome.verdict.to_string()]);
            }
            None => others += 1,
        }
    }
    match others {
        0 => table.to_string(),
        _ => format!("{table}\nOf cases that were not run: {others} more, not measured.\n"),
    }
}

pub(crate) fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut distinct = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(pool: &'static str, threads: usize, metric: &'static str, median: f64) -> Row {
        Row { setting: "asleep".into(), ..Row::planted("case", pool, threads, metric, median) }
    }

    #[test]
    fn what_is_measured_apart_stands_apart() {
        let rows = [
            row("r2d2", 1, "ns_per_cycle", 230.0),
            row("bb8", 1, "ns_per_cycle", 340.0),
            row("bb8", 1, "times_lean", 12.34),
            row("bb8", 2, "ns_per_cycle", 1.0),
        ];
        let sections = Section::all(&rows);
        assert_eq!(
            sections.iter().map(Section::title).collect::<Vec<_>>(),
            ["case, 1 thread, asleep", "case, 2 threads, asleep",]
        );
        let table = sections[0].to_string();
        assert_eq!(
            table
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>(),
            [
                "| pool | ns per cycle | from .. to | times lean |",
                "|------|-------------:|-----------:|-----------:|",
                "| r2d2 | 230 | 207 .. 253 | |",
                "| bb8 | 340 | 306 .. 374 | 12.3 |",
            ]
        );
    }
}
