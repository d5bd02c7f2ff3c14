//! How much time the driver is given for a connect, and for a check.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{FakeConnection, FakeError, FakeManager};
use crate::kit::pools::built;
use crate::promise::Promise;
use cenote::{Builder, Fault, Manager, MayHang, Pool, PrePing};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;

/// So long that what a checkout takes until it calls the driver is nothing beside it.
const LONG: Duration = Duration::from_secs(1000);
const SHORT: Duration = Duration::from_secs(100);

/// A connect is given what is left of its caller's time; on a worker, at least what any caller would have.
pub fn a_connect_is_given_the_time_that_is_left<S: Promise>(fake: &Fake) {
    for (timeout, own) in [(SHORT, LONG), (LONG, SHORT), (LONG, LONG)] {
        let (builder, given) = noting::<S>(fake);
        let pool = built(builder.timeout(timeout).build());
        drop(pool.get_timeout(own).unwrap());
        let most = if fake.may_hang() { own.max(timeout) } else { own };
        let connect = only(&given.connects);
        assert!(connect <= most && connect > most / 2, "{connect:?} of {own:?} and {timeout:?}");
    }
}

/// A connect for one that waits without end has no end either.
pub fn a_connect_without_end_is_told_so<S: Promise>(fake: &Fake) {
    let (builder, given) = noting::<S>(fake);
    let pool = built(builder.build());
    drop(pool.get_timeout(Duration::MAX).unwrap());
    assert_eq!(only(&given.connects), Duration::MAX);
}

/// A check is given half of the time that is left: there must be some to connect after it has failed.
pub fn a_check_is_given_half_of_the_time_that_is_left<S: Promise>(fake: &Fake) {
    let timeout = Duration::from_secs(8);
    let check = check_within::<S>(fake, timeout);
    assert!(check <= timeout / 2 && check > timeout / 4, "{check:?}");
}

/// A check is given five seconds at most, however much time is left.
pub fn a_check_is_given_five_seconds_at_most<S: Promise>(fake: &Fake) {
    assert_eq!(check_within::<S>(fake, LONG), Duration::from_secs(5));
    assert_eq!(check_within::<S>(fake, Duration::MAX), Duration::from_secs(5));
}

/// The fake driver, which notes how much time it is given.
struct Noting {
    manager: FakeManager,
    given: Arc<Given>,
}

#[derive(Debug, Default)]
struct Given {
    connects: Mutex<Vec<Duration>>,
    checks: Mutex<Vec<Duration>>,
}

fn noting<S: Promise>(fake: &Fake) -> (Builder<Noting, S>, Arc<Given>) {
    let given = Arc::default();
    let manager = Noting { manager: fake.manager(), given: Arc::clone(&given) };
    (Pool::builder(manager).strategy(S::narrow()), given)
}

/// How much time the check of a second checkout is given in a pool of this timeout.
fn check_within<S: Promise>(fake: &Fake, timeout: Duration) -> Duration {
    let (builder, given) = noting::<S>(fake);
    let pool = built(S::pre_ping(builder, PrePing::Always).timeout(timeout).build());
    drop(pool.get().unwrap());
    drop(pool.get().unwrap());
    only(&given.checks)
}

fn only(given: &Mutex<Vec<Duration>>) -> Duration {
    let given = given.lock();
    assert_eq!(given.len(), 1, "{given:?}");
    given[0]
}

impl Manager for Noting {
    type Connection = FakeConnection;
    type Error = FakeError;

    fn connect(&self, within: Duration) -> Result<FakeConnection, FakeError> {
        self.given.connects.lock().push(within);
        self.manager.connect(within)
    }

    fn rollback(&self, conn: &mut FakeConnection) -> Result<(), FakeError> {
        self.manager.rollback(conn)
    }

    fn is_valid(&self, conn: &mut FakeConnection, within: Duration) -> Result<(), FakeError> {
        self.given.checks.lock().push(within);
        self.manager.is_valid(conn, within)
    }

    fn has_broken(&self, conn: &mut FakeConnection) -> bool {
        self.manager.has_broken(conn)
    }

    fn close(&self, conn: FakeConnection) -> Result<(), FakeError> {
        self.manager.close(conn)
    }

    fn classify(&self, error: &FakeError) -> Fault {
        self.manager.classify(error)
    }

    fn may_hang(&self) -> MayHang {
        self.manager.may_hang()
    }
}
