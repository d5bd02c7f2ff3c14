//! What a pool remembers of connections that are gone: nothing that grows.

use allocation_counter::measure;
use cenote::{Null, Pool, Queue, Strategy};
use cenote_conformance::kit::nothing::Nothing;

/// More than a pool keeps spare records.
const AT_A_TIME: usize = 20;
const ROUNDS: usize = 50;

#[test]
fn connections_that_are_gone_leave_nothing() {
    leaves_nothing(Null::new());
    leaves_nothing(Queue::new().size(1).unlimited_overflow());
    leaves_nothing(Queue::new().size(1).unlimited_overflow().lifo());
}

fn leaves_nothing<S: Strategy>(strategy: S) {
    let name = format!("{strategy:?}");
    let pool = Pool::builder(Nothing).strategy(strategy).build().unwrap();
    let round = || drop([(); AT_A_TIME].map(|()| pool.get().unwrap()));
    round();
    let many = measure(|| (0..ROUNDS).for_each(|_| round()));
    assert!(many.count_total > 0, "{name}: nothing was opened, so that nothing is known");
    assert_eq!((many.count_current, many.bytes_current), (0, 0), "{name}");
}
