//! `Row`: a line of the table: what, how much, and what that means.

use indicatif::HumanCount;
use std::fmt;
use std::time::Duration;

/// A line of the table.
#[derive(Debug)]
pub(crate) struct Row {
    name: &'static str,
    value: String,
    remark: String,
}

impl Row {
    pub(crate) fn new(name: &'static str, value: impl Into<String>, remark: impl Into<String>) -> Self {
        Self { name, value: value.into(), remark: remark.into() }
    }

    pub(crate) fn count(name: &'static str, count: u64, remark: impl Into<String>) -> Self {
        Self::new(name, HumanCount(count).to_string(), remark)
    }

    /// A time in microseconds, with a digit after the point where it would be a small number.
    pub(crate) fn wait(name: &'static str, wait: Duration, remark: &str) -> Self {
        let microseconds = wait.as_nanos() as f64 / 1000.0;
        let value = match microseconds {
            small if small < 100.0 => format!("{small:.1} us"),
            large => format!("{} us", HumanCount(large as u64)),
        };
        Self::new(name, value, remark)
    }

    /// Sets groups of lines apart.
    pub(crate) fn blank() -> Self {
        Self::new("", "", "")
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("  {:20} {:>12}   {}", self.name, self.value, self.remark);
        f.write_str(line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_below_each_other() {
        let count = Row::count("reads", 1_234_567, "in all").to_string();
        let wait = Row::wait("wait p50", Duration::from_nanos(1_250), "").to_string();
        assert_eq!(count, "  reads                   1,234,567   in all");
        assert_eq!(wait, "  wait p50                   1.2 us");
        assert_eq!(Row::blank().to_string(), "");
    }
}
