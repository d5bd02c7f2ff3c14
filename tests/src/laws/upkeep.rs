//! Upkeep: idle connections of a queue are looked after, where that was asked for, by a thread that exists only then.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeManager};
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::kit::workers;
use cenote::testing::ManualClock;
use cenote::{CloseReason, Fault, Pool, PrePing, Queue};
use std::time::Duration;

/// So long that the caretaker comes by only when a law says so.
const LONG: Duration = Duration::from_secs(3600);

fn timed(fake: &Fake, queue: Queue) -> (Pool<FakeManager>, ManualClock) {
    let clock = ManualClock::new();
    let builder = pools::with(fake, queue).clock(&clock).recycle(None).pre_ping(PrePing::Never);
    (built(builder.build()), clock)
}

fn fill<S: cenote::Strategy>(pool: &Pool<FakeManager, S>, count: usize) {
    drop((0..count).map(|_| pool.get().unwrap()).collect::<Vec<_>>());
    assert_eq!(pool.status().idle, count);
}

/// Those that are missing are opened before anybody asks, and again when they are gone.
pub fn missing_idle_connections_are_opened_ahead<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(4).max_overflow(0).min_idle(2)).build());
    wait_until("two are idle", || pool.status().idle == 2);
    let out = [pool.get().unwrap(), pool.get().unwrap()];
    wait_until("two more are idle", || pool.status().idle == 2);
    assert_eq!((pool.status().open, pool.status().totals.timeouts), (4, 0));
    drop(out);
    pool.dispose();
    wait_until("two are idle again", || pool.status().idle == 2);
}

/// Never more than are kept: those that are out count.
pub fn no_more_are_opened_ahead_than_are_kept(fake: &Fake) {
    fake.limit(3);
    let pool = built(pools::with(fake, Queue::new().size(2).max_overflow(1).min_idle(2)).build());
    wait_until("two are idle", || pool.status().idle == 2);
    let out = [pool.get().unwrap(), pool.get().unwrap()];
    pool.tend();
    pool.tend();
    let status = pool.status();
    assert_eq!((status.open, status.connecting), (2, 0), "there was a place for a third one");
    drop(out);
    assert_eq!((pool.status().open, fake.count(Call::Connect)), (2, 2));
}

/// A server that is away is tried again, after a breather.
pub fn opening_ahead_is_tried_again_after_a_breather(fake: &Fake) {
    fake.on(Call::Connect).times(1).fails_with(Fault::Transient);
    let (pool, clock) = timed(fake, Queue::new().size(2).max_overflow(0).min_idle(1));
    fake.wait_for(Call::Connect, 1);
    wait_until("it has failed", || pool.status().totals.connect_errors == 1);
    wait_until("its place is free", || {
        let status = pool.status();
        status.open + status.connecting == 0
    });
    pool.tend();
    assert_eq!((fake.count(Call::Connect), pool.status().open), (1, 0));
    clock.advance(Duration::from_secs(1));
    wait_until("one is idle", || pool.status().idle == 1);
}

/// What nobody used for so long is closed, down to the least that should be idle; what was used stays.
pub fn what_is_idle_for_too_long_is_closed(fake: &Fake) {
    let queue = Queue::new().size(4).max_overflow(0).idle_timeout(LONG);
    for (min_idle, left) in [(0, 1), (2, 2)] {
        let (pool, clock) = timed(fake, queue.clone().min_idle(min_idle));
        fill(&pool, 4);
        clock.advance(LONG / 2);
        let mut used = pool.get().unwrap();
        let session = fake.session(&mut used);
        drop(used);
        pool.tend();
        assert_eq!(pool.status().idle, 4);
        clock.advance(LONG / 2);
        pool.tend();
        wait_until("they are closed", || pool.status().open == left);
        assert_eq!(pool.status().totals.closed_because(CloseReason::Idle), 4 - left as u64);
        assert_eq!(fake.session(&mut pool.get().unwrap()), session);
    }
}

/// What is too old, or of an older generation, goes without being asked for: also where nobody would meet it.
pub fn what_must_go_does_not_wait_to_be_met(fake: &Fake) {
    let clock = ManualClock::new();
    let queue = Queue::new().size(3).max_overflow(0).idle_timeout(2 * LONG).lifo();
    let pool = built(pools::with(fake, queue).clock(&clock).recycle(LONG).build());
    fill(&pool, 3);
    clock.advance(LONG);
    pool.tend();
    wait_until("all are closed", || pool.status().open == 0);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Recycled), 3);
    fill(&pool, 2);
    pool.invalidate();
    pool.tend();
    wait_until("all are closed", || pool.status().open == 0);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Outdated), 2);
}

