//! `Row`: one figure, as it stands in the JSON file.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One figure: the median over rounds, with the least and the largest of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) case: Cow<'static, str>,
    pub(crate) pool: Cow<'static, str>,
    pub(crate) threads: usize,
    /// What else distinguishes it: how long connections are held, how great the load is.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub(crate) setting: Cow<'static, str>,
    pub(crate) metric: Cow<'static, str>,
    pub(crate) min: f64,
    pub(crate) median: f64,
    pub(crate) max: f64,
    pub(crate) rounds: usize,
}

#[cfg(test)]
impl Row {
    /// A row that nobody measured.
    pub(crate) fn planted(
        case: &'static str,
        pool: &'static str,
        threads: usize,
        metric: &'static str,
        median: f64,
    ) -> Self {
        let (case, pool, metric) = (case.into(), pool.into(), metric.into());
        let (min, max) = (median * 0.9, median * 1.1);
        Self { case, pool, threads, setting: "".into(), metric, min, median, max, rounds: 9 }
    }
}
