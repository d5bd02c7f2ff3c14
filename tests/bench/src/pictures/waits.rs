//! `waits.svg`: how long threads wait for a connection of which there are too few.

use super::canvas::{ABOVE, Canvas, Letters, Point, picture};
use super::logarithmic::Logarithmic;
use super::palette::{FAINT, GRID, INK, OURS, PEER};
use crate::cases::oversubscribed::{CASE, CONNECTIONS, THREADS};
use crate::figures::distinct;
use crate::labels::{is_ours, label};
use crate::report::Report;
use crate::rounded::{time, without_noughts};
use plotters::style::RGBColor;

/// The setting in which most programs use a pool: whoever has a connection waits for the server's answer.
const SETTING: &str = "held 200 us, asleep";

/// From left to right.
const PERCENTILES: [(&str, &str); 4] =
    [("p50", "wait_p50_us"), ("p99", "wait_p99_us"), ("p99.9", "wait_p999_us"), ("max", "wait_max_us")];

const LEFT: i32 = 200;
const RIGHT: i32 = 544;
/// Where the first column of numbers ends, and how far it is to the next.
const NUMBERS: i32 = 634;
const COLUMN: i32 = 74;
const STEP: i32 = 34;

pub(super) fn draw(report: &Report) -> Option<String> {
    let mut pools = Waits::of_all(report);
    pools.sort_by(|one, other| one.us[3].total_cmp(&other.us[3]));
    let scale = Logarithmic::around(pools.iter().flat_map(|pool| pool.us), (LEFT, RIGHT))?;
    let bottom = ABOVE + STEP * i32::try_from(pools.len()).ok()?;
    let title = "Wait for a connection: a short bar further left is better";
    let subtitle = format!(
        "Logarithmic. {THREADS} threads share {CONNECTIONS} connections and sleep 200 us with each: short is fair."
    );
    Some(picture(report, bottom - ABOVE + 24, title, &subtitle, |canvas| {
        head(canvas, &scale, bottom);
        for (pool, top) in pools.iter().zip((ABOVE..).step_by(STEP as usize)) {
            pool.draw(canvas, &scale, top + STEP / 2);
        }
    }))
}

/// The waits for one pool, in microseconds.
struct Waits<'r> {
    pool: &'r str,
    us: [f64; 4],
}

impl<'r> Waits<'r> {
    fn of_all(report: &'r Report) -> Vec<Self> {
        let of = |metric| report.rows_of(CASE, metric).filter(|row| row.setting == SETTING);
        let pools = distinct(of(PERCENTILES[0].1).map(|row| &*row.pool));
        let us = |pool| {
            PERCENTILES
                .map(|(_, metric)| of(metric).find(|row| row.pool == pool).map_or(f64::NAN, |row| row.median))
        };
        let waits = pools.into_iter().map(|pool| Self { pool, us: us(pool) });
        waits.filter(|waits| waits.us.iter().all(|us| us.is_finite())).collect()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, scale: &Logarithmic, y: i32) {
        let ours = is_ours(self.pool);
        let (color, letters) =
            if ours { (OURS, Letters::of(13.0, OURS).bold()) } else { (PEER, Letters::of(13.0, INK)) };
        canvas.text(label(self.pool), (LEFT - 10, y), letters.ending());
        canvas.line(&[(scale.at(self.us[0]), y), (scale.at(self.us[3]), y)], 3, color);
        for (number, us) in self.us.into_iter().enumerate().rev() {
            mark(canvas, number, (scale.at(us), y), color);
            canvas.text(&time(us), (column(number), y), letters.ending());
        }
    }
}

/// The scale, and above the numbers which mark is which.
fn head(canvas: &mut Canvas<'_>, scale: &Logarithmic, bottom: i32) {
    for tick in scale.ticks() {
        let x = scale.at(tick);
        canvas.line(&[(x, ABOVE), (x, bottom)], 1, GRID);
        canvas.text(&without_noughts(&time(tick)), (x, bottom + 12), Letters::of(11.0, FAINT).centered());
    }
    for (number, (name, _)) in PERCENTILES.into_iter().enumerate() {
        let letters = Letters::of(12.0, FAINT);
        mark(canvas, number, (column(number) - 46, ABOVE - 6), FAINT);
        canvas.text(name, (column(number), ABOVE - 6), letters.ending());
    }
}

/// A mark that is unlike the other three.
fn mark(canvas: &mut Canvas<'_>, number: usize, at: Point, color: RGBColor) {
    let (x, y) = at;
    match number {
        0 => canvas.ring(at, 5, color),
        1 => canvas.dot(at, 6, color),
        2 => canvas.bar((x - 4, y - 4), (x + 4, y + 4), color),
        _ => canvas.bar((x - 1, y - 9), (x + 2, y + 9), color),
    }
}

/// Where the numbers of a percentile end.
fn column(number: usize) -> i32 {
    NUMBERS + COLUMN * i32::try_from(number).expect("there are four")
}
