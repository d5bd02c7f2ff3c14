//! `Manager`: what a driver provides, and the words in which it answers.

use std::time::Duration;

/// What a driver provides: how to open, clean and check one of its connections.
///
/// Three methods are required. Each says who calls it, whether it may block, and what a bad answer leads to.
/// No lock of the pool is held in any of them, and each may panic: the place is given back, the connection is
/// closed, and the panic goes on to whoever asked.
///
/// ```
/// use std::{convert::Infallible, time::Duration};
///
/// /// Hands out numbers: nothing to clean, nothing that could die.
/// struct Numbers;
///
/// impl cenote::Manager for Numbers {
///     type Connection = u64;
///     type Error = Infallible;
///
///     fn connect(&self, _within: Duration) -> Result<u64, Infallible> {
///         Ok(42)
///     }
///     fn rollback(&self, _conn: &mut u64) -> Result<(), Infallible> {
///         Ok(())
///     }
///     fn is_valid(&self, _conn: &mut u64, _within: Duration) -> Result<(), Infallible> {
///         Ok(())
///     }
///     fn may_hang(&self) -> cenote::MayHang {
///         cenote::MayHang::NOTHING
///     }
/// }
///
/// let pool = cenote::Pool::new(Numbers);
/// assert_eq!(*pool.get()?, 42);
/// # Ok::<(), cenote::Error<Infallible>>(())
/// ```
pub trait Manager: Send + Sync + 'static {
    /// The driver's own connection, or the adapter's struct around it that derefs to it.
    type Connection: Send + 'static;

    /// The driver's own error.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Opens a connection. Called when a place is free and nothing idle fits; may block.
    ///
    /// `within` is what is left of the caller's deadline ([`Duration::MAX`] for none): a driver that can bound
    /// its connect does so. On a worker it is at least the pool's timeout: what comes too late for one caller is good
    /// for the next. An error goes to the caller at once, with its cause.
    fn connect(&self, within: Duration) -> Result<Self::Connection, Self::Error>;

    /// Brings a returned connection back to a clean state: no open transaction. Called when one comes home to be kept,
    /// in the thread that returns it (on a worker with [`reset_timeout`](crate::Builder::reset_timeout)); may block, and
    /// should cost nothing where nothing is open.
    ///
    /// After an error the connection is closed.
    #[doc(alias = "reset")]
    fn rollback(&self, conn: &mut Self::Connection) -> Result<(), Self::Error>;

    /// Asks whether an idle connection that is about to be lent still works. Called as [`PrePing`] says; may ask
    /// the server and may block, at most for `within`.
    ///
    /// After an error the connection is closed and replaced within the same checkout; if
    /// [`classify`](Self::classify) calls the error [`Fault::Lost`], every connection of the same age is suspect
    /// and the pool raises its generation.
    ///
    /// [`PrePing`]: crate::PrePing
    fn is_valid(&self, conn: &mut Self::Connection, within: Duration) -> Result<(), Self::Error>;

    /// Says whether a returned connection is known to be unusable. Called after it was cleaned; must not block.
    fn has_broken(&self, _conn: &mut Self::Connection) -> bool {
        false
    }

    /// Closes a connection for good. Called exactly once for each connection that [`connect`](Self::connect)
    /// gave, unless it was detached and taken; may block. An error is logged: there is nobody to tell.
    fn close(&self, conn: Self::Connection) -> Result<(), Self::Error> {
        drop(conn);
        Ok(())
    }

    /// Says what an error means for the pool.
    fn classify(&self, _error: &Self::Error) -> Fault {
        Fault::Other
    }

    /// Says which calls the driver cannot bound in time, whatever the server does.
    ///
    /// Those run on a worker thread of the pool that the caller can leave when its deadline comes; the others
    /// run in the caller's thread. A manager that says nothing is taken to be able to hang anywhere, so that
    /// deadlines hold. [`rollback`](Self::rollback) runs in the thread that returns, unless the pool has a
    /// [`reset_timeout`](crate::Builder::reset_timeout).
    fn may_hang(&self) -> MayHang {
        MayHang::ANYWHERE
    }
}

/// What an error of the driver means for the pool.
///
/// ```
/// assert_ne!(cenote::Fault::Lost, cenote::Fault::Other);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is gone: the server restarted, closed it, or the network is cut.
    Lost,
    /// The server refuses for good: a wrong password, an unknown database. Trying again does not help.
    Refused,
    /// The server refuses for now: it is starting, or has too many connections.
    Transient,
    /// Anything else: a mistake in a statement, for example.
    Other,
}

/// Which calls of a [`Manager`] the driver cannot bound in time.
///
/// ```
/// use cenote::MayHang;
///
/// let postgres = MayHang { close: true, connect: true, ..MayHang::NOTHING };
/// assert_ne!(postgres, MayHang::ANYWHERE);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MayHang {
    /// [`Manager::connect`] may take longer than `within`.
    pub connect: bool,
    /// [`Manager::is_valid`] may take longer than `within`.
    pub is_valid: bool,
    /// [`Manager::close`] may block for long.
    pub close: bool,
}

impl MayHang {
    /// The driver bounds every call: everything runs in the caller's thread, and the pool never starts one.
    pub const NOTHING: Self = Self { connect: false, is_valid: false, close: false };
    /// The driver bounds nothing.
    pub const ANYWHERE: Self = Self { connect: true, is_valid: true, close: true };
}
