//! What a healthy cycle writes: cache lines that only its own thread writes, and nothing else. Counted by addresses.

use super::bounds::{join, model};
use super::server::{Server, pool};
use crate::builder::Builder;
use crate::pool::Pool;
use crate::settings::PrePing;
use crate::strategy::{Keeps, Queue, SingletonThread};
use crate::watched::writes_of;
use loom::thread::spawn;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What processors fetch together: two neighbours of 64 bytes.
const LINE: usize = 128;

/// The slot's exchange and its word; how often the connection was lent.
const LEAN: usize = 3;

/// And its holder: call site, thread, since when, which connection.
const WITH_HOLDERS: usize = LEAN + 4;

fn lean<S: Keeps>(strategy: S) -> Pool<Server, S> {
    let builder = Pool::builder(Server::new()).strategy(strategy);
    build(builder.recycle(None).pre_ping(PrePing::Never).holders(false))
}

fn with_defaults<S: Keeps>(strategy: S) -> Pool<Server, S> {
    build(Pool::builder(Server::new()).strategy(strategy))
}

fn build<S: Keeps>(builder: Builder<Server, S>) -> Pool<Server, S> {
    builder.build().expect("good settings")
}

/// The addresses that a get and a drop write, once the thread is at home in the pool.
fn written<S: Keeps>(pool: &Pool<Server, S>) -> BTreeSet<usize> {
    let cycle = || drop(pool.get().expect("a connection"));
    cycle();
    writes_of(cycle)
}

fn lines(addresses: &BTreeSet<usize>) -> BTreeSet<usize> {
    addresses.iter().map(|address| address / LINE).collect()
}

/// Two threads, one after the other, each with a connection of its own.
fn of_two_threads<S: Keeps>(pool: Pool<Server, S>) -> [BTreeSet<usize>; 2] {
    let first = pool.get().expect("a connection");
    let theirs = pool.clone();
    let other = join(spawn(move || written(&theirs)));
    drop(first);
    [written(&pool), other]
}

fn writes_so_many_lines_of_its_own<S: Keeps>(make: fn() -> Pool<Server, S>, writes: usize) {
    model("two threads, each with a connection of its own", 0, &[], move || {
        let [mine, others] = of_two_threads(make());
        assert_eq!((mine.len(), others.len()), (writes, writes), "{mine:x?} and {others:x?}");
        assert!(lines(&mine).is_disjoint(&lines(&others)), "{mine:x?} and {others:x?}");
    });
}

#[test]
fn a_lean_cycle_writes_only_to_lines_of_its_own() {
    writes_so_many_lines_of_its_own(|| lean(Queue::new().size(2)), LEAN);
}

#[test]
fn a_cycle_with_all_defaults_writes_only_to_lines_of_its_own() {
    writes_so_many_lines_of_its_own(|| with_defaults(Queue::new().size(2)), WITH_HOLDERS);
}

/// Its claim on the bench, beside what a queue writes.
#[test]
fn a_cycle_by_thread_writes_only_to_lines_of_its_own() {
    writes_so_many_lines_of_its_own(|| lean(SingletonThread::new().size(2)), LEAN + 1);
    writes_so_many_lines_of_its_own(|| with_defaults(SingletonThread::new().size(2)), WITH_HOLDERS + 1);
}

/// Nor does a handle that borrows its pool count itself in it.
#[test]
fn a_borrowing_handle_counts_nothing_in_its_pool() {
    model("one connection is out", 0, &[], || {
        let pool = pool(Server::new(), Queue::new());
        let before = Arc::strong_count(&pool.shared);
        let conn = pool.get().expect("a connection");
        assert_eq!(Arc::strong_count(&pool.shared), before);
        drop(conn);
    });
}

/// One that owns counts itself with its connection, on that one's own line.
#[test]
fn an_owning_handle_counts_itself_with_its_connection() {
    model("two connections are lent again", 0, &[], || {
        let pool = lean(Queue::new().size(2));
        let handles = || [0; 2].map(|_| pool.get_owned().expect("a connection"));
        drop(handles());
        let before = Arc::strong_count(&pool.shared);
        let lent = handles();
        assert_eq!(Arc::strong_count(&pool.shared), before);
        let counts = lent.each_ref().map(|conn| conn.shared().counted_at().expect("it owns"));
        assert_eq!(lines(&counts.into_iter().collect()).len(), 2, "{counts:x?}");
    });
}

/// Else the laws above would hold for anything.
#[test]
fn a_shared_write_would_be_seen() {
    model("a lock in each cycle", 0, &[], || {
        let [mine, others] = of_two_threads(lean(Queue::new().size(2).lifo()));
        assert!(!lines(&mine).is_disjoint(&lines(&others)), "{mine:x?} and {others:x?}");
    });
}
