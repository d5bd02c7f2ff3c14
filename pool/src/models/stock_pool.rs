//! A pool over a stock, with so many values idle in it.

use super::model_pool::{ModelPool, Value};
use crate::id::PoolId;
use crate::order::{Affine, Order};
use crate::overtaking::Overtaking;
use crate::stock::Stock;
use crate::store::{By, Entered, Store};
use crate::thread;
use std::panic::Location;
use std::sync::Arc;

pub(super) type StockPool<O = Affine> = ModelPool<Stock<Value, O>>;

/// A stock with slots, which keeps so many of at most so many values, with this many idle in it. The thread that
/// makes it used the first slot last.
pub(super) fn stock(kept: usize, limit: usize, idle: usize) -> Arc<StockPool> {
    stock_in_order(kept, limit, idle)
}

/// The same in any order.
pub(super) fn stock_in_order<O: Order>(kept: usize, limit: usize, idle: usize) -> Arc<StockPool<O>> {
    let id = PoolId::next();
    let pool = ModelPool::new(id, Stock::new(id, kept, Some(limit), Overtaking::bounded()));
    thread::remember_seat(id, 0);
    // All slots are made here, before there are threads: loom does not see the cell that makes them.
    let seats: Vec<_> = (0..kept)
        .map(|_| match pool.store.enter(Location::caller(), None) {
            Entered::Vacant(seat, None) => seat,
            found => panic!("a place was expected: {found:?}"),
        })
        .collect();
    for (number, seat) in seats.into_iter().enumerate() {
        if number < idle {
            assert!(pool.store.put(seat, pool.open()).is_none());
        } else {
            pool.store.vacate(seat, By::Holder, None);
        }
    }
    pool
}
