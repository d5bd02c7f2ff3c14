//! `Error`: what a checkout can end with.

use crate::invalid_argument::InvalidArgument;
use crate::timeout_report::TimeoutReport;
use std::backtrace::Backtrace;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

/// What a checkout can end with. `source()` gives the driver's own error, which can be downcast.
///
/// ```
/// # let pool = cenote::doctest::numbers();
/// pool.close();
/// assert!(matches!(pool.get(), Err(cenote::Error::Closed)));
/// ```
#[non_exhaustive]
pub enum Error<E> {
    /// The deadline passed. The report says who holds the connections, and what the last connect died of.
    #[non_exhaustive]
    Timeout {
        /// The state of the pool when the deadline passed.
        report: Box<TimeoutReport<E>>,
    },
    /// The driver could not connect, or a hook refused the new connection.
    #[non_exhaustive]
    Connect {
        /// The driver's own error.
        cause: Arc<E>,
    },
    /// The pool is closed.
    Closed,
    /// The connection is checked out already, and the strategy forbids or cannot serve a second checkout; or this thread
    /// has one out, and [`refuse_nested`](crate::Builder::refuse_nested) was asked for.
    #[non_exhaustive]
    AlreadyCheckedOut {
        /// Where the first checkout was asked for.
        at: &'static Location<'static>,
        /// How the first checkout came there, if [`Assertion::backtrace`](crate::Assertion::backtrace) asked for it.
        backtrace: Option<Arc<Backtrace>>,
    },
    /// A checkout hook refused the connection.
    #[non_exhaustive]
    Refused {
        /// The hook's own error; none if it called one connection after another dead.
        cause: Option<Arc<E>>,
    },
    /// A worker thread was needed and the system refused to start one.
    #[non_exhaustive]
    Worker {
        /// The system's answer.
        cause: Arc<std::io::Error>,
    },
    /// An argument makes no sense for this pool.
    Argument(InvalidArgument),
}

impl<E> Error<E> {
    pub(crate) fn connect(cause: Arc<E>) -> Self {
        Self::Connect { cause }
    }

    /// Whether the deadline passed.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// The driver's own error, if that is what the checkout failed with; of a timeout, the last connect error.
    pub fn driver_error(&self) -> Option<&E> {
        match self {
            Self::Timeout { report } => report.last_connect_error(),
            Self::Connect { cause } => Some(cause),
            Self::Refused { cause } => cause.as_deref(),
            _ => None,
        }
    }
}

impl<E> From<InvalidArgument> for Error<E> {
    fn from(error: InvalidArgument) -> Self {
        Self::Argument(error)
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Timeout { .. } | Self::Connect { .. } | Self::Refused { .. } => {
                self.driver_error().map(|error| error as _)
            }
            Self::Worker { cause } => Some(&**cause),
            Self::Argument(error) => Some(error),
            Self::Closed | Self::AlreadyCheckedOut { .. } => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout { report } => report.fmt(f),
            Self::Connect { cause } => write!(f, "could not connect: {cause}"),
            Self::Closed => f.write_str("the pool is closed"),
            Self::AlreadyCheckedOut { at, backtrace } => {
                write!(f, "the connection is already checked out, at {at}")?;
                match backtrace {
                    Some(backtrace) => write!(f, "\n{backtrace}"),
                    None => Ok(()),
                }
            }
            Self::Refused { cause: Some(cause) } => write!(f, "a checkout hook refused: {cause}"),
            Self::Refused { cause: None } => {
                f.write_str("a checkout hook called one connection after another dead")
            }
            Self::Worker { cause } => write!(f, "could not start a worker thread: {cause}"),
            Self::Argument(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout { report } => f.debug_struct("Timeout").field("report", report).finish(),
            Self::Connect { cause } => f.debug_struct("Connect").field("cause", cause).finish(),
            Self::Closed => f.write_str("Closed"),
            Self::AlreadyCheckedOut { at, .. } => {
                f.debug_struct("AlreadyCheckedOut").field("at", at).finish()
            }
            Self::Refused { cause } => f.debug_struct("Refused").field("cause", cause).finish(),
            Self::Worker { cause } => f.debug_struct("Worker").field("cause", cause).finish(),
            Self::Argument(error) => f.debug_tuple("Argument").field(error).finish(),
        }
    }
}
