//! Idle connections are asked whether they still work: when the setting says so, and never otherwise.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{CloseReason, Fault, Pool, PrePing, Queue};
use std::thread;
use std::time::Duration;

const WINDOW: Duration = Duration::from_millis(500);
const INSTANT: Duration = Duration::from_nanos(1);

/// Within the window the driver is not asked; after it, once a checkout.
pub fn only_what_was_idle_for_the_window_is_asked<S: Promise>(fake: &Fake) {
    let window = Duration::from_secs(7);
    asked_after_window::<S>(fake, Some(PrePing::IfIdleFor(window)), window);
}

/// By default the window is half a second.
pub fn by_default_half_a_second_of_idleness_is_asked<S: Promise>(fake: &Fake) {
    asked_after_window::<S>(fake, None, WINDOW);
}

/// Idleness counts from the return, not from the checkout.
pub fn idleness_counts_from_the_return<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let pool = built(pools::narrow::<_, S>(fake).clock(&clock).build());
    let conn = pool.get().unwrap();
    clock.advance(2 * WINDOW);
    drop(conn);
    clock.advance(WINDOW - INSTANT);
    drop(pool.get().unwrap());
    assert_eq!(fake.count(Call::IsValid), 0);
}

/// A connection that was opened in the same checkout is not asked.
pub fn a_fresh_connection_is_not_asked<S: Promise>(fake: &Fake) {
    let pool = pinging::<S>(fake, PrePing::Always);
    let conn = pool.get().unwrap();
    assert_eq!(fake.count(Call::IsValid), 0);
    cenote::PooledConnection::invalidate(conn);
    drop(pool.get().unwrap());
    assert_eq!((fake.count(Call::IsValid), fake.count(Call::Connect)), (0, 2));
}

/// `Always` asks at every checkout of a kept connection.
pub fn always_asks_at_every_checkout<S: Promise>(fake: &Fake) {
    let pool = pinging::<S>(fake, PrePing::Always);
    for asked in 0..5 {
        drop(pool.get().unwrap());
        assert_eq!(fake.count(Call::IsValid), asked);
    }
}

/// `Never` never asks, and a dead connection is lent.
pub fn never_asks_nothing<S: Promise>(fake: &Fake) {
    let clock = ManualClock::new();
    let builder = S::pre_ping(pools::narrow::<_, S>(fake).clock(&clock), PrePing::Never);
    let pool = built(S::recycle(builder, None).build());
    let session = fake.session(&mut pool.get().unwrap());
    clock.advance(Duration::from_secs(24 * 3_600));
    fake.kill(session);
    assert_eq!(fake.session(&mut pool.get().unwrap()), session);
    assert_eq!(fake.count(Call::IsValid), 0);
}

/// A connection that does not answer is replaced within the same checkout.
pub fn a_failing_check_is_replaced_within_the_same_checkout<S: Promise>(fake: &Fake) {
    let pool = pinging::<S>(fake, PrePing::Always);
    let session = fake.session(&mut pool.get().unwrap());
    fake.on(Call::IsValid).times(1).fails();
    assert_ne!(fake.session(&mut pool.get().unwrap()), session);
    let status = pool.status();
    assert_eq!((status.totals.opened, status.totals.closed_because(CloseReason::PingFailed)), (2, 1));
    assert_eq!((status.totals.connect_errors, status.in_use), (0, 0));
    fake.wait_until_closed(1);
}

/// A connection that the server has cut is never lent, if it is asked.
pub fn a_killed_connection_is_replaced<B: Backend, S: Promise>(backend: &B) {
    let builder = S::pre_ping(pools::narrow::<B, S>(backend), PrePing::Always);
    let pool = built(builder.build());
    let session = backend.session(&mut pool.get().unwrap());
    backend.kill(session);
    assert_ne!(backend.session(&mut pool.get().unwrap()), session);
}

/// A replacement that fails gives the driver's error and leaves nothing taken.
pub fn a_failed_replacement_is_the_callers_error<S: Promise>(fake: &Fake) {
    let pool = pinging::<S>(fake, PrePing::Always);
    drop(pool.get().unwrap());
    fake.on(Call::IsValid).times(1).fails_with(Fault::Lost);
    fake.on(Call::Connect).times(1).fails_with(Fault::Transient);
    let Err(error) = pool.get() else { panic!("the script refuses the replacement") };
    assert_eq!(
        error.driver_error().map(|error| (error.call, error.fault)),
        Some((Call::Connect, Fault::Transient))
    );
    assert_eq!((pool.status().open, pool.status().in_use), (0, 0));
    assert!(pool.get().is_ok());
}

