//! `Strategy`: how connections are kept and shared, as a type. Sealed, so that the contract may still change.

use crate::id::PoolId;
use crate::invalid_argument::InvalidArgument;
use crate::store::{Numbered, Store};
use crate::upkeep::Upkeep;
use std::fmt;
use std::marker::PhantomData;

/// How connections are kept and shared. A strategy is a value with its options; its type decides everything else.
///
/// The five are [`Queue`], [`SingletonThread`], [`Null`], [`Static`] and [`Assertion`]. The trait is sealed.
///
/// ```
/// fn name_of<S: cenote::Strategy>(_: &S) -> &'static str {
///     std::any::type_name::<S>()
/// }
/// assert!(name_of(&cenote::Null::new()).ends_with("Null"));
/// ```
///
/// [`Queue`]: crate::Queue
/// [`SingletonThread`]: crate::SingletonThread
/// [`Null`]: crate::Null
/// [`Static`]: crate::Static
/// [`Assertion`]: crate::Assertion
pub trait Strategy: Shares + Clone + fmt::Debug + Send + Sync + 'static {}

/// A strategy that keeps connections for later: then they can grow old, and be checked before they are lent again.
///
/// ```compile_fail,E0277
/// # let manager = cenote::doctest::Numbers;
/// let pool = cenote::Pool::builder(manager).strategy(cenote::Null::new()).recycle(None).build();
/// ```
pub trait Keeps: Strategy {}

/// The part that is not public: a strategy makes the store that its pool keeps connections in.
pub trait Shares {
    /// Whether each thread has connections of its own, which go when it ends.
    const PER_THREAD: bool = false;

    /// Whether connections are kept for later.
    const KEEPS: bool = true;

    /// Decides whether a handle may leave its thread.
    type Marker: fmt::Debug + Default;

    /// Where its pool keeps connections.
    type Store<T: Numbered + Send + 'static>: Store<T> + 'static;

    /// Refuses options that make no sense.
    fn check(&self) -> Result<(), InvalidArgument> {
        Ok(())
    }

    /// How many connections there may be.
    fn limit(&self) -> Option<usize> {
        None
    }

    /// How many connections may be opened when the pool is built, to be kept.
    fn most_connected(&self) -> usize;

    /// What is to be done to idle connections while nobody asks for one.
    fn upkeep(&self) -> Upkeep {
        Upkeep::NONE
    }

    /// The store of one pool.
    fn store<T: Numbered + Send + 'static>(&self, pool: PoolId) -> Self::Store<T>;
}

/// A handle that may be sent to another thread.
#[derive(Debug, Default)]
pub struct Sendable;

/// A handle that stays in the thread that checked it out.
#[derive(Debug, Default)]
pub struct ThreadBound(PhantomData<*const ()>);
