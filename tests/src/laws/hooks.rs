//! The hook for new connections: once for each, before anybody has it.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::panics::{scripted, scripted_panic};
use crate::kit::pools::{self, built};
use crate::promise::Promise;
use cenote::{CloseReason, Error, PooledConnection};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// It runs once for each connection, not for each checkout.
pub fn on_connect_runs_once_for_each_connection<B: Backend, S: Promise>(backend: &B) {
    let runs = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&runs);
    let hook = move |_: &mut _, _: &mut _| {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok(())
    };
    let pool = built(pools::narrow::<B, S>(backend).on_connect(hook).build());
    for _ in 0..3 {
        drop(pool.get().unwrap());
        assert_eq!(runs.load(Ordering::SeqCst) as u64, pool.status().totals.opened);
    }
    PooledConnection::invalidate(pool.get().unwrap());
    drop(pool.get().unwrap());
    assert_eq!(runs.load(Ordering::SeqCst) as u64, pool.status().totals.opened);
}

/// It runs before the first user has the connection, on that very connection.
pub fn on_connect_prepares_the_connection<S: Promise>(fake: &Fake) {
    let prepare = |conn: &mut crate::fake::FakeConnection, _: &mut _| {
        conn.begin();
        Ok(())
    };
    let pool = built(pools::narrow::<_, S>(fake).on_connect(prepare).build());
    assert!(pool.get().unwrap().in_transaction());
}

/// What it hangs on the record outlives the connection, as long as the place is not given up.
pub fn the_record_outlives_the_connection<S: Promise>(fake: &Fake) {
    #[derive(Debug)]
    struct Connects(usize);
    let most = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&most);
    let hook = move |_: &mut _, record: &mut cenote::RecordInfo| {
        let connects = record.get::<Connects>().map_or(0, |connects| connects.0) + 1;
        record.insert(Connects(connects));
        seen.store(connects, Ordering::SeqCst);
        Ok(())
    };
    let pool = built(pools::narrow::<_, S>(fake).on_connect(hook).build());
    for connects in 1..=3 {
        drop(pool.get().unwrap());
        assert_eq!(most.load(Ordering::SeqCst), connects);
        pool.invalidate();
    }
}

/// If it fails, the connection is closed, its error reaches the caller, and the place is free.
pub fn a_failing_hook_closes_the_connection<B: Backend, S: Promise>(backend: &B) {
    let errors = Mutex::new(vec![backend.error(), backend.error()]);
    let hook = move |_: &mut _, _: &mut _| errors.lock().pop().map_or(Ok(()), Err);
    let pool = built(pools::narrow::<B, S>(backend).on_connect(hook).build());
    for refused in 1..=2 {
        let Err(error) = pool.get() else { panic!("the hook refuses") };
        assert!(matches!(error, Error::Connect { .. }) && error.driver_error().is_some(), "{error}");
        let status = pool.status();
        assert_eq!((status.open, status.in_use, status.connecting), (0, 0, 0));
        assert_eq!(status.totals.closed_because(CloseReason::HookFailed), refused);
    }
    assert!(pool.get().is_ok());
}

/// If it panics, the connection is closed, the panic reaches the caller, and the place is free.
pub fn a_panicking_hook_closes_the_connection<S: Promise>(fake: &Fake) {
    let panics = AtomicUsize::new(2);
    let left =
        move || panics.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
    let hook = move |_: &mut _, _: &mut _| if left() { scripted_panic("a hook") } else { Ok(()) };
    let pool = built(pools::narrow::<_, S>(fake).on_connect(hook).build());
    for closed in 1..=2 {
        assert_eq!(scripted(|| pool.get().is_ok()).unwrap_err().0, "a hook");
        fake.wait_until_closed(closed);
        let status = pool.status();
        assert_eq!((status.open, status.in_use, status.connecting), (0, 0, 0));
        assert_eq!(fake.count(Call::Close), closed);
    }
    assert!(pool.get().is_ok());
}
