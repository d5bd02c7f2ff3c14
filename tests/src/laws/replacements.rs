//! A connection that is replaced within a checkout: what its replacement is owed, and what a failed one leaves.

use super::waiting::until_waiting;
use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeConnection, FakeError, FakeManager};
use crate::kit::diary::Diary;
use crate::kit::meeting::Meeting;
use crate::kit::panics::{scripted, scripted_panic};
use crate::kit::pools::{self, built};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::Promise;
use cenote::{CloseReason, Fault, MayHang, Pool, PooledConnection, PrePing, Queue, RecordInfo, Refusal};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A refused connection that cannot be replaced leaves nothing taken, also while its caller keeps the error.
pub fn a_refused_connection_that_cannot_be_replaced_leaves_nothing_taken<S: Promise>(fake: &Fake) {
    let (refusals, hook) = refusing();
    let pool = built(pools::narrow::<_, S>(fake).on_checkout(hook).build());
    for fault in [Fault::Other, Fault::Lost] {
        drop(pool.get().unwrap());
        refusals.store(1, Ordering::SeqCst);
        if S::has(crate::promise::Ability::Keeps).is_err() {
            // Nothing is kept: the one that is refused is opened first.
            fake.on(Call::Connect).times(1).blocks().release();
        }
        fake.on(Call::Connect).times(1).fails_with(fault);
        let error = pool.get().unwrap_err();
        let status = pool.status();
        assert_eq!((status.in_use, status.open, status.connecting), (0, 0, 0));
        drop(pool.get().unwrap());
        assert_eq!(error.driver_error().map(|error| error.fault), Some(fault));
    }
}

/// A replacement that a hook refuses, or in which it panics, is closed: the next one is prepared by every hook.
pub fn a_replacement_is_prepared_whole_or_not_at_all<S: Promise>(fake: &Fake) {
    let (failures, prepared) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (left, last) = (Arc::clone(&failures), Arc::clone(&prepared));
    let error = fake_error();
    let first = |conn: &mut FakeConnection, record: &mut RecordInfo| {
        record.insert(Prepared(conn.session()));
        Ok(())
    };
    let second = move |conn: &mut FakeConnection, _: &mut RecordInfo| match left.swap(0, Ordering::SeqCst) {
        0 => {
            last.lock().push(conn.session());
            Ok(())
        }
        1 => Err(error.clone()),
        _ => scripted_panic("a hook"),
    };
    let found = |conn: &mut FakeConnection, record: &mut RecordInfo| {
        assert_eq!(record.get::<Prepared>(), Some(&Prepared(conn.session())), "lent without preparation");
        Ok(())
    };
    let builder = pools::narrow::<_, S>(fake).on_connect(first).on_connect(second).on_checkout(found);
    let pool = built(builder.build());
    for failure in [1, 2] {
        drop(pool.get().unwrap());
        pool.invalidate();
        failures.store(failure, Ordering::SeqCst);
        let reason = if failure == 1 { CloseReason::HookFailed } else { CloseReason::Panicked };
        let closed = pool.status().totals.closed_because(reason);
        assert!(scripted(|| pool.get().is_err()).unwrap_or(true), "the replacement is lent");
        assert_eq!((pool.status().open, pool.status().in_use), (0, 0));
        assert_eq!(pool.status().totals.closed_because(reason), closed + 1);
        let session = fake.session(&mut pool.get().unwrap());
        assert_eq!(prepared.lock().last(), Some(&session));
    }
}

/// After failed reconnects the next success is told as any other: a connect, and then a checkout.
pub fn after_failed_reconnects_a_success_is_told_as_ever<S: Promise>(fake: &Fake) {
    let diary = Diary::default();
    let pool = built(pools::narrow::<_, S>(fake).observer(diary.clone()).build());
    drop(pool.get().unwrap());
    pool.invalidate();
    fake.on(Call::Connect).times(3).fails();
    diary.read();
    for told in ["close", "", ""] {
        assert!(pool.get().is_err());
        assert_eq!(diary.read(), told);
    }
    drop(pool.get().unwrap());
    assert_eq!(diary.read(), "connect checkout reset checkin");
}

/// A return cleans the connection that its user had, and never the one that was replaced on the way to it.
pub fn a_return_cleans_the_replacement<S: Promise>(fake: &Fake) {
    let (refusals, hook) = refusing();
    let builder = S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).on_checkout(hook);
    let pool = built(builder.build());
    for (closed, refused) in [(1, true), (2, false)] {
        let first = fake.session(&mut pool.get().unwrap());
        if refused {
            refusals.store(1, Ordering::SeqCst);
        } else {
            fake.on(Call::IsValid).times(1).fails();
        }
        let mut conn = pool.get().unwrap();
        let second = fake.session(&mut conn);
        fake.wait_until_closed(closed);
        conn.begin();
        fake.forget();
        drop(conn);
        assert_eq!(fake.sequence(), "rollback, has_broken");
        let mut conn = pool.get().unwrap();
        assert!(first != second && !conn.in_transaction());
        assert_eq!(fake.session(&mut conn), second);
    }
}

