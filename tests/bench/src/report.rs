//! `Report`: what a run has shown, whole, as it stands in the JSON file.

use crate::goal::Outcome;
use crate::machine::Machine;
use crate::row::Row;
use serde::Serialize;

/// All figures, with what they were taken on and by which command.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    /// The day on which the run began, in UTC.
    pub(crate) date: String,
    pub(crate) command: String,
    pub(crate) rows: Vec<Row>,
    pub(crate) goals: Vec<Outcome>,
}

impl Report {
    pub(crate) fn json(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("all of it is text and numbers");
        json + "\n"
    }

    /// The rows of a case, of one metric.
    pub(crate) fn rows_of(&self, case: &str, metric: &str) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.case == case && row.metric == metric)
    }

    /// A report of a run that never was.
    #[cfg(test)]
    pub(crate) fn planted(rows: Vec<Row>) -> Self {
        let goals = crate::goals::outcomes(&rows);
        let (date, command) = ("2026-01-02".to_owned(), "cargo xtask bench".to_owned());
        Self { machine: Machine::this(), date, command, rows, goals }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_has_a_row_for_each_figure_and_each_goal() {
        let row = Row::planted("uncontended", "r2d2", 1, "ns_per_cycle", 140.0);
        let json: serde_json::Value = serde_json::from_str(&Report::planted(vec![row]).json()).unwrap();
        assert_eq!(json["rows"][0]["median"], 140.0);
        assert_eq!(json["goals"][0]["verdict"], "not measured");
        assert_eq!(json["goals"][0]["bound"]["at_most"], 2.0);
        assert!(json["machine"]["versions"]["cenote"].is_string());
    }
}
