//! `Series`: what rounds of one case have shown, from which medians, and medians of ratios, are made.

use crate::row::Row;
use std::borrow::Cow;

/// The figures of a case, round by round.
pub(crate) struct Series {
    case: &'static str,
    threads: usize,
    setting: Cow<'static, str>,
    figures: Vec<Figure>,
}

struct Figure {
    pool: &'static str,
    metric: &'static str,
    values: Vec<f64>,
}

impl Series {
    pub(crate) fn new(case: &'static str, threads: usize, setting: impl Into<Cow<'static, str>>) -> Self {
        Self { case, threads, setting: setting.into(), figures: Vec::new() }
    }

    /// Notes what a round has shown of a pool.
    pub(crate) fn note(&mut self, pool: &'static str, metric: &'static str, value: f64) {
        match self.figures.iter_mut().find(|figure| figure.pool == pool && figure.metric == metric) {
            Some(figure) => figure.values.push(value),
            None => self.figures.push(Figure { pool, metric, values: vec![value] }),
        }
    }

    /// Adds the ratio of a metric to another pool's (or another series') in the same rounds, for each pool that has it.
    pub(crate) fn compare(&mut self, metric: &str, with: &[f64], name: &'static str) {
        let of_metric = self.figures.iter().filter(|figure| figure.metric == metric);
        let ratios = of_metric.map(|figure| Figure {
            pool: figure.pool,
            metric: name,
            values: figure.values.iter().zip(with).map(|(value, base)| value / base).collect(),
        });
        let ratios: Vec<_> = ratios.collect();
        self.figures.extend(ratios);
    }

    /// What the rounds have shown, one after another.
    pub(crate) fn values(&self, pool: &str, metric: &str) -> Vec<f64> {
        let figure = self.figures.iter().find(|figure| figure.pool == pool && figure.metric == metric);
        figure.map_or_else(Vec::new, |figure| figure.values.clone())
    }

    /// The pools of which a metric was noted.
    pub(crate) fn pools(&self, metric: &str) -> impl Iterator<Item = &'static str> {
        self.figures.iter().filter(move |figure| figure.metric == metric).map(|figure| figure.pool)
    }

    pub(crate) fn rows(self) -> impl Iterator<Item = Row> {
        let Self { case, threads, setting, figures } = self;
        figures.into_iter().map(move |Figure { pool, metric, mut values }| {
            values.sort_by(f64::total_cmp);
            Row {
                case: case.into(),
                pool: pool.into(),
                threads,
                setting: setting.clone(),
                metric: metric.into(),
                min: values[0],
                median: median(&values),
                max: values[values.len() - 1],
                rounds: values.len(),
            }
        })
    }
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_taken_in_each_round_before_the_median() {
        let mut series = Series::new("case", 1, "");
        for (base, value) in [(1.0, 2.0), (10.0, 30.0), (100.0, 900.0)] {
            series.note("base", "cost", base);
            series.note("pool", "cost", value);
        }
        series.compare("cost", &series.values("base", "cost"), "times");
        let row = series.rows().find(|row| row.pool == "pool" && row.metric == "times").unwrap();
        assert_eq!((row.min, row.median, row.max, row.rounds), (2.0, 3.0, 9.0, 3));
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
    }
}
