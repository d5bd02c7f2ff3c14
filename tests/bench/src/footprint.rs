//! What belongs to a pool on the heap: to an empty one, to each idle connection, to each one that waits.

use crate::cases::memory::CASE;
use crate::contender::{Contender, Entrant};
use crate::contenders::cenote::{lean, queue, with_defaults};
use crate::contenders::mutex_vec::MutexVec;
use crate::contenders::{bb8, deadpool, fastpool, r2d2};
use crate::driver::Nothing;
use crate::row::Row;
use crate::series::Series;
use cenote::{Null, SingletonThread};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};
use std::time::Duration;

const SIZES: [usize; 2] = [1, 10_000];
const WAITERS: usize = 1000;

/// Enough for the median: tables of the process that grow with its threads do so in a few rounds only.
const ROUNDS: usize = 5;

/// Enough for a get.
const STACK: usize = 256 * 1024;

/// When nothing has been allocated or freed for so long, everybody has done what he was about to do.
const CALM: Duration = Duration::from_millis(20);

/// The heap of this process.
#[derive(Clone, Copy)]
struct Heap {
    allocated: fn() -> usize,
}

/// A pool to be weighed, whose connections are a number each, so that what is weighed is the pool's.
struct Subject {
    build: fn(usize) -> Entrant<u64>,
    keeps: Keeps,
}

/// How many idle connections a pool keeps, and since when.
#[derive(Clone, Copy, PartialEq)]
enum Keeps {
    /// As many as its size, once they were needed.
    Size,
    /// As many as its size, from the start: what is empty is one of size 0.
    Prefilled,
    /// One for each thread, so that none waits.
    OneAThread,
    /// None, so that none waits.
    Nothing,
}

/// Prints a row a line for each figure. The argument tells how many bytes all threads have allocated and not freed.
pub fn print(allocated: fn() -> usize) {
    for row in SIZES.into_iter().flat_map(|size| weigh_all(Heap { allocated }, size)) {
        println!("{}", serde_json::to_string(&row).expect("a row is plain data"));
    }
}

fn weigh_all(heap: Heap, size: usize) -> Vec<Row> {
    let mut series = Series::new(CASE, 1, format!("size {size}"));
    let mut with_waiters = Series::new(CASE, 1 + WAITERS, format!("size {size}"));
    for round in 0..=ROUNDS {
        for subject in subjects() {
            let Weights { name, pool, idle_connection, waiter } = subject.weigh(heap, size);
            if round == 0 {
                // What it left behind stays for the process, whatever pools come and go.
                continue;
            }
            series.note(name, "bytes_per_pool", pool);
            idle_connection.inspect(|bytes| series.note(name, "bytes_per_idle_connection", *bytes));
            waiter.inspect(|bytes| with_waiters.note(name, "bytes_per_waiter", *bytes));
        }
    }
    series.rows().chain(with_waiters.rows()).collect()
}

fn subjects() -> [Subject; 9] {
    let lazy = |build| Subject { build, keeps: Keeps::Size };
    [
        lazy(|size| Entrant::blocking("cenote/Queue/lean", lean(&Nothing, queue(size)))),
        lazy(|size| Entrant::blocking("cenote/Queue/defaults", with_defaults(&Nothing, queue(size)))),
        Subject {
            build: |size| {
                Entrant::blocking("cenote/SingletonThread", lean(&Nothing, SingletonThread::new().size(size)))
            },
            keeps: Keeps::OneAThread,
        },
        Subject {
            build: |_| Entrant::blocking("cenote/Null", with_defaults(&Nothing, Null::new())),
            keeps: Keeps::Nothing,
        },
        lazy(|size| Entrant::blocking("r2d2", r2d2::empty(&Nothing, size))),
        lazy(|size| Entrant::awaited("deadpool", deadpool::pool(&Nothing, size))),
        lazy(|size| Entrant::awaited("bb8", bb8::pool(&Nothing, size))),
        lazy(|size| Entrant::awaited("fastpool", fastpool::pool(&Nothing, size))),
        Subject {
            build: |size| Entrant::blocking("mutex-vec", MutexVec::new(&Nothing, size)),
            keeps: Keeps::Prefilled,
        },
    ]
}

/// Bytes on the heap; the pool's own value, which lies in a box here, is counted as the pool's.
struct Weights {
    name: &'static str,
    pool: f64,
    idle_connection: Option<f64>,
    waiter: Option<f64>,
}

impl Subject {
    fn weigh(&self, heap: Heap, size: usize) -> Weights {
        let keeps = match self.keeps {
            Keeps::Size | Keeps::Prefilled => size,
            Keeps::OneAThread => 1,
            Keeps::Nothing => 0,
        };
        let before = heap.bytes();
        let empty = (self.build)(if self.keeps == Keeps::Prefilled { 0 } else { size });
        let with_pool = heap.bytes();
        let Entrant { name, pool } = if self.keeps == Keeps::Prefilled {
            drop(empty);
            (self.build)(size)
        } else {
            empty.pool.hold(keeps, &mut || {});
            empty
        };
        let with_connections = heap.bytes();
        let waits = matches!(self.keeps, Keeps::Size | Keeps::Prefilled);
        Weights {
            name,
            pool: with_pool - before,
            idle_connection: (keeps > 0).then(|| (with_connections - with_pool) / keeps as f64),
            waiter: waits.then(|| per_waiter(heap, &*pool, size)),
        }
    }
}

/// What each adds that waits, all connections being held. Each was served before, so that what a pool keeps for a
/// thread that it knows is not taken for what it keeps for one that waits.
fn per_waiter(heap: Heap, pool: &dyn Contender<u64>, size: usize) -> f64 {
    let [known, go] = [(); 2].map(|()| Barrier::new(WAITERS + 1));
    let asked = AtomicUsize::new(0);
    let wait = || {
        pool.cycle(1);
        known.wait();
        go.wait();
        asked.fetch_add(1, Ordering::Relaxed);
        pool.cycle(1);
    };
    thread::scope(|scope| {
        for _ in 0..WAITERS {
            Builder::new().stack_size(STACK).spawn_scoped(scope, wait).expect("a thread can be spawned");
        }
        known.wait();
        let mut bytes = 0.0;
        pool.hold(size, &mut || {
            let before = heap.bytes();
            go.wait();
            while asked.load(Ordering::Relaxed) < WAITERS {
                thread::sleep(CALM);
            }
            bytes = heap.bytes() - before;
        });
        bytes / WAITERS as f64
    })
}

impl Heap {
    fn bytes(self) -> f64 {
        let mut bytes = (self.allocated)();
        loop {
            thread::sleep(CALM);
            let now = (self.allocated)();
            if now == bytes {
                return now as f64;
            }
            bytes = now;
        }
    }
}
