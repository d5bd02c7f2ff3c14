//! `Order`: which idle connection a queue lends next.

use std::collections::VecDeque;
use std::fmt;

/// Which idle connection a [`Queue`](crate::Queue) lends next: [`Affine`], [`Lifo`] or [`Fifo`]. Sealed.
///
/// ```
/// fn describe<O: cenote::Order>() -> &'static str {
///     std::any::type_name::<O>()
/// }
/// assert!(describe::<cenote::Affine>().ends_with("Affine"));
/// ```
pub trait Order: sealed::Order + Copy + fmt::Debug + Send + Sync + 'static {}

/// A thread gets the connection that it had last: no lock, and warm caches on both ends. The default.
///
/// ```
/// let queue: cenote::Queue<cenote::Affine> = cenote::Queue::new();
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Affine;

/// The connection that came home last: a few stay hot, the rest age out. Costs a lock.
///
/// ```
/// let queue: cenote::Queue<cenote::Lifo> = cenote::Queue::new().lifo();
/// ```
#[derive(Debug, Clone, Copy)]
#[doc(alias = "use_lifo")]
pub struct Lifo;

/// The connection that has been idle longest: all stay warm, as in SQLAlchemy. Costs a lock.
///
/// ```
/// let queue: cenote::Queue<cenote::Fifo> = cenote::Queue::new().fifo();
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Fifo;

mod sealed {
    use std::collections::VecDeque;

    pub trait Order {
        /// Whether each kept value has a slot of its own, from which its thread takes it without a lock.
        const SLOTS: bool;

        fn pick<V>(list: &mut VecDeque<V>) -> Option<V>;
    }
}

pub(crate) use sealed::Order as PickOrder;

impl Order for Affine {}
impl Order for Lifo {}
impl Order for Fifo {}

impl PickOrder for Affine {
    const SLOTS: bool = true;
    fn pick<V>(list: &mut VecDeque<V>) -> Option<V> {
        list.pop_back()
    }
}

impl PickOrder for Lifo {
    const SLOTS: bool = false;
    fn pick<V>(list: &mut VecDeque<V>) -> Option<V> {
        list.pop_back()
    }
}

impl PickOrder for Fifo {
    const SLOTS: bool = false;
    fn pick<V>(list: &mut VecDeque<V>) -> Option<V> {
        list.pop_front()
    }
}
