//! What a thread knows of itself: its number, its name for others, its seat in each pool, and who to tell at its end.

use crate::id::PoolId;
use crate::shield::quietly;
use crate::sync::{PlainMutex, thread_local};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Weak;
use std::sync::atomic::{AtomicU64, Ordering};

/// Who wants to know that a thread has ended.
pub(crate) trait Departure: Send + Sync {
    /// Called once, in the thread that ends.
    fn thread_ended(&self, thread: u64);
}

/// The number of this thread: never 0, never used again. `std::thread::current().id()` costs ten times as much.
#[inline]
pub(crate) fn number() -> u64 {
    MEMORY.with(|memory| match memory.number.get() {
        0 => enrol(memory),
        number => number,
    })
}

/// The name of a thread that is alive and has met a pool.
pub(crate) fn name(number: u64) -> Option<String> {
    NAMES.lock().get(&number).cloned()
}

/// The seat that this thread used last in this pool, if it remembers.
#[inline]
pub(crate) fn seat(pool: PoolId) -> Option<u32> {
    MEMORY.with(|memory| {
        let (known, seat) = memory.seats[pool.get() as usize % SEATS].get();
        (known == pool.get()).then_some(seat)
    })
}

/// Remembers a seat in place of the one of another pool that fell on the same line.
pub(crate) fn remember_seat(pool: PoolId, seat: u32) {
    MEMORY.with(|memory| memory.seats[pool.get() as usize % SEATS].set((pool.get(), seat)));
}

/// Asks that `listener` be told when this thread ends. Once a pool is enough; more are ignored.
pub(crate) fn at_exit(pool: PoolId, listener: Weak<dyn Departure>) {
    number();
    let _ = LIFE.try_with(|life| {
        let mut listeners = life.listeners.borrow_mut();
        if !listeners.iter().any(|(known, _)| *known == pool) {
            listeners.retain(|(_, listener)| listener.strong_count() > 0);
            listeners.push((pool, listener));
        }
    });
}

/// Whether this thread is ending, so that nothing can be kept for it any more.
pub(crate) fn is_ending() -> bool {
    LIFE.try_with(|_| ()).is_err()
}

/// A thread that uses more pools than this at a time forgets a seat now and then, and looks for one again.
const SEATS: usize = 8;

static NAMES: PlainMutex<BTreeMap<u64, String>> = PlainMutex::new(BTreeMap::new());

thread_local! {
    static MEMORY: Memory = const {
        Memory { number: Cell::new(0), seats: [const { Cell::new((0, 0)) }; SEATS] }
    };
    static LIFE: Life = const { Life { number: Cell::new(0), listeners: RefCell::new(Vec::new()) } };
}

/// Without a destructor, so that reading it is one addition to the thread's base address.
struct Memory {
    number: Cell<u64>,
    seats: [Cell<(u64, u32)>; SEATS],
}

struct Life {
    number: Cell<u64>,
    listeners: RefCell<Vec<(PoolId, Weak<dyn Departure>)>>,
}

impl Drop for Life {
    fn drop(&mut self) {
        let number = self.number.get();
        for (_, listener) in self.listeners.take() {
            // A panic that got out of here would end the process. The listener may be the last that holds its pool.
            quietly(|| {
                if let Some(listener) = listener.upgrade() {
                    listener.thread_ended(number);
                }
            });
        }
        NAMES.lock().remove(&number);
    }
}

#[cold]
fn enrol(memory: &Memory) -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    memory.number.set(number);
    // Fails only in a thread that is ending: it then goes without a name.
    if LIFE.try_with(|life| life.number.set(number)).is_ok() {
        let thread = std::thread::current();
        let name = thread.name().map_or_else(|| format!("{:?}", thread.id()), str::to_owned);
        NAMES.lock().insert(number, name);
    }
    number
}
