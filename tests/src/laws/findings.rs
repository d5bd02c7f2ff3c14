//! What the core does not hold yet: each of these laws is red until it does.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{BrittleManager, Call};
use crate::kit::brittle::{Budget, PanicsAtItsEnd};
use crate::kit::panics::scripted;
use crate::kit::pools::{self, built};
use crate::promise::Promise;
use cenote::{Detached, Error, Pool, PooledConnection};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What hangs on a detached connection may panic at its end: its user has the bare connection all the same.
pub fn what_is_taken_out_survives_what_hung_on_it<S: Promise>(fake: &Fake) {
    let pool = built(pools::narrow::<_, S>(fake).build());
    let budget = Budget::default();
    let mut conn = pool.get().unwrap();
    PooledConnection::info_mut(&mut conn).insert(PanicsAtItsEnd::new(&budget));
    let detached = PooledConnection::detach(conn);
    budget.set(1);
    let bare = scripted(|| Detached::into_inner(detached)).expect("the panic is nobody's");
    bare.taken();
    assert_eq!((budget.left(), pool.status().detached), (0, 0));
}

/// The last error that a pool remembers may panic at its end: dropping the pool does not, nor does an unwinding abort.
pub fn a_pool_outlives_its_last_error<S: Promise>(fake: &Fake) {
    let (words, end) = (Budget::default(), Budget::default());
    let manager = BrittleManager::new(fake.manager(), &words, &end);
    let pool = built(Pool::builder(manager).strategy(S::narrow()).build());
    fake.on(Call::Connect).times(1).fails();
    assert!(pool.get().is_err());
    end.set(1);
    assert!(scripted(|| drop(pool)).is_ok(), "the panic is nobody's");
    crate::kit::wait::wait_until("the error is gone", || end.left() == 0);
}

/// No status shows more connections closed than were opened, whatever moves meanwhile.
pub fn no_more_are_closed_than_were_opened<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let mut strange = None;
            while !over.load(Ordering::SeqCst) {
                let totals = pool.status().totals;
                if totals.closed() > totals.opened {
                    strange = Some((totals.closed(), totals.opened));
                }
            }
            strange
        });
        let threads = [(); 3].map(|()| {
            scope.spawn(|| {
                for _ in 0..400 {
                    match pool.get() {
                        Ok(conn) => PooledConnection::invalidate(conn),
                        Err(error) => assert!(matches!(error, Error::AlreadyCheckedOut { .. }), "{error}"),
                    }
                }
            })
        });
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        over.store(true, Ordering::SeqCst);
        assert_eq!(asking.join().unwrap(), None, "closed, opened");
    });
}
