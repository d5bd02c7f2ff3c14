//! Models of a whole pool whose connections come and go: every caller has one, and none is lost or kept too many.

use super::bounds::{join, model, seen};
use super::server::{Server, idle_at_rest, pool};
use crate::strategy::{Queue, SingletonThread};
use loom::thread::spawn;
use std::time::Duration;

#[test]
fn a_flush_meets_a_return_and_one_that_waits() {
    model("all are made stale while one comes home and another waits", 3, &[], || {
        let pool = pool(Server::new(), Queue::new().size(1).max_overflow(0));
        let conn = pool.get_owned().expect("a connection");
        let returner = spawn(move || drop(conn));
        let flushing = pool.clone();
        let flusher = spawn(move || flushing.dispose());
        drop(pool.get().expect("there is no deadline"));
        join(returner);
        join(flusher);
        assert!(idle_at_rest(&pool) <= 1);
    });
}

#[test]
fn a_thread_that_ends_meets_one_that_takes_its_connection_away() {
    let sights = ["two were open", "one was open"];
    model("one kept; a thread ends while another opens", 3, &sights, || {
        let pool = pool(Server::new(), SingletonThread::new().size(1));
        let theirs = pool.clone();
        let other = spawn(move || drop(theirs.get().expect("a connection")));
        let conn = pool.get().expect("a connection");
        seen(if pool.status().open == 2 { "two were open" } else { "one was open" });
        drop(conn);
        join(other);
        pool.close_and_wait(Duration::MAX).expect("there is no deadline");
        assert_eq!(idle_at_rest(&pool), 0);
    });
}
