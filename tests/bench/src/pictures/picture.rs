//! `Picture`: a file, the case whose rows it shows, and how it is drawn.

use super::{cycle_cost, threads, waits};
use crate::cases;
use crate::report::Report;

/// One picture.
pub(crate) struct Picture {
    pub(crate) name: &'static str,
    pub(crate) case: &'static str,
    /// Gives the text of the file; nothing if the report has no rows for it.
    pub(crate) draw: fn(&Report) -> Option<String>,
}

pub(crate) const PICTURES: [Picture; 3] = [
    Picture { name: "cycle-cost.svg", case: cases::uncontended::CASE, draw: cycle_cost::draw },
    Picture { name: "threads.svg", case: cases::threads::CASE, draw: threads::draw },
    Picture { name: "waits.svg", case: cases::oversubscribed::CASE, draw: waits::draw },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Row;

    #[test]
    fn what_was_not_measured_is_not_drawn() {
        let report = Report::planted(Vec::new());
        for picture in PICTURES {
            assert!((picture.draw)(&report).is_none(), "{}", picture.name);
        }
    }

    #[test]
    fn what_was_measured_is_drawn_with_the_names_of_the_pools() {
        let mut rows = Vec::new();
        for (pool, value) in [("limit", 10.0), ("cenote/Queue/lean", 20.0), ("r2d2", 140.0)] {
            rows.push(Row::planted("uncontended", pool, 1, "ns_per_cycle", value));
            for threads in [1, 2] {
                rows.push(Row::planted("threads", pool, threads, "cycles_per_second", 1e9 / value));
            }
            for metric in ["wait_p50_us", "wait_p99_us", "wait_p999_us", "wait_max_us"] {
                let row = Row::planted("oversubscribed", pool, 64, metric, value);
                rows.push(Row { setting: "held 200 us, asleep".into(), ..row });
            }
        }
        let report = Report::planted(rows);
        for picture in PICTURES {
            let text = (picture.draw)(&report).expect(picture.name);
            assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>"), "{}", picture.name);
            assert!(text.contains("\nr2d2\n") && text.contains("\ncenote, lean\n"), "{}", picture.name);
            assert!(!text.contains("NaN") && !text.contains("inf"), "{}", picture.name);
        }
    }
}