/// One that was opened ahead of need grows old unused, and is replaced.
pub fn what_was_opened_ahead_is_replaced_when_it_is_old(fake: &Fake) {
    let clock = ManualClock::new();
    let queue = Queue::new().size(1).max_overflow(0).min_idle(1);
    let pool = built(pools::with(fake, queue).clock(&clock).recycle(LONG).build());
    wait_until("one is idle", || pool.status().idle == 1);
    clock.advance(LONG);
    fake.wait_until_closed(1);
    wait_until("another is idle", || pool.status().idle == 1);
    assert_eq!(pool.status().totals.closed_because(CloseReason::Recycled), 1);
}

/// One that was idle for so long is asked, and not again before its time; to be asked is not to be used.
pub fn an_idle_connection_is_kept_alive(fake: &Fake) {
    let queue = Queue::new().size(2).max_overflow(0).keepalive(LONG).idle_timeout(3 * LONG);
    let (pool, clock) = timed(fake, queue);
    fill(&pool, 1);
    for asked in 1..=2 {
        clock.advance(LONG);
        pool.tend();
        fake.wait_for(Call::IsValid, asked);
        wait_until("it is home", || pool.status().idle == 1);
        pool.tend();
        assert_eq!(fake.count(Call::IsValid), asked);
    }
    clock.advance(LONG);
    pool.tend();
    wait_until("it was idle for too long", || pool.status().open == 0);
    assert_eq!(fake.count(Call::IsValid), 2);
}

/// One that does not answer is replaced before anybody wants it.
pub fn a_dead_idle_connection_is_replaced_unasked(fake: &Fake) {
    let (pool, clock) = timed(fake, Queue::new().size(2).max_overflow(0).keepalive(LONG));
    fill(&pool, 1);
    fake.on(Call::IsValid).times(1).fails_with(Fault::Lost);
    clock.advance(LONG);
    pool.tend();
    fake.wait_until_closed(1);
    wait_until("another is idle", || pool.status().idle == 1);
    assert_eq!(fake.count(Call::Connect), 2);
    drop(pool.get().unwrap());
    assert_eq!(fake.count(Call::Connect), 2);
}

/// What hangs in the upkeep of one pool holds up no other pool.
pub fn a_hung_upkeep_holds_up_no_other_pool(fake: &Fake) {
    let queue = || Queue::new().size(1).max_overflow(0).min_idle(1);
    let gate = fake.on(Call::Connect).times(1).blocks();
    let hung = built(pools::with(fake, queue()).build());
    gate.wait_for_arrivals(1);
    let healthy = built(pools::with(fake, queue()).build());
    wait_until("the other is looked after", || healthy.status().idle == 1);
    gate.release();
    wait_until("so is this one at last", || hung.status().idle == 1);
}

/// The thread is there while a pool asks for it, and for no longer; others never start it.
pub fn a_caretaker_exists_only_while_a_pool_wants_one<B: Backend>(backend: &B) {
    workers::wait_until_none("caretaker");
    let plain = built(pools::with(backend, Queue::new()).build());
    drop(plain.get().unwrap());
    assert_eq!(workers::alive("caretaker"), 0);
    let first = built(pools::with(backend, Queue::new().idle_timeout(LONG)).build());
    let second = built(pools::with(backend, Queue::new().keepalive(LONG)).build());
    wait_until("it is there", || cfg!(not(target_os = "linux")) || workers::alive("caretaker") == 1);
    drop(first);
    assert!(cfg!(not(target_os = "linux")) || workers::alive("caretaker") == 1);
    second.close();
    workers::wait_until_none("caretaker");
    let third = built(pools::with(backend, Queue::new().size(1).min_idle(1)).build());
    wait_until("it looks after the third", || third.status().idle == 1);
}

/// Arguments that make no sense are refused by name.
pub fn upkeep_that_makes_no_sense_is_refused<B: Backend>(backend: &B) {
    let queue = || Queue::new().size(2);
    let refused = [
        (queue().min_idle(3), "min_idle"),
        (queue().idle_timeout(Duration::ZERO), "idle_timeout"),
        (queue().keepalive(Duration::ZERO), "keepalive"),
    ];
    for (queue, argument) in refused {
        assert_eq!(pools::with(backend, queue).build().unwrap_err().argument(), argument);
    }
}
