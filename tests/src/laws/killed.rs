//! What only a server shows: connections that it cuts, and how many it sees.

use crate::backend::Backend;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use crate::promise::Promise;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// One that the server cut while a user had it is not lent again, once the user saw it.
pub fn a_connection_killed_while_out_is_replaced<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    backend.kill(session);
    assert!(!backend.answers(&mut conn));
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert!(backend.answers(&mut conn));
    assert_ne!(backend.session(&mut conn), session);
}

/// One that the server cut in a transaction leaves nothing of it, and is not lent again, though its user did not see it.
pub fn a_connection_killed_in_a_transaction_is_replaced<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    let session = backend.session(&mut conn);
    backend.begin(&mut conn);
    backend.insert(&mut conn);
    backend.kill(session);
    drop(conn);
    let mut conn = pool.get().unwrap();
    assert!(backend.answers(&mut conn) && !backend.in_transaction(&mut conn));
    assert_ne!(backend.session(&mut conn), session);
    assert_eq!(backend.committed(), 0);
}

/// However many ask, the server sees no more connections than the limit, at any time.
pub fn the_server_never_sees_more_than_the_limit<B: Backend, S: Promise>(backend: &B) {
    const SIZE: usize = 3;
    const TURNS: usize = 20;
    let pool = built(pools::wide::<B, S>(backend, SIZE).build());
    let limit = pool.status().limit.expect("it has one");
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let looks = scope.spawn(|| {
            let mut most = 0;
            while !is_over.load(Ordering::SeqCst) {
                most = most.max(backend.open());
            }
            most
        });
        let users = || {
            for _ in 0..TURNS {
                backend.session(&mut pool.get().unwrap());
            }
        };
        let users: Vec<_> = (0..2 * SIZE).map(|_| scope.spawn(users)).collect();
        users.into_iter().for_each(|user| user.join().unwrap());
        is_over.store(true, Ordering::SeqCst);
        let most = looks.join().unwrap();
        assert!(most <= limit, "{most} were open at the server, and the limit is {limit}: {}", pool.status());
    });
    assert_eq!(backend.open(), pool.status().open);
}

/// When a pool is closed, the server sees none of its connections any more.
pub fn a_closed_pool_leaves_nothing_at_the_server<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::wide::<B, S>(backend, 2).build());
    let mut conn = pool.get().unwrap();
    backend.session(&mut conn);
    assert_eq!(backend.open(), 1);
    pool.close();
    drop(conn);
    wait_until("the server sees none", || backend.open() == 0);
}
