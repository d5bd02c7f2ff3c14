//! A caller that takes over the place of another one's connect, which failed late, has the connection alone.

use crate::backends::Fake;
use crate::fake::{Call, FakeManager, Gate};
use crate::kit::wait::wait_until;
use cenote::{Assertion, Error, Fault, MayHang, Pool, SingletonThread, Strategy};
use std::thread;
use std::time::Duration;

/// With Assertion, whoever asks next is refused.
pub fn after_an_orphaned_connect_fails_the_next_has_it_alone(fake: &Fake) {
    takes_over_alone(fake, Assertion::new());
}

/// With SingletonThread, the thread that came back for its connect is refused a second one.
pub fn a_thread_that_takes_over_its_failed_connect_has_one(fake: &Fake) {
    takes_over_alone(fake, SingletonThread::new());
}

fn takes_over_alone<S: Strategy>(fake: &Fake, strategy: S) {
    let pool = Pool::builder(fake.manager_that(MayHang::ANYWHERE)).strategy(strategy).build().unwrap();
    let gate = fake.on(Call::Connect).times(1).blocks();
    leave_a_connect_that_hangs(&pool, &gate);
    thread::scope(|scope| {
        scope.spawn(|| {
            wait_until("the next one waits for the connect", || pool.status().waiting == 1);
            gate.release_to_fail(Fault::Other);
        });
        let taken_over = pool.get().unwrap();
        let second = pool.get_timeout(Duration::ZERO).map(drop);
        assert!(matches!(second, Err(Error::AlreadyCheckedOut { .. })), "{second:?}");
        drop(taken_over);
    });
    drop(pool.get().unwrap());
}

fn leave_a_connect_that_hangs<S: Strategy>(pool: &Pool<FakeManager, S>, gate: &Gate) {
    while gate.blocked() == 0 {
        assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
    }
}