/// A lost connection makes all of its age suspect; any other fault only itself.
pub fn only_a_lost_connection_raises_the_generation<S: Promise>(fake: &Fake) {
    let pool = pinging::<S>(fake, PrePing::Always);
    let raised = |fault| {
        drop(pool.get().unwrap());
        let before = pool.status().generation;
        fake.on(Call::IsValid).times(1).fails_with(fault);
        drop(pool.get().unwrap());
        pool.status().generation - before
    };
    assert_eq!([Fault::Other, Fault::Transient, Fault::Refused, Fault::Lost].map(raised), [0, 0, 0, 1]);
}

/// One that is lost is enough: the others of its age are closed without being asked.
pub fn after_one_lost_connection_the_others_are_not_asked(fake: &Fake) {
    let pool = three_idle(fake);
    fake.on(Call::IsValid).times(1).fails_with(Fault::Lost);
    drop([(); 3].map(|()| pool.get().unwrap()));
    let totals = pool.status().totals;
    assert_eq!((fake.count(Call::IsValid), totals.opened), (1, 6));
    let reasons =
        [CloseReason::PingFailed, CloseReason::Outdated].map(|reason| totals.closed_because(reason));
    assert_eq!(reasons, [1, 2]);
}

/// Any other fault replaces the one that has it.
pub fn another_fault_replaces_only_the_one_that_has_it(fake: &Fake) {
    let pool = three_idle(fake);
    fake.on(Call::IsValid).times(1).fails_with(Fault::Other);
    drop([(); 3].map(|()| pool.get().unwrap()));
    assert_eq!((fake.count(Call::IsValid), pool.status().totals.opened), (3, 4));
}

/// However many report the same restart, the generation is raised once.
pub fn many_reports_of_one_restart_raise_the_generation_once(fake: &Fake) {
    let pool = three_idle(fake);
    let before = pool.status().generation;
    let gate = fake.on(Call::IsValid).times(3).blocks();
    thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| drop(pool.get().unwrap())));
        gate.wait_for_arrivals(3);
        gate.release_to_fail(Fault::Lost);
        for thread in threads {
            thread.join().unwrap();
        }
    });
    // Where workers ask, a caller may have been served by another's replacement, before its own report was over.
    wait_until("all have reported", || pool.status().totals.closed_because(CloseReason::PingFailed) == 3);
    assert_eq!(pool.status().generation, before + 1);
}

/// While one is being asked, it is in use: nobody else gets it, and the limit holds.
pub fn one_that_is_asked_is_in_use<S: Promise>(fake: &Fake) {
    fake.limit(1);
    let pool = pinging::<S>(fake, PrePing::Always);
    thread::scope(|scope| {
        let gate = fake.on(Call::IsValid).times(1).blocks();
        drop(pool.get().unwrap());
        let asking = scope.spawn(|| pool.get().is_ok());
        gate.wait_for_arrivals(1);
        assert_eq!((pool.status().in_use, pool.status().idle), (1, 0));
        assert!(pool.try_get().unwrap().is_none());
        gate.release();
        assert!(asking.join().unwrap());
    });
    assert_eq!(fake.count(Call::Connect), 1);
}

fn pinging<S: Promise>(fake: &Fake, when: PrePing) -> Pool<crate::fake::FakeManager, S> {
    built(S::pre_ping(pools::narrow::<_, S>(fake), when).build())
}

fn three_idle(fake: &Fake) -> Pool<crate::fake::FakeManager, Queue> {
    let queue = Queue::new().size(3).max_overflow(0);
    let pool = built(pools::with(fake, queue).pre_ping(PrePing::Always).build());
    drop([(); 3].map(|()| pool.get().unwrap()));
    pool
}

fn asked_after_window<S: Promise>(fake: &Fake, setting: Option<PrePing>, window: Duration) {
    let clock = ManualClock::new();
    let mut builder = pools::narrow::<_, S>(fake).clock(&clock);
    if let Some(setting) = setting {
        builder = S::pre_ping(builder, setting);
    }
    let pool = built(builder.build());
    drop(pool.get().unwrap());
    for asked in 0..3 {
        clock.advance(window - INSTANT);
        drop(pool.get().unwrap());
        assert_eq!(fake.count(Call::IsValid), asked, "within the window");
        clock.advance(window);
        drop(pool.get().unwrap());
        assert_eq!(fake.count(Call::IsValid), asked + 1, "after the window");
    }
}
