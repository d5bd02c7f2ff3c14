//! What is not modelled, watched: std's atomics and a plain lock, with a note of each address that is written.

use crossbeam_utils::atomic::AtomicCell as Cell;
use parking_lot::MutexGuard;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

/// The addresses that are written while this runs, by whatever comes from `sync.rs`: a lock, an atomic, an exchange.
#[cfg(test)]
pub(crate) fn writes_of(run: impl FnOnce()) -> BTreeSet<usize> {
    WRITTEN.set(Some(BTreeSet::new()));
    run();
    WRITTEN.take().unwrap_or_default()
}

/// Notes that something is written.
pub(crate) fn note<T>(at: &T) {
    WRITTEN.with_borrow_mut(|written| {
        if let Some(written) = written {
            written.insert(std::ptr::from_ref(at).addr());
        }
    });
}

std::thread_local! {
    /// loom runs all threads of a model on one thread of the system.
    static WRITTEN: RefCell<Option<BTreeSet<usize>>> = const { RefCell::new(None) };
}

macro_rules! watched {
    ($($name:ident($value:ty): $($method:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?),+;)*) => { $(
        #[derive(Debug, Default)]
        pub(crate) struct $name(std::sync::atomic::$name);

        impl $name {
            pub(crate) const fn new(value: $value) -> Self {
                Self(std::sync::atomic::$name::new(value))
            }

            pub(crate) fn load(&self, order: Ordering) -> $value {
                self.0.load(order)
            }
            $(
                pub(crate) fn $method(&self, $($arg: $type),*) $(-> $result)? {
                    note(self);
                    self.0.$method($($arg),*)
                }
            )+
        }
    )* };
}

watched! {
    AtomicBool(bool): store(value: bool, order: Ordering), swap(value: bool, order: Ordering) -> bool;
    AtomicU64(u64): store(value: u64, order: Ordering), fetch_add(value: u64, order: Ordering) -> u64,
        compare_exchange(old: u64, new: u64, good: Ordering, bad: Ordering) -> Result<u64, u64>;
    AtomicUsize(usize): fetch_add(value: usize, order: Ordering) -> usize,
        fetch_sub(value: usize, order: Ordering) -> usize,
        fetch_update(good: Ordering, bad: Ordering, next: impl FnMut(usize) -> Option<usize>) -> Result<usize, usize>;
}

#[derive(Debug, Default)]
pub(crate) struct AtomicCell<T: Copy>(Cell<T>);

impl<T: Copy> AtomicCell<T> {
    pub(crate) fn load(&self) -> T {
        self.0.load()
    }

    pub(crate) fn store(&self, value: T) {
        note(self);
        self.0.store(value);
    }
}

#[derive(Debug, Default)]
pub(crate) struct Mutex<T>(parking_lot::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(parking_lot::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        note(self);
        self.0.lock()
    }

    pub(crate) fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        note(self);
        self.0.try_lock()
    }
}
