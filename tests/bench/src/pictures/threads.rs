//! `threads.svg`: how many gets and drops some threads do together.

use super::canvas::{ABOVE, Canvas, Letters, MARGIN, Point, WIDTH, picture};
use super::labelled_ends::spread;
use super::logarithmic::Logarithmic;
use super::palette::{FAINT, GRID, INK, OURS, PEER};
use crate::cases::threads::{CASE, THROUGHPUT};
use crate::figures::distinct;
use crate::labels::{is_ours, label};
use crate::report::Report;
use crate::rounded::{rounded, without_noughts};
use crate::row::Row;
use plotters::style::RGBColor;

const LEFT: i32 = MARGIN + 46;
const RIGHT: i32 = WIDTH - MARGIN - 290;
const HEIGHT: i32 = 400;
const BOTTOM: i32 = ABOVE + HEIGHT - 44;

pub(super) fn draw(report: &Report) -> Option<String> {
    let rows: Vec<_> = report.rows_of(CASE, THROUGHPUT).collect();
    let across = Logarithmic::exactly(rows.iter().map(|row| row.threads as f64), (LEFT + 14, RIGHT - 14))?;
    let upwards = Logarithmic::around(rows.iter().map(|row| row.median), (BOTTOM, ABOVE))?;
    let curves = Curve::all(&rows, &across, &upwards);
    let mut threads: Vec<_> = rows.iter().map(|row| row.threads).collect();
    threads.sort_unstable();
    threads.dedup();
    let title = "Gets and drops per second, all threads together: higher is better";
    let cores = report.machine.cores;
    let subtitle =
        format!("By number of threads on {cores} cores, logarithmic. There is a connection for each thread.");
    Some(picture(report, HEIGHT, title, &subtitle, |canvas| {
        axes(canvas, &across, &upwards, &threads);
        for curve in curves.iter().filter(|curve| !is_ours(curve.pool)) {
            curve.draw(canvas);
        }
        for curve in curves.iter().filter(|curve| is_ours(curve.pool)) {
            curve.draw(canvas);
        }
        let ends: Vec<_> = curves.iter().map(Curve::end).collect();
        for (curve, place) in curves.iter().zip(spread(&ends, 17, BOTTOM)) {
            curve.name(canvas, place);
        }
    }))
}

/// The throughput of one pool.
struct Curve<'r> {
    pool: &'r str,
    points: Vec<Point>,
    last: f64,
}

impl<'r> Curve<'r> {
    /// One for each pool, in the order in which they end, from above.
    fn all(rows: &[&'r Row], across: &Logarithmic, upwards: &Logarithmic) -> Vec<Self> {
        let curve = |pool| {
            let mut rows: Vec<_> = rows.iter().filter(|row| row.pool == pool).collect();
            rows.sort_by_key(|row| row.threads);
            let points = rows.iter().map(|row| (across.at(row.threads as f64), upwards.at(row.median)));
            Self { pool, points: points.collect(), last: rows[rows.len() - 1].median }
        };
        let mut curves: Vec<_> = distinct(rows.iter().map(|row| &*row.pool)).into_iter().map(curve).collect();
        curves.sort_by_key(Self::end);
        curves
    }

    fn end(&self) -> i32 {
        self.points[self.points.len() - 1].1
    }

    fn color(&self) -> RGBColor {
        match self.pool {
            "limit" => INK,
            pool if is_ours(pool) => OURS,
            _ => PEER,
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let color = self.color();
        if self.pool == "limit" {
            return canvas.dashes(&self.points, 1, color);
        }
        canvas.line(&self.points, if is_ours(self.pool) { 3 } else { 2 }, color);
        for point in &self.points {
            canvas.dot(*point, 4, color);
        }
    }

    /// Writes value and name beside the end, with a thin line to it if it had to move.
    fn name(&self, canvas: &mut Canvas<'_>, place: i32) {
        let (x, y) = (self.points[self.points.len() - 1].0, self.end());
        canvas.line(&[(x + 8, y), (x + 24, place), (x + 30, place)], 1, PEER);
        let letters = Letters::of(13.0, if is_ours(self.pool) { OURS } else { INK });
        let letters = if is_ours(self.pool) { letters.bold() } else { letters };
        canvas.text(&rounded(self.last), (x + 86, place), letters.ending());
        canvas.text(label(self.pool), (x + 96, place), letters);
    }
}

fn axes(canvas: &mut Canvas<'_>, across: &Logarithmic, upwards: &Logarithmic, threads: &[usize]) {
    let letters = Letters::of(11.0, FAINT);
    for tick in upwards.ticks() {
        let y = upwards.at(tick);
        canvas.line(&[(LEFT, y), (RIGHT, y)], 1, GRID);
        canvas.text(&without_noughts(&rounded(tick)), (LEFT - 6, y), letters.ending());
    }
    for &number in threads {
        let x = across.at(number as f64);
        let words = if number == 1 { "1 thread".to_owned() } else { number.to_string() };
        canvas.line(&[(x, ABOVE), (x, BOTTOM)], 1, GRID);
        canvas.text(&words, (x, BOTTOM + 14), letters.centered());
    }
}
