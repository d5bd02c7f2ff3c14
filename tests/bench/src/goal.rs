//! `Goal`: a figure that is promised, and what became of it in a run.

use crate::row::Row;
use serde::{Serialize, Serializer};
use std::fmt;

/// A promise about the median of one row.
#[derive(Debug)]
pub(crate) struct Goal {
    /// What it says, with `{}` where the bound stands.
    pub(crate) says: &'static str,
    pub(crate) case: &'static str,
    pub(crate) pool: &'static str,
    pub(crate) threads: usize,
    pub(crate) setting: &'static str,
    pub(crate) metric: &'static str,
    pub(crate) bound: Bound,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

/// A goal after a run.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    pub(crate) promise: String,
    case: &'static str,
    pool: &'static str,
    threads: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    setting: &'static str,
    metric: &'static str,
    bound: Bound,
    /// None if its case was not run.
    pub(crate) measured: Option<f64>,
    pub(crate) verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    Missed,
    NotMeasured,
}

impl Goal {
    /// What these rows say about it.
    pub(crate) fn outcome(&self, rows: &[Row]) -> Outcome {
        let &Self { case, pool, threads, setting, metric, bound, .. } = self;
        let mut rows = rows.iter().filter(|row| row.case == case && row.threads == threads);
        let row = rows.find(|row| row.pool == pool && row.setting == setting && row.metric == metric);
        let measured = row.map(|row| row.median);
        let verdict = match measured {
            None => Verdict::NotMeasured,
            Some(value) if bound.holds(value) => Verdict::Met,
            Some(_) => Verdict::Missed,
        };
        let promise = self.says.replace("{}", &bound.to_string());
        Outcome { promise, case, pool, threads, setting, metric, bound, measured, verdict }
    }
}

impl Bound {
    /// Nothing that is not a number keeps a promise.
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "at most {most}"),
            Self::AtLeast(least) => write!(f, "at least {least}"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Met => "met",
            Self::Missed => "MISSED",
            Self::NotMeasured => "not measured",
        })
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(bound: Bound, median: f64) -> Verdict {
        let goal = Goal {
            says: "a get takes {} ns",
            case: "case",
            pool: "pool",
            threads: 2,
            setting: "asleep",
            metric: "cost",
            bound,
        };
        let row = |threads, setting: &'static str, median| Row {
            setting: setting.into(),
            ..Row::planted("case", "pool", threads, "cost", median)
        };
        let others = [row(1, "asleep", 7.0), row(2, "awake", 7.0)];
        assert_eq!(goal.outcome(&others).verdict, Verdict::NotMeasured);
        goal.outcome(&[&others[..], &[row(2, "asleep", median)]].concat()).verdict
    }

    #[test]
    fn a_bound_is_met_by_itself() {
        assert_eq!(verdict(Bound::AtMost(2.0), 2.0), Verdict::Met);
        assert_eq!(verdict(Bound::AtLeast(2.0), 2.0), Verdict::Met);
    }

    #[test]
    fn what_lies_beyond_the_bound_is_missed() {
        assert_eq!(verdict(Bound::AtMost(2.0), 2.01), Verdict::Missed);
        assert_eq!(verdict(Bound::AtLeast(2.0), 1.99), Verdict::Missed);
    }

    #[test]
    fn what_is_not_a_number_is_missed() {
        assert_eq!(verdict(Bound::AtMost(2.0), f64::NAN), Verdict::Missed);
        assert_eq!(verdict(Bound::AtLeast(2.0), f64::NAN), Verdict::Missed);
    }
}
