//! Models of a whole pool that closes: nobody sleeps for ever, and nothing is opened after all is said to be over.

use super::bounds::{join, model, seen};
use super::server::{Answer, Server, idle_at_rest, pool};
use crate::error::Error;
use crate::strategy::{Assertion, Null, Queue, SingletonThread, Strategy};
use loom::thread::spawn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The connect hangs until its sponsor has come back.
fn a_sponsor_is_woken<S: Strategy>(name: &str, strategy: S) {
    model(name, 3, &["a call hung", "it was closed before"], move || {
        let server = Server::new().connects_aside(&[Answer::Late]);
        let gate = server.gate();
        let pool = pool(server, strategy.clone());
        let closing = pool.clone();
        let closer = spawn(move || closing.close());
        assert!(matches!(pool.get(), Err(Error::Closed)));
        if !gate.was_met() {
            seen("it was closed before");
        }
        gate.open();
        pool.close_and_wait(Duration::MAX).expect("there is no deadline");
        join(closer);
        assert_eq!(idle_at_rest(&pool), 0);
    });
}

#[test]
fn a_queue_that_closes_wakes_the_one_whose_connect_hangs() {
    a_sponsor_is_woken("a queue closes while a connect hangs", Queue::new().size(1).max_overflow(0));
}

#[test]
fn a_null_pool_that_closes_wakes_the_one_whose_connect_hangs() {
    a_sponsor_is_woken("a null pool closes while a connect hangs", Null::new());
}

#[test]
fn an_assertion_pool_that_closes_wakes_the_one_whose_connect_hangs() {
    a_sponsor_is_woken("an assertion pool closes while a connect hangs", Assertion::new());
}

#[test]
fn a_pool_by_thread_that_closes_wakes_the_one_whose_connect_hangs() {
    a_sponsor_is_woken("a pool by thread closes while a connect hangs", SingletonThread::new());
}

/// One closes and waits for the end while another comes and goes, and connects in its own thread.
fn the_end_is_seen<S: Strategy>(name: &str, strategy: S) {
    the_end_is_seen_over(name, 5, Server::new, strategy);
}

/// The same on a worker.
fn the_end_is_seen_aside<S: Strategy>(name: &str, strategy: S) {
    the_end_is_seen_over(name, 3, || Server::new().connects_aside(&[]), strategy);
}

fn the_end_is_seen_over<S: Strategy>(name: &str, preemptions: usize, server: fn() -> Server, strategy: S) {
    let sights = ["it was lent before", "it was closed before"];
    model(name, preemptions, &sights, move || {
        let pool = pool(server(), strategy.clone());
        let (theirs, over) = (pool.clone(), Arc::new(AtomicBool::new(false)));
        let is_over = Arc::clone(&over);
        let caller = spawn(move || match theirs.get() {
            Ok(conn) => {
                assert!(!is_over.load(Ordering::Relaxed), "opened after the end");
                seen("it was lent before");
                drop(conn);
            }
            Err(Error::Closed) => seen("it was closed before"),
            Err(error) => panic!("{error}"),
        });
        pool.close_and_wait(Duration::MAX).expect("there is no deadline");
        over.store(true, Ordering::Relaxed);
        join(caller);
        assert_eq!(idle_at_rest(&pool), 0);
    });
}

#[test]
fn the_end_of_a_queue_meets_one_that_comes() {
    the_end_is_seen("a queue is closed while one comes and goes", Queue::new().size(1));
}

#[test]
fn the_end_of_a_null_pool_meets_one_that_comes() {
    the_end_is_seen("a null pool is closed while one comes and goes", Null::new());
}

#[test]
fn the_end_of_a_pool_by_thread_meets_one_that_comes() {
    the_end_is_seen("a pool by thread is closed while one comes and goes", SingletonThread::new());
}

#[test]
fn the_end_of_an_assertion_pool_meets_one_that_comes() {
    the_end_is_seen("an assertion pool is closed while one comes and goes", Assertion::new());
}

#[test]
fn the_end_of_a_queue_meets_a_worker_that_arrives() {
    the_end_is_seen_aside("a queue is closed while a worker connects", Queue::new().size(1));
}

#[test]
fn the_end_of_a_null_pool_meets_a_worker_that_arrives() {
    the_end_is_seen_aside("a null pool is closed while a worker connects", Null::new());
}

#[test]
fn the_end_of_a_pool_by_thread_meets_a_worker_that_arrives() {
    the_end_is_seen_aside("a pool by thread is closed while a worker connects", SingletonThread::new());
}

#[test]
fn the_end_comes_after_the_last_close_on_a_worker() {
    model("a queue is closed while its connection is closed on a worker", 4, &[], || {
        let pool = pool(Server::new().closes_aside(), Queue::new().size(1));
        drop(pool.get().expect("a connection"));
        pool.close_and_wait(Duration::MAX).expect("there is no deadline");
        assert_eq!(idle_at_rest(&pool), 0);
    });
}

/// Two close at the same time. When either is done, nothing is lent any more.
fn nothing_is_lent_after_any_close<S: Strategy>(name: &str, strategy: S) {
    model(name, 4, &[], move || {
        let pool = pool(Server::new(), strategy.clone());
        drop(pool.get().expect("its server is good"));
        let theirs = pool.clone();
        let other = spawn(move || theirs.close());
        pool.close();
        assert!(matches!(pool.get(), Err(Error::Closed)));
        join(other);
        assert_eq!(idle_at_rest(&pool), 0);
    });
}

#[test]
fn nothing_is_lent_by_a_queue_that_somebody_closed_too() {
    nothing_is_lent_after_any_close("two close a queue", Queue::new().size(1));
}

#[test]
fn nothing_is_lent_by_a_list_that_somebody_closed_too() {
    nothing_is_lent_after_any_close("two close a queue without slots", Queue::new().size(1).lifo());
}

#[test]
fn nothing_is_lent_by_a_pool_by_thread_that_somebody_closed_too() {
    nothing_is_lent_after_any_close("two close a pool by thread", SingletonThread::new());
}

#[test]
fn nothing_is_lent_by_a_null_pool_that_somebody_closed_too() {
    nothing_is_lent_after_any_close("two close a null pool", Null::new());
}