/// A failed check whose replacement fails too serves a waiter, with the right to try for itself.
pub fn a_failed_check_without_a_replacement_serves_a_waiter<S: Promise>(fake: &Fake) {
    let pool = built(S::pre_ping(pools::narrow::<_, S>(fake), PrePing::Always).build());
    drop(pool.get().unwrap());
    fake.on(Call::IsValid).times(1).fails();
    let gate = fake.on(Call::Connect).times(1).blocks();
    thread::scope(|scope| {
        let first = scope.spawn(|| pool.get().map_or_else(|error| error.driver_error().is_some(), |_| true));
        gate.wait_for_arrivals(1);
        let second = scope.spawn(|| pool.get().is_ok());
        until_waiting(&pool, if fake.may_hang() { 2 } else { 1 });
        gate.release_to_fail(Fault::Other);
        assert_eq!((first.join().unwrap(), second.join().unwrap()), (true, true));
    });
}

/// Whatever fails, and however it is replaced: the server never sees more than the limit. The caller closes, because
/// one that waits for a worker to close it looks open to the driver.
pub fn what_fails_is_replaced_within_the_limit(fake: &Fake) {
    fake.limit(2);
    let may_hang = MayHang { connect: fake.may_hang(), is_valid: fake.may_hang(), close: false };
    let manager = fake.manager_that(may_hang);
    let builder = Pool::builder(manager).strategy(Queue::new().size(2).max_overflow(0)).timeout(WATCHDOG);
    let pool = built(builder.pre_ping(PrePing::Always).build());
    for call in [Call::Connect, Call::IsValid, Call::Rollback, Call::HasBroken] {
        fake.on(call).times(60).fails();
    }
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| (0..80).for_each(|_| drop(pool.get())));
        }
    });
    wait_until("nothing is under way", || {
        let status = pool.status();
        status.connecting + status.in_use == 0
    });
    fake.end_script();
    drop([(); 2].map(|()| pool.get().unwrap()));
}

/// Connections that all report the same restart at once, and are slow to close: each is closed once, replaced once.
pub fn disconnects_at_once_close_and_open_each_once(fake: &Fake) {
    const ALL: usize = 15;
    let pool = built(pools::with(fake, Queue::new().size(ALL).max_overflow(0)).build());
    let (gate, meeting) = (fake.on(Call::Close).times(ALL).blocks(), Meeting::of(ALL));
    thread::scope(|scope| {
        for _ in 0..ALL {
            scope.spawn(|| {
                let conn = pool.get().unwrap();
                meeting.wait();
                pool.invalidate();
                PooledConnection::invalidate(conn);
                meeting.wait();
                let _conn = pool.get().unwrap();
                meeting.wait();
            });
        }
        gate.wait_for_arrivals(ALL);
        gate.release();
    });
    fake.wait_until_closed(ALL);
    assert_eq!((fake.count(Call::Connect), fake.count(Call::Close)), (2 * ALL, ALL));
    assert_eq!((pool.status().open, pool.status().totals.closed()), (ALL, ALL as u64));
}

/// A pool that is invalidated in the middle of a checkout still serves it; that connection is not lent again.
pub fn an_invalidation_within_a_checkout_is_no_error<S: Promise>(fake: &Fake) {
    let held: Arc<Mutex<Option<Pool<FakeManager, S>>>> = Arc::default();
    let (known, times) = (Arc::clone(&held), Arc::new(AtomicUsize::new(1)));
    let hook = move |_: &mut FakeConnection, _: &mut RecordInfo| {
        if times.swap(0, Ordering::SeqCst) == 1 {
            known.lock().as_ref().expect("it is built").invalidate();
        }
        Ok(())
    };
    let pool = built(pools::narrow::<_, S>(fake).on_checkout(hook).build());
    *held.lock() = Some(pool.clone());
    let session = fake.session(&mut pool.get().unwrap());
    assert_eq!(pool.status().totals.closed_because(CloseReason::Outdated), 1);
    let next = fake.session(&mut pool.get().unwrap());
    assert_ne!(next, session);
    assert_eq!(fake.session(&mut pool.get().unwrap()), next);
    *held.lock() = None;
}

/// What a hook hangs on the record says which connection it prepared.
#[derive(Debug, PartialEq, Eq)]
struct Prepared(u64);

type CheckoutHook =
    Box<dyn Fn(&mut FakeConnection, &mut RecordInfo) -> Result<(), Refusal<FakeError>> + Send + Sync>;

/// A checkout hook that calls so many connections dead as the counter says.
fn refusing() -> (Arc<AtomicUsize>, CheckoutHook) {
    let left = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&left);
    let hook = move |_: &mut FakeConnection, _: &mut RecordInfo| {
        let dead = count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if dead { Err(Refusal::Dead) } else { Ok(()) }
    };
    (left, Box::new(hook))
}

fn fake_error() -> FakeError {
    FakeError { call: Call::Connect, fault: Fault::Other }
}
