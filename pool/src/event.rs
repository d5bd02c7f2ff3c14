//! `Event`: what happens in the life of a connection; `Observer`: who is told, and may only look.

use crate::close_reason::CloseReason;
use crate::id::ConnectionId;

/// What happens in the life of a connection, in the order in which it happens.
///
/// | what happens | events |
/// |---|---|
/// | first checkout | `FirstConnect`, `Connect`, `Checkout` |
/// | a later one; its return | `Checkout`; `Reset`, `Checkin` |
/// | return of one that will be closed | `Reset` (closing), `Checkin`, `Close` |
/// | invalidate, or a failed rollback after its `Reset` | `Invalidate`, `Close`, `Checkin` (without connection) |
/// | an idle one is replaced at its checkout | `Close` (after `Invalidate`, if it did not answer), `Connect`, `Checkout` |
/// | soft_invalidate; its return; its next checkout | `SoftInvalidate`; `Reset`, `Checkin`; `Close`, `Connect`, `Checkout` |
/// | detach; its drop | `Detach`; `Reset` (closing), `CloseDetached` |
/// | dispose, the pool closes, or an idle connection must go (too old, idle for too long) | `Close` |
///
/// ```
/// use cenote::{Event, Pool};
/// use std::sync::mpsc::channel;
/// # let manager = cenote::doctest::Numbers;
/// let (told, events) = channel();
/// let pool = Pool::builder(manager).observer(move |event: &Event| drop(told.send(*event))).build()?;
/// drop(pool.get().expect("a connection"));
/// let names: Vec<_> = events.try_iter().map(|event| event.name()).collect();
/// assert_eq!(names, ["first_connect", "connect", "checkout", "reset", "checkin"]);
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The first connection of the pool is ready for its hooks. Once a pool.
    FirstConnect(ConnectionId),
    /// A connection was opened.
    Connect(ConnectionId),
    /// A connection is handed out.
    Checkout(ConnectionId),
    /// A connection came home and is about to be cleaned; or, if `closing`, it will be closed and is not.
    Reset {
        /// The connection.
        connection: ConnectionId,
        /// Whether it will be closed, so that the driver is not asked to clean it.
        closing: bool,
    },
    /// A connection is home; none if it was closed on the way. Told also of one that a checkout hook kept from its user.
    Checkin(Option<ConnectionId>),
    /// A connection must not be used any more.
    Invalidate {
        /// The connection.
        connection: ConnectionId,
        /// Why.
        reason: CloseReason,
    },
    /// A connection will be replaced at its next checkout.
    SoftInvalidate(ConnectionId),
    /// A connection is about to be closed.
    Close {
        /// The connection.
        connection: ConnectionId,
        /// Why.
        reason: CloseReason,
    },
    /// A connection left the pool for good.
    Detach(ConnectionId),
    /// A detached connection is about to be closed.
    CloseDetached(ConnectionId),
}

/// Is told of every event of a pool, in the thread in which it happens. It may look, and change nothing.
///
/// No lock of the pool is held, so it may call the pool; a panic in it is caught. Closures that take `&Event` are
/// observers.
///
/// ```
/// use cenote::{Event, Observer};
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// /// Counts the connections that were opened.
/// struct Opened(AtomicU64);
///
/// impl Observer for Opened {
///     fn observe(&self, event: &Event) {
///         if let Event::Connect(_) = event {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// # let manager = cenote::doctest::Numbers;
/// let pool = cenote::Pool::builder(manager).observer(Opened(AtomicU64::new(0))).build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Told what has happened or is about to. Called in the middle of a checkout or return: it should not block.
    fn observe(&self, event: &Event);
}

impl<F: Fn(&Event) + Send + Sync + 'static> Observer for F {
    fn observe(&self, event: &Event) {
        self(event);
    }
}

impl Event {
    /// The name of the event, as SQLAlchemy's.
    pub fn name(&self) -> &'static str {
        match self {
            Self::FirstConnect(_) => "first_connect",
            Self::Connect(_) => "connect",
            Self::Checkout(_) => "checkout",
            Self::Reset { .. } => "reset",
            Self::Checkin(_) => "checkin",
            Self::Invalidate { .. } => "invalidate",
            Self::SoftInvalidate(_) => "soft_invalidate",
            Self::Close { .. } => "close",
            Self::Detach(_) => "detach",
            Self::CloseDetached(_) => "close_detached",
        }
    }
}
