//! `Progress`: live figures: one block that changes in place on a terminal, elsewhere a line every second.

use cenote::Status;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::VecDeque;
use std::time::Duration;

use crate::console;
use crate::tally::Score;

/// The figures of one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Snapshot {
    at: Duration,
    in_use: usize,
    idle: usize,
    waiting: usize,
    checkouts: u64,
    reads: u64,
    writes: u64,
}

impl Snapshot {
    pub(crate) fn take(status: &Status, scores: &[Score], at: Duration) -> Self {
        Self {
            at,
            in_use: status.in_use,
            idle: status.idle,
            waiting: status.waiting,
            checkouts: status.totals.checkouts,
            reads: scores.iter().map(Score::reads).sum(),
            writes: scores.iter().map(Score::writes).sum(),
        }
    }
}

const HEADER: &str = "  in use   idle  waiting  checkouts/s         reads     writes  time left";

/// Shows snapshots as they come.
#[derive(Debug)]
pub(crate) struct Progress {
    duration: Duration,
    /// Only on a terminal.
    bar: Option<ProgressBar>,
    /// Of the last second, for the rate.
    recent: VecDeque<(Duration, u64)>,
}

impl Progress {
    pub(crate) fn begin(duration: Duration) -> Self {
        let bar = console::is_terminal().then(|| block(duration));
        if bar.is_none() {
            console::line(HEADER);
        }
        Self { duration, bar, recent: VecDeque::from([(Duration::ZERO, 0)]) }
    }

    /// How long to wait for the next moment to show.
    pub(crate) fn until_next(&self, now: Duration) -> Duration {
        let interval: u64 = if self.bar.is_some() { 100 } else { 1000 };
        let into = now.as_millis() as u64 % interval;
        Duration::from_millis(interval - into)
    }

    pub(crate) fn show(&mut self, snapshot: &Snapshot) {
        let figures = self.figures(snapshot);
        match &self.bar {
            Some(bar) => {
                bar.set_position(snapshot.at.min(self.duration).as_millis() as u64);
                bar.set_message(format!("{HEADER}\n{figures}"));
            }
            None => console::line(figures),
        }
    }

    /// Leaves the last figures on the screen.
    ///
    /// After Ctrl-C those are the ones that stand there: the terminal has written `^C` below them, so that a block
    /// drawn once more would be one line off.
    pub(crate) fn end(&mut self, snapshot: &Snapshot, was_interrupted: bool) {
        if let Some(bar) = self.bar.as_ref().filter(|_| was_interrupted) {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else {
            self.show(snapshot);
        }
        if let Some(bar) = &self.bar {
            bar.abandon();
            console::line("");
        }
    }

    fn figures(&mut self, now: &Snapshot) -> String {
        let (left, rate) = (self.duration.saturating_sub(now.at), self.rate(now));
        let (reads, writes) = (HumanCount(now.reads).to_string(), HumanCount(now.writes).to_string());
        format!(
            "{:8} {:6} {:8} {:>12} {reads:>13} {writes:>10} {:8.1} s",
            now.in_use,
            now.idle,
            now.waiting,
            HumanCount(rate).to_string(),
            left.as_secs_f64(),
        )
    }

    /// Checkouts per second, over the last second or so.
    fn rate(&mut self, now: &Snapshot) -> u64 {
        const WINDOW: Duration = Duration::from_millis(1050);
        self.recent.push_back((now.at, now.checkouts));
        while self.recent.len() > 2 && now.at - self.recent[0].0 > WINDOW {
            self.recent.pop_front();
        }
        let (since, checkouts) = self.recent[0];
        let seconds = (now.at - since).as_secs_f64().max(0.001);
        (now.checkouts.saturating_sub(checkouts) as f64 / seconds) as u64
    }
}

fn block(duration: Duration) -> ProgressBar {
    let template = "{msg}\n  [{bar:68}]";
    let style = ProgressStyle::with_template(template).expect("the template is sound").progress_chars("=> ");
    ProgressBar::with_draw_target(Some(duration.as_millis() as u64), ProgressDrawTarget::stdout())
        .with_style(style)
}
