//! The one door to locks, atomics and the exchange cell: parking_lot, std and crossbeam, or loom in the models.

/// A lock and a condition of which no model is made: no checkout waits for another one there.
pub(crate) use parking_lot::{Condvar as PlainCondvar, Mutex as PlainMutex};

#[cfg(not(loom))]
pub(crate) use {
    exchange::Exchange,
    parking_lot::{Condvar, Mutex, MutexGuard},
    std::sync::atomic::{AtomicU8, AtomicUsize, Ordering},
};

#[cfg(loom)]
pub(crate) use modelled::{AtomicU8, AtomicUsize, Condvar, Exchange, Mutex, MutexGuard, Ordering};

#[cfg(not(loom))]
mod exchange {
    use crossbeam_utils::atomic::AtomicCell;
    use std::fmt;

    /// A cell that holds a box or nothing, changed only by swapping: one atomic instruction each.
    pub(crate) struct Exchange<T>(AtomicCell<Option<Box<T>>>);

    impl<T> Exchange<T> {
        const LOCK_FREE: () = assert!(AtomicCell::<Option<Box<T>>>::is_lock_free());

        pub(crate) fn empty() -> Self {
            let () = Self::LOCK_FREE;
            Self(AtomicCell::new(None))
        }

        /// Acquires and releases: what was done before a swap is seen after any later one.
        #[inline]
        pub(crate) fn swap(&self, value: Option<Box<T>>) -> Option<Box<T>> {
            self.0.swap(value)
        }
    }

    impl<T> fmt::Debug for Exchange<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Exchange(..)")
        }
    }
}

#[cfg(loom)]
mod modelled {
    pub(crate) use loom::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
    use std::collections::BTreeMap;
    use std::ops::{Deref, DerefMut};
    use std::time::Instant;

    /// The same swap with the same ordering. The boxes lie in a table that loom does not see, so that nothing but
    /// the swap itself orders the threads.
    #[derive(Debug)]
    pub(crate) struct Exchange<T> {
        key: AtomicUsize,
        table: parking_lot::Mutex<(usize, BTreeMap<usize, Box<T>>)>,
    }

    impl<T> Exchange<T> {
        pub(crate) fn empty() -> Self {
            Self { key: AtomicUsize::new(0), table: parking_lot::Mutex::new((0, BTreeMap::new())) }
        }

        pub(crate) fn swap(&self, value: Option<Box<T>>) -> Option<Box<T>> {
            let key = value.map_or(0, |value| {
                let mut table = self.table.lock();
                table.0 += 1;
                let key = table.0;
                table.1.insert(key, value);
                key
            });
            let old = self.key.swap(key, Ordering::AcqRel);
            self.table.lock().1.remove(&old)
        }
    }

    /// loom's mutex with parking_lot's signature.
    #[derive(Debug, Default)]
    pub(crate) struct Mutex<T>(loom::sync::Mutex<T>);

    #[derive(Debug)]
    pub(crate) struct MutexGuard<'a, T>(Option<loom::sync::MutexGuard<'a, T>>);

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(loom::sync::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            MutexGuard(Some(self.0.lock().expect("a model does not panic under a lock")))
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;
        fn deref(&self) -> &T {
            self.0.as_ref().expect("only a wait takes it, and gives it back")
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            self.0.as_mut().expect("only a wait takes it, and gives it back")
        }
    }

    /// loom's condition with parking_lot's signature. Time does not pass in a model: a deadline is a step of its
    /// own there (`Waiter::give_up`), which may happen anywhere.
    #[derive(Debug, Default)]
    pub(crate) struct Condvar(loom::sync::Condvar);

    #[derive(Debug)]
    pub(crate) struct NeverTimedOut;

    impl NeverTimedOut {
        pub(crate) fn timed_out(&self) -> bool {
            false
        }
    }

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self(loom::sync::Condvar::new())
        }

        pub(crate) fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
            let held = guard.0.take().expect("held");
            guard.0 = Some(self.0.wait(held).expect("a model does not panic under a lock"));
        }

        pub(crate) fn wait_until<T>(&self, guard: &mut MutexGuard<'_, T>, _: Instant) -> NeverTimedOut {
            self.wait(guard);
            NeverTimedOut
        }

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }
    }
}
