//! `Canvas`: the paper, with title and footer on it, and the few strokes that the pictures are made of.

use super::palette::{FAINT, INK, PAPER};
use crate::report::Report;
use plotters::prelude::{DrawingBackend, FontFamily, FontStyle, RGBColor, SVGBackend, TextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, ShapeStyle};
use std::fmt::Debug;

/// A point, counted from the upper left corner.
pub(super) type Point = (i32, i32);

/// A picture that is being drawn.
pub(super) struct Canvas<'t> {
    svg: SVGBackend<'t>,
    height: i32,
}

/// How a text looks, and where its point is.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    size: f64,
    bold: bool,
    color: RGBColor,
    anchor: HPos,
}

pub(super) const WIDTH: i32 = 880;
/// What title and footer leave free lies between these distances from the upper and the lower edge.
pub(super) const ABOVE: i32 = 96;
pub(super) const BELOW: i32 = 68;
pub(super) const MARGIN: i32 = 24;

/// Draws a picture of so many pixels between title and footer.
pub(super) fn picture(
    report: &Report,
    height: i32,
    title: &str,
    subtitle: &str,
    draw: impl FnOnce(&mut Canvas<'_>),
) -> String {
    let height = ABOVE + height + BELOW;
    let mut text = String::new();
    let mut canvas =
        Canvas { svg: SVGBackend::with_string(&mut text, (WIDTH as u32, height as u32)), height };
    canvas.bar((0, 0), (WIDTH, height), PAPER);
    canvas.text(title, (MARGIN, 34), Letters::of(21.0, INK).bold());
    canvas.text(subtitle, (MARGIN, 61), Letters::of(13.5, FAINT));
    canvas.footer(report);
    draw(&mut canvas);
    drop(canvas);
    text
}

impl Letters {
    pub(super) fn of(size: f64, color: RGBColor) -> Self {
        Self { size, bold: false, color, anchor: HPos::Left }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The text ends at its point.
    pub(super) fn ending(self) -> Self {
        Self { anchor: HPos::Right, ..self }
    }

    pub(super) fn centered(self) -> Self {
        Self { anchor: HPos::Center, ..self }
    }

    fn style(self) -> TextStyle<'static> {
        // What the backend is told is larger than the size in pixels by this.
        const OF_BACKEND: f64 = 1.24;
        let style = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        let family = FontFamily::Name("Helvetica, Arial, sans-serif");
        let font = FontDesc::new(family, self.size * OF_BACKEND, style);
        font.color(&self.color).pos(Pos::new(self.anchor, VPos::Center))
    }
}

impl Canvas<'_> {
    pub(super) fn text(&mut self, text: &str, at: Point, letters: Letters) {
        drawn(self.svg.draw_text(text, &letters.style(), at));
    }

    pub(super) fn bar(&mut self, from: Point, to: Point, color: RGBColor) {
        drawn(self.svg.draw_rect(from, to, &color.filled(), true));
    }

    pub(super) fn line(&mut self, points: &[Point], width: u32, color: RGBColor) {
        drawn(self.svg.draw_path(points.iter().copied(), &stroke(width, color)));
    }

    /// A line of dashes through all the points.
    pub(super) fn dashes(&mut self, points: &[Point], width: u32, color: RGBColor) {
        const DASH: f64 = 5.0;
        for ends in points.windows(2) {
            let [from, to] = [ends[0], ends[1]].map(|(x, y)| (f64::from(x), f64::from(y)));
            let (right, down) = (to.0 - from.0, to.1 - from.1);
            let length = right.hypot(down);
            let at = |way: f64| {
                let part = (way / length).min(1.0);
                ((from.0 + part * right).round() as i32, (from.1 + part * down).round() as i32)
            };
            for dash in 0..(length / (2.0 * DASH)).ceil() as i32 {
                let way = f64::from(dash) * 2.0 * DASH;
                drawn(self.svg.draw_line(at(way), at(way + DASH), &stroke(width, color)));
            }
        }
    }

    pub(super) fn dot(&mut self, at: Point, radius: u32, color: RGBColor) {
        drawn(self.svg.draw_circle(at, radius, &color.filled(), true));
    }

    /// The edge of a dot whose inside is paper.
    pub(super) fn ring(&mut self, at: Point, radius: u32, color: RGBColor) {
        self.dot(at, radius, PAPER);
        drawn(self.svg.draw_circle(at, radius, &stroke(2, color), false));
    }

    fn footer(&mut self, report: &Report) {
        let letters = Letters::of(11.0, FAINT);
        let Report { machine, date, command, .. } = report;
        self.text(&machine.to_string(), (MARGIN, self.height - 36), letters);
        let cenote = machine.version("cenote");
        self.text(&format!("cenote {cenote}, {date}, {command}"), (MARGIN, self.height - 19), letters);
    }
}

fn stroke(width: u32, color: RGBColor) -> ShapeStyle {
    color.stroke_width(width)
}

fn drawn(result: Result<(), impl Debug>) {
    result.expect("a picture in memory can always be drawn");
}
