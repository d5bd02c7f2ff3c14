//! `Static`: keeps one connection, for all; callers take turns.

use super::contract::{Keeps, Sendable, Shares, Strategy};
use crate::id::PoolId;
use crate::order::Affine;
use crate::overtaking::Overtaking;
use crate::stock::Stock;
use crate::store::Numbered;

/// Keeps one connection, for all. Callers take turns: while it is out, the others wait in line.
///
/// **When**: there can be only one: a private in-memory database, a test transaction that everybody must see.
/// **When not**: work that could run side by side ([`Queue`](crate::Queue)).
/// **Cost**: two atomic instructions.
///
/// A thread that asks for it while having it waits for itself until its deadline; the error says so.
///
/// ```
/// use cenote::{Pool, Static};
/// # let manager = cenote::doctest::Numbers;
/// let pool = Pool::builder(manager).strategy(Static::new()).build()?;
/// # Ok::<(), cenote::InvalidArgument>(())
/// ```
#[derive(Debug, Clone, Default)]
#[doc(alias = "StaticPool")]
pub struct Static(());

impl Static {
    /// One connection, for all.
    pub fn new() -> Self {
        Self(())
    }
}

impl Strategy for Static {}
impl Keeps for Static {}

impl Shares for Static {
    type Marker = Sendable;
    type Store<T: Numbered + Send + 'static> = Stock<T, Affine>;

    fn limit(&self) -> Option<usize> {
        Some(1)
    }

    fn most_connected(&self) -> usize {
        1
    }

    fn store<T: Numbered + Send + 'static>(&self, pool: PoolId) -> Stock<T, Affine> {
        Stock::new(pool, 1, self.limit(), Overtaking::bounded())
    }
}
