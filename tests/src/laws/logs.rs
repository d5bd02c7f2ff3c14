//! What the pool says through `tracing`: the original's words and levels, in the original's order.

use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::log::Log;
use crate::kit::pools::built;
use crate::promise::{Ability, Promise};
use cenote::testing::ManualClock;
use cenote::{MayHang, Pool, PooledConnection, PrePing};
use std::time::Duration;

const CREATED: &str = "debug: Created new connection";
const CHECKED_OUT: &str = "debug: Connection checked out from pool";
const BEING_RETURNED: &str = "debug: Connection being returned to pool";
const ROLLBACK: &str = "debug: Connection rollback-on-return";
const CLOSING: &str = "debug: Closing connection";
const PING: &str = "debug: Pool pre-ping on connection";

/// Checkouts, returns and the end, as the original says them.
pub fn a_life_is_told_in_the_originals_words<S: Promise>(fake: &Fake) {
    let pool = built(told::<S>(fake).build());
    let log = Log::of(pool.name());
    (0..3).for_each(|_| drop(pool.get().unwrap()));
    pool.close();
    let once = [CHECKED_OUT, BEING_RETURNED, ROLLBACK];
    let expected = match S::has(Ability::Keeps) {
        Ok(()) => [vec![CREATED], once.repeat(3), vec!["info: Pool closed", CLOSING]].concat(),
        Err(_) => {
            [[CREATED, CHECKED_OUT, BEING_RETURNED, CLOSING].repeat(3), vec!["info: Pool closed"]].concat()
        }
    };
    assert_eq!(log.read(), expected);
}

/// Why a connection was replaced is said before it is closed, at the level of an information.
pub fn every_replacement_is_told_with_its_reason<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let age = Duration::from_secs(60);
    let pool = built(S::recycle(told::<S>(fake).clock(&clock), Some(age)).build());
    let log = Log::of(pool.name());
    let replaced = |act: &dyn Fn()| {
        drop(pool.get().unwrap());
        log.read();
        act();
        drop(pool.get().unwrap());
        let (lines, reasons) = (log.read(), |line: &String| line.starts_with("info"));
        assert!(lines.iter().any(|line| line == CLOSING) && lines.iter().any(|line| line == CREATED));
        lines.into_iter().filter(reasons).collect::<Vec<_>>()
    };
    assert_eq!(replaced(&|| clock.advance(2 * age)), ["info: Connection exceeded timeout; recycling"]);
    assert_eq!(
        replaced(&|| pool.invalidate()),
        [
            "info: Invalidating all connections opened so far",
            "info: Connection invalidated due to pool invalidation; recycling"
        ]
    );
    assert_eq!(
        replaced(&|| PooledConnection::invalidate(pool.get().unwrap())),
        ["info: Invalidate connection"]
    );
    assert_eq!(
        replaced(&|| S::soft_invalidate(&mut pool.get().unwrap())),
        [
            "info: Soft Invalidate connection",
            "info: Connection invalidated due to local soft invalidation; recycling"
        ]
    );
}

/// What fails is said with the driver's error: a connect softly, because its caller has it; the rest loudly.
pub fn every_failure_is_told_with_the_drivers_error<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(told::<S>(fake), PrePing::Always).build());
    let log = Log::of(pool.name());
    let words = |call| format!("[the script lets {call} fail (Other)]");
    let fails = |call| fake.on(call).times(1).fails();
    fails(Call::Connect);
    assert!(pool.get().is_err());
    assert_eq!(log.read(), [format!("debug: Error on connect() {}", words(Call::Connect))]);
    drop(pool.get().unwrap());
    log.read();
    fails(Call::IsValid);
    fails(Call::Rollback);
    fails(Call::Close);
    drop(pool.get().unwrap());
    let expected = [
        PING.to_owned(),
        format!("info: Pool pre-ping on connection failed {}", words(Call::IsValid)),
        CLOSING.to_owned(),
        format!("error: Exception closing connection {}", words(Call::Close)),
        CREATED.to_owned(),
        CHECKED_OUT.to_owned(),
        BEING_RETURNED.to_owned(),
        ROLLBACK.to_owned(),
        format!("error: Exception during reset or similar {}", words(Call::Rollback)),
        CLOSING.to_owned(),
    ];
    assert_eq!(log.read(), expected);
    assert!(pool.get_timeout(Duration::ZERO).is_ok());
}

/// A pool whose driver is called in the caller's thread, so that what is said has an order.
fn told<S: Promise>(fake: &Fake) -> cenote::Builder<crate::fake::FakeManager, S> {
    let manager = fake.manager_that(MayHang::NOTHING);
    Pool::builder(manager).strategy(S::narrow()).name(crate::kit::names::unique())
}
