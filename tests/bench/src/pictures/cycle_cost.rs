//! `cycle-cost.svg`: what a get and a drop cost, by pool.

use super::canvas::{ABOVE, Canvas, Letters, MARGIN, WIDTH, picture};
use super::logarithmic::Logarithmic;
use super::palette::{FAINT, GRID, INK, OURS, PEER};
use crate::cases::uncontended::{CASE, COST};
use crate::labels::{is_ours, label};
use crate::report::Report;
use crate::rounded::{rounded, without_noughts};
use crate::row::Row;

const LEFT: i32 = 244;
const RIGHT: i32 = WIDTH - MARGIN - 60;
/// How much height a pool takes, and how much of it its bar.
const STEP: i32 = 26;
const BAR: i32 = 16;

pub(super) fn draw(report: &Report) -> Option<String> {
    let mut rows: Vec<_> = report.rows_of(CASE, COST).filter(|row| is_pool(row)).collect();
    rows.sort_by(|one, other| one.median.total_cmp(&other.median));
    let limit = report.rows_of(CASE, COST).find(|row| row.pool == "limit");
    let costs = rows.iter().copied().chain(limit).map(|row| row.median);
    let scale = Logarithmic::around(costs, (LEFT, RIGHT))?;
    let bottom = ABOVE + STEP * i32::try_from(rows.len()).ok()?;
    let title = "Cost of a get and a drop: lower is better";
    let subtitle =
        "Nanoseconds, logarithmic. One thread, a connection that is nothing: what is left is the pool.";
    Some(picture(report, bottom - ABOVE + 24, title, subtitle, |canvas| {
        ticks(canvas, &scale, bottom);
        for (row, top) in rows.iter().zip((ABOVE..).step_by(STEP as usize)) {
            bar(canvas, &scale, row, top);
        }
        if let Some(limit) = limit {
            mark(canvas, scale.at(limit.median), limit.median, bottom);
        }
    }))
}

/// Whoever connects for each use lends nothing, and the limit is drawn as a line.
fn is_pool(row: &Row) -> bool {
    !row.pool.starts_with("by-hand") && row.pool != "limit"
}

fn ticks(canvas: &mut Canvas<'_>, scale: &Logarithmic, bottom: i32) {
    for tick in scale.ticks() {
        let x = scale.at(tick);
        canvas.line(&[(x, ABOVE - 4), (x, bottom)], 1, GRID);
        canvas.text(
            &format!("{} ns", without_noughts(&rounded(tick))),
            (x, bottom + 12),
            Letters::of(11.0, FAINT).centered(),
        );
    }
}

fn bar(canvas: &mut Canvas<'_>, scale: &Logarithmic, row: &Row, top: i32) {
    let (middle, end) = (top + STEP / 2, scale.at(row.median));
    let (color, letters) = if is_ours(&row.pool) {
        (OURS, Letters::of(13.0, OURS).bold())
    } else {
        (PEER, Letters::of(13.0, INK))
    };
    canvas.text(label(&row.pool), (LEFT - 10, middle), letters.ending());
    canvas.bar((LEFT, middle - BAR / 2), (end, middle + BAR / 2), color);
    canvas.text(&rounded(row.median), (end + 7, middle), letters);
}

fn mark(canvas: &mut Canvas<'_>, x: i32, limit: f64, bottom: i32) {
    canvas.dashes(&[(x, ABOVE - 6), (x, bottom)], 1, INK);
    let words = format!("limit: two atomic additions, {} ns", rounded(limit));
    canvas.text(&words, (x - 4, ABOVE - 13), Letters::of(11.0, INK));
}
