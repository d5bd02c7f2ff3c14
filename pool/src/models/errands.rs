//! Models of connects and checks on workers: whoever leaves, fails or comes back, nothing is lost, and nobody sleeps.

use super::bounds::{join, model, seen};
use super::server::{Answer, Refused, Server, idle_at_rest, pool};
use crate::error::Error;
use crate::pool::Pool;
use crate::settings::PrePing;
use crate::strategy::{Assertion, Keeps, Queue, SingletonThread};
use loom::thread::spawn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

fn one() -> Queue {
    Queue::new().size(1).max_overflow(0)
}

fn asking<S: Keeps>(server: Server, strategy: S) -> Pool<Server, S> {
    let builder = Pool::builder(server).strategy(strategy).timeout(Duration::MAX);
    builder.pre_ping(PrePing::Always).build().expect("good settings")
}

#[test]
fn a_connect_that_fails_meets_the_caller_that_leaves_it() {
    let sights = ["the caller was told", "the deadline passed", "the caller had the other's"];
    model("a connect fails, its caller leaves, another waits", 2, &sights, || {
        let pool = pool(Server::new().connects_aside(&[Answer::Bad]), one());
        let theirs = pool.clone();
        let leaver = spawn(move || match theirs.get_timeout(Duration::ZERO) {
            Ok(_) => seen("the caller had the other's"),
            Err(Error::Connect { .. }) => seen("the caller was told"),
            Err(Error::Timeout { .. }) => seen("the deadline passed"),
            Err(error) => panic!("{error}"),
        });
        match pool.get() {
            Ok(_) | Err(Error::Connect { .. }) => {}
            Err(error) => panic!("{error}"),
        }
        join(leaver);
        pool.close_and_wait(Duration::MAX).expect("there is no deadline");
        assert_eq!(idle_at_rest(&pool), 0);
    });
}

#[test]
fn the_place_of_a_connect_that_failed_is_free_before_its_caller_hears_of_it() {
    model("a connect fails, and its caller tries again", 3, &[], || {
        let pool = pool(Server::new().connects_aside(&[Answer::Bad]), one());
        assert!(matches!(pool.get(), Err(Error::Connect { .. })));
        assert!(matches!(pool.try_get(), Ok(Some(_))), "the place is still taken");
    });
}

#[test]
fn the_place_of_a_connect_that_panicked_is_free_before_its_caller_hears_of_it() {
    model("a connect panics, and its caller tries again", 3, &[], || {
        let pool = pool(Server::new().connects_aside(&[Answer::Panic]), one());
        let panicked = catch_unwind(AssertUnwindSafe(|| pool.get().map(drop)));
        assert!(panicked.is_err_and(|payload| payload.is::<Refused>()));
        assert!(matches!(pool.try_get(), Ok(Some(_))), "the place is still taken");
    });
}

#[test]
fn a_connect_that_fails_meets_what_another_brings_home() {
    let sights = ["the caller was told", "the caller had the other's"];
    model("a connect fails, a connection comes home", 2, &sights, || {
        let server = Server::new().connects_aside(&[Answer::Good, Answer::Bad]);
        let pool = pool(server, Queue::new().size(1).max_overflow(1));
        let conn = pool.get_owned().expect("the first connect is good");
        let returner = spawn(move || drop(conn));
        match pool.get() {
            Ok(_) => seen("the caller had the other's"),
            Err(Error::Connect { .. }) => seen("the caller was told"),
            Err(error) => panic!("{error}"),
        }
        join(returner);
        pool.close_and_wait(Duration::MAX).expect("there is no deadline");
        assert_eq!(idle_at_rest(&pool), 0);
    });
}

#[test]
fn a_check_that_was_left_brings_its_connection_to_the_thread_that_came_back() {
    let sights = ["the deadline passed", "the check was good"];
    model("a thread leaves a check, and comes back", 4, &sights, || {
        let pool = asking(Server::new().checks_aside(Answer::Good), SingletonThread::new());
        drop(pool.get().expect("a connection"));
        match pool.get_timeout(Duration::ZERO) {
            Ok(_) => seen("the check was good"),
            Err(Error::Timeout { .. }) => seen("the deadline passed"),
            Err(error) => panic!("{error}"),
        }
        drop(pool.get().expect("there is no deadline"));
        assert_eq!(idle_at_rest(&pool), 1);
    });
}

#[test]
fn a_check_that_was_left_takes_nobodys_claim() {
    let sights = ["the deadline passed", "the check was good"];
    model("a caller leaves a check, and another comes", 4, &sights, || {
        let pool = asking(Server::new().checks_aside(Answer::Good), Assertion::new());
        drop(pool.get().expect("a connection"));
        match pool.get_timeout(Duration::ZERO) {
            Ok(_) => seen("the check was good"),
            Err(Error::Timeout { .. }) => seen("the deadline passed"),
            Err(error) => panic!("{error}"),
        }
        let conn = pool.get().expect("there is no deadline");
        assert!(matches!(pool.get(), Err(Error::AlreadyCheckedOut { .. })));
        drop(conn);
        assert_eq!(idle_at_rest(&pool), 1);
    });
}
