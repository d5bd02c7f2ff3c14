//! What one sees in the table and why, and what to try next: in words, for each strategy.

use indicatif::HumanCount;

use crate::strategy_kind::StrategyKind;

/// What the words depend on.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) strategy: StrategyKind,
    pub(crate) threads: usize,
    pub(crate) size: usize,
    pub(crate) opened: u64,
    pub(crate) timeouts: u64,
}

impl Run {
    /// What one sees, and why.
    pub(crate) fn meaning(&self) -> String {
        let speed = if cfg!(debug_assertions) {
            " (This build is not optimised: `cargo run --release --package cenote-demo` does about twice as much.)"
        } else {
            ""
        };
        self.of_strategy() + speed
    }

    /// Commands for another run, each with what it would show.
    pub(crate) fn next(&self) -> Vec<(String, &'static str)> {
        let strategy = self.strategy;
        let demo = |arguments: &str| format!("cargo xtask demo {arguments}");
        let room_for_all = demo(&format!("--strategy {strategy} --size {}", self.threads));
        match strategy {
            StrategyKind::Queue | StrategyKind::SingletonThread if self.threads <= self.size => vec![
                (demo(&format!("--strategy {strategy} --threads 64")), "more threads than connections"),
                (demo("--strategy null"), "what a pool saves"),
            ],
            StrategyKind::Queue if self.timeouts > 0 => {
                vec![
                    (room_for_all, "a connection for every thread"),
                    (demo("--strategy null"), "what a pool saves"),
                ]
            }
            StrategyKind::Queue => vec![
                (room_for_all, "a connection for every thread"),
                (demo("--threads 64 --timeout 5"), "errors that name the holders"),
                (demo("--strategy null"), "what a pool saves"),
            ],
            StrategyKind::SingletonThread => vec![
                (room_for_all, "room for every thread"),
                (demo("--strategy queue"), "threads that share"),
            ],
            StrategyKind::Null => vec![(demo("--strategy queue"), "connections that are kept")],
            StrategyKind::Static => vec![
                (demo("--strategy queue"), "queries side by side"),
                (demo("--strategy static --timeout 1"), "errors that name the holder"),
            ],
            StrategyKind::Assertion => vec![(demo("--strategy static"), "threads that take turns")],
        }
    }

    fn of_strategy(&self) -> String {
        let Self { threads, size, .. } = *self;
        let opened = HumanCount(self.opened);
        match self.strategy {
            StrategyKind::Queue if threads <= size => {
                "There was a connection for every thread: each got the one that it had last, with two atomic \
                 instructions and no lock (p50). Only first checkouts had to wait, for a connection to open (max)."
                    .to_owned()
            }
            StrategyKind::Queue => format!(
                "{threads} threads shared {size} connections that stay, and up to 10 more that are opened when all \
                 are out, and closed as surplus when nobody waits for them. Half of all checkouts took no longer than \
                 p50; p99 and max are those that stood in line, first come first served, or opened a connection.",
            ),
            StrategyKind::SingletonThread if threads <= size => {
                "Each thread had a connection of its own and kept it, so nobody can wait for anybody (p50). Only the \
                 first checkout of each thread waited, for its connection to open (max). Each was closed when its \
                 thread ended."
                    .to_owned()
            }
            StrategyKind::SingletonThread => format!(
                "Nobody stands in line: a thread without a connection opens one. But only {size} are kept: while \
                 more are open, one that comes home is closed as surplus, so that {threads} threads opened {opened} \
                 in all. That is dear: p50 is what opening costs, and each first statement reads the schema again.",
            ),
            StrategyKind::Null => format!(
                "Every checkout opened a connection and every return closed it, {opened} times: p50 is what opening \
                 costs, and each first statement reads the schema again. Compare the checkouts a second with those of \
                 the strategy queue: that is what a pool saves.",
            ),
            StrategyKind::Static if threads == 1 => {
                "One thread had the only connection for itself. With more threads they take turns.".to_owned()
            }
            StrategyKind::Static => format!(
                "{threads} threads took turns with one connection, first come first served: p50 is how long one waits \
                 while the others work. Nobody can meet a locked database, because there is one writer; but nobody \
                 can read while it writes, either.",
            ),
            StrategyKind::Assertion => {
                "One thread, one connection, never two at a time: nothing to wait for, and no error. The strategy is \
                 meant for tests and tools, where a second checkout is a bug to be found."
                    .to_owned()
            }
        }
    }
}
