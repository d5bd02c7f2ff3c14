//! `StrategyKind`: the strategies by their names on the command line.

use clap::ValueEnum;
use std::fmt;

/// How the connections are shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StrategyKind {
    /// Keeps some connections, opens a few more when all are out, then callers wait in line
    Queue,
    /// Keeps one connection for each thread: nobody waits in line
    SingletonThread,
    /// Keeps none: opens one for each checkout
    Null,
    /// Keeps one for all: the threads take turns
    Static,
    /// Keeps one, and a second checkout is an error that names the first; runs one thread
    Assertion,
}

impl StrategyKind {
    /// Whether one can say how many connections it keeps.
    pub(crate) fn has_size(self) -> bool {
        matches!(self, Self::Queue | Self::SingletonThread)
    }

    /// What the strategy does, in one line.
    pub(crate) fn describe(self, size: usize) -> String {
        match self {
            Self::Queue => {
                format!("keeps {size} connections, opens up to 10 more, then callers wait in line")
            }
            Self::SingletonThread => format!("one connection for each thread, kept for {size} threads"),
            Self::Null => "opens a connection for each checkout, and closes it at its return".to_owned(),
            Self::Static => "one connection, for which the threads take turns".to_owned(),
            Self::Assertion => "one connection, one user: a second checkout is an error".to_owned(),
        }
    }
}

impl fmt::Display for StrategyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Queue => "queue",
            Self::SingletonThread => "singleton-thread",
            Self::Null => "null",
            Self::Static => "static",
            Self::Assertion => "assertion",
        })
    }
}
