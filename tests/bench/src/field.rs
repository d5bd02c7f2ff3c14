//! The field: which contenders meet in a case.

use crate::contender::Entrant;
use crate::contenders::by_hand::EachTime;
use crate::contenders::cenote::{Owned, lean, queue, with_defaults};
use crate::contenders::limit::Limit;
use crate::contenders::mutex_vec::MutexVec;
use crate::contenders::{bb8, deadpool, fastpool, opool, r2d2};
use crate::driver::{Driver, Nothing};
use cenote::{Assertion, Null, SingletonThread, Static};

/// How often all pools of a case are built anew: where their parts come to lie in memory is luck, and costs up to a third.
pub(crate) const BUILDS: usize = 10;

/// All of them, on connections that are nothing: one thread at a time.
pub(crate) fn alone(size: usize) -> Vec<Entrant<u64>> {
    let driver = &Nothing;
    let mut field = side_by_side(size);
    field.extend([
        Entrant::blocking("cenote/Queue/lifo", lean(driver, queue(size).lifo())),
        Entrant::blocking("cenote/Queue/fifo", lean(driver, queue(size).fifo())),
        Entrant::blocking("cenote/Static", lean(driver, Static::new())),
        Entrant::blocking("cenote/Assertion", lean(driver, Assertion::new())),
        Entrant::blocking("cenote/Null", with_defaults(driver, Null::new())),
        Entrant::new("by-hand/each-time", EachTime(Nothing)),
    ]);
    field
}

/// Those that serve threads side by side.
pub(crate) fn side_by_side(size: usize) -> Vec<Entrant<u64>> {
    let driver = &Nothing;
    vec![
        Entrant::new("limit", Limit::new()),
        Entrant::blocking("cenote/Queue/lean", lean(driver, queue(size))),
        Entrant::blocking("cenote/Queue/defaults", with_defaults(driver, queue(size))),
        Entrant::blocking("cenote/Queue/owned", Owned(lean(driver, queue(size)))),
        Entrant::blocking("cenote/SingletonThread", lean(driver, SingletonThread::new().size(size))),
        Entrant::blocking("r2d2", r2d2::pool(driver, size)),
        Entrant::awaited("deadpool", deadpool::pool(driver, size)),
        Entrant::awaited("bb8", bb8::pool(driver, size)),
        Entrant::awaited("fastpool", fastpool::pool(driver, size)),
        Entrant::blocking("opool", opool::pool(driver, size)),
        Entrant::blocking("mutex-vec", MutexVec::new(driver, size)),
    ]
}

/// Those that let one wait until there is a connection.
pub(crate) fn that_wait<D: Driver>(driver: &D, size: usize) -> Vec<Entrant<D::Connection>> {
    vec![
        Entrant::blocking("cenote/Queue/lean", lean(driver, queue(size))),
        Entrant::blocking("cenote/Queue/defaults", with_defaults(driver, queue(size))),
        Entrant::blocking("r2d2", r2d2::pool(driver, size)),
        Entrant::awaited("deadpool", deadpool::pool(driver, size)),
        Entrant::awaited("bb8", bb8::pool(driver, size)),
        Entrant::awaited("fastpool", fastpool::pool(driver, size)),
        Entrant::blocking("mutex-vec", MutexVec::new(driver, size)),
    ]
}
