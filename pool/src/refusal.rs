//! `Refusal`: what a checkout hook can say against a connection.

/// What a checkout hook can say against a connection.
///
/// ```
/// use cenote::{Pool, Refusal};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager)
///     .on_checkout(|conn, _record| if *conn < 100 { Ok(()) } else { Err(Refusal::Dead) })
///     .build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal<E> {
    /// The connection is dead: it is closed and replaced, and the hooks are asked again. After a second refusal the
    /// checkout ends with [`Error::Refused`](crate::Error::Refused).
    Dead,
    /// As [`Dead`](Self::Dead), and every connection opened before is suspect: the pool's generation is raised.
    DeadAll,
    /// The connection is good, but not for this caller: it goes home, and the checkout ends with this error.
    Refuse(E),
}
