//! The first connect of a pool: once, and everybody waits for it.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::meeting::Meeting;
use crate::kit::panics::{scripted, scripted_panic};
use crate::kit::pools::{self, built};
use crate::kit::punctual::{DEADLINE, punctually};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use cenote::{Error, PooledConnection};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The first connect is for one, and the others wait for it; nobody has a connection before it has succeeded.
pub fn the_first_connect_is_once_and_everybody_waits_for_it<S: Promise>(fake: &Fake) {
    const THREADS: usize = 4;
    let (first, later) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (firsts, laters, before) = (Arc::clone(&first), Arc::clone(&later), Arc::clone(&later));
    let (entered, leave) = (Arc::new(Meeting::of(2)), Arc::new(Meeting::of(2)));
    let (arrive, go) = (Arc::clone(&entered), Arc::clone(&leave));
    let builder = pools::wide::<_, S>(fake, THREADS)
        .on_first_connect(move |_, _| {
            firsts.fetch_add(1, Ordering::SeqCst);
            arrive.wait();
            go.wait();
            assert_eq!(before.load(Ordering::SeqCst), 0, "somebody did not wait");
            Ok(())
        })
        .on_connect(move |_, _| {
            laters.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
    let pool = built(builder.build());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| drop(pool.get().unwrap()));
        }
        entered.wait();
        wait_until("the others have connected", || fake.count(Call::Connect) == THREADS);
        leave.wait();
    });
    assert_eq!(first.load(Ordering::SeqCst), 1);
    assert!(later.load(Ordering::SeqCst) >= 1);
}

/// Others wait for a first connect no longer than they are ready to.
pub fn a_slow_first_connect_holds_nobody_beyond_their_deadline<S: Promise>(fake: &Fake) {
    let (entered, leave) = (Arc::new(Meeting::of(2)), Arc::new(Meeting::of(2)));
    let (arrive, go) = (Arc::clone(&entered), Arc::clone(&leave));
    let builder = pools::wide::<_, S>(fake, 2).on_first_connect(move |_, _| {
        arrive.wait();
        go.wait();
        Ok(())
    });
    let pool = built(builder.build());
    thread::scope(|scope| {
        scope.spawn(|| drop(pool.get().unwrap()));
        entered.wait();
        let result = punctually("another", DEADLINE, || pool.get_timeout(DEADLINE));
        leave.wait();
        assert!(result.is_err_and(|error| error.is_timeout()));
    });
    drop(pool.get().unwrap());
}

/// A first connect that fails, or panics, is the next one's.
pub fn a_first_connect_that_fails_is_tried_again<S: Promise>(fake: &Fake) {
    let tries = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&tries);
    let error = fake.error();
    let failing = Mutex::new(Some(error));
    let builder = pools::narrow::<_, S>(fake).on_first_connect(move |_, _| {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => Err(failing.lock().take().expect("the first failure")),
            1 => scripted_panic("first connect"),
            _ => Ok(()),
        }
    });
    let pool = built(builder.build());
    assert!(matches!(pool.get(), Err(Error::Connect { .. })));
    assert!(scripted(|| drop(pool.get())).is_err(), "the second try panics");
    drop(pool.get().unwrap());
    PooledConnection::invalidate(pool.get().unwrap());
    drop(pool.get().unwrap());
    assert_eq!(tries.load(Ordering::SeqCst), 3);
    assert_eq!(pool.status().in_use, 0);
}
