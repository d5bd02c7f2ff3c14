//! Trying again: a connect that fails for now is tried until the deadline, where that was asked for.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{Call, FakeManager};
use crate::kit::pools::{self, built};
use crate::kit::punctual::{DEADLINE, punctually};
use crate::kit::wait::wait_until;
use crate::kit::workers;
use crate::promise::Promise;
use cenote::{Error, Fault, Pool, Queue};
use std::thread;
use std::time::Duration;

fn trying<S: Promise>(fake: &Fake) -> Pool<FakeManager, S> {
    built(pools::narrow::<_, S>(fake).retry_connect(true).build())
}

/// A server that is away for a short time is waited for.
pub fn a_failed_connect_is_tried_again<S: Promise>(fake: &Fake) {
    let pool = trying::<S>(fake);
    fake.on(Call::Connect).times(2).fails_with(Fault::Transient);
    fake.on(Call::Connect).times(1).fails_with(Fault::Other);
    assert!(pool.get().is_ok());
    assert_eq!((fake.count(Call::Connect), pool.status().totals.connect_errors), (4, 3));
}

/// A server that will not have it is not asked again.
pub fn a_refused_connect_is_not_tried_again<S: Promise>(fake: &Fake) {
    let pool = trying::<S>(fake);
    fake.on(Call::Connect).times(1).fails_with(Fault::Refused);
    assert!(matches!(pool.get(), Err(Error::Connect { .. })));
    assert_eq!((fake.count(Call::Connect), pool.status().open), (1, 0));
    assert!(pool.get().is_ok());
}

/// A hook that refuses means it.
pub fn what_a_hook_refuses_is_not_tried_again<B: Backend, S: Promise>(backend: &B) {
    let error = parking_lot::Mutex::new(Some(backend.error()));
    let builder = pools::narrow::<B, S>(backend).retry_connect(true);
    let pool = built(builder.on_connect(move |_, _| error.lock().take().map_or(Ok(()), Err)).build());
    assert!(matches!(pool.get(), Err(Error::Connect { .. })));
    assert_eq!(pool.status().totals.opened, 1);
    assert!(pool.get().is_ok());
}

/// The deadline holds; the error tells of the last connect, and nobody goes on trying.
pub fn trying_again_ends_at_the_deadline<S: Promise>(fake: &Fake) {
    let pool = trying::<S>(fake);
    fake.on(Call::Connect).fails_with(Fault::Transient);
    let get = || pool.get_timeout(DEADLINE).map(drop);
    let error = punctually("trying again", DEADLINE, get).unwrap_err();
    assert!(error.is_timeout() && error.driver_error().is_some(), "{error}");
    wait_until("nobody tries", || {
        let status = pool.status();
        status.open + status.connecting == 0
    });
    workers::wait_until_gone(&pool);
    fake.end_script();
    assert!(pool.get().is_ok());
}

/// A pool that closes does not wait for one that tries.
pub fn trying_again_ends_with_the_pool<S: Promise>(fake: &Fake) {
    let pool = trying::<S>(fake);
    fake.on(Call::Connect).fails_with(Fault::Transient);
    thread::scope(|scope| {
        let trying = scope.spawn(|| matches!(pool.get_timeout(Duration::MAX), Err(Error::Closed)));
        fake.wait_for(Call::Connect, 3);
        pool.close();
        assert!(trying.join().unwrap());
    });
    workers::wait_until_gone(&pool);
    assert_eq!(pool.status().open, 0);
}

/// One that tries again takes what comes home meanwhile.
pub fn one_that_tries_again_takes_what_comes_home(fake: &Fake) {
    let builder = pools::with(fake, Queue::new().size(2).max_overflow(0)).retry_connect(true);
    let pool = built(builder.build());
    let mut first = pool.get().unwrap();
    let session = fake.session(&mut first);
    fake.on(Call::Connect).fails_with(Fault::Transient);
    thread::scope(|scope| {
        let trying = scope.spawn(|| fake.session(&mut pool.get_timeout(Duration::MAX).unwrap()));
        fake.wait_for(Call::Connect, 3);
        drop(first);
        assert_eq!(trying.join().unwrap(), session);
    });
}
