//! The one door to locks, atomics, thread-locals and exchange cells: parking_lot, std and crossbeam, or loom.

/// Of these no model is made. Nobody sleeps under such a lock, and takes no step there that is modelled; no checkout waits
/// for such a condition; nothing is ordered by such an atomic.
#[cfg(not(loom))]
pub(crate) mod plain {
    pub(crate) use crossbeam_utils::atomic::AtomicCell;
    pub(crate) use parking_lot::Mutex;
    pub(crate) use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
}

#[cfg(loom)]
pub(crate) use crate::watched as plain;
pub(crate) use parking_lot::Condvar as PlainCondvar;
pub(crate) use plain::Mutex as PlainMutex;

#[cfg(not(loom))]
pub(crate) use {
    crossbeam_utils::atomic::AtomicCell,
    exchange::Exchange,
    parking_lot::{Condvar, Mutex},
    std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Ordering},
    std::{thread, thread_local},
};

#[cfg(loom)]
pub(crate) use {
    loom::thread,
    modelled::{
        AtomicBool, AtomicCell, AtomicU8, AtomicU64, AtomicUsize, Condvar, Exchange, Mutex, Ordering,
        thread_local,
    },
};

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
    use crate::watched::note;
    pub(crate) use loom::sync::atomic::Ordering;
    use loom::sync::atomic::fence;
    use std::collections::BTreeMap;
    use std::ops::{Deref, DerefMut};
    use std::time::{Duration, Instant};

    /// loom's atomics take `SeqCst` for `AcqRel`. A fence before each such access puts back what that loses, as long
    /// as all that must be seen in one order is accessed so.
    macro_rules! atomics {
        ($($name:ident($value:ty): $($method:ident($($arg:ident),*) $(-> $result:ty)?),+;)*) => { $(
            #[derive(Debug, Default)]
            pub(crate) struct $name(loom::sync::atomic::$name);

            impl $name {
                pub(crate) fn new(value: $value) -> Self {
                    Self(loom::sync::atomic::$name::new(value))
                }
                $(
                    pub(crate) fn $method(&self, $($arg: $value,)* order: Ordering) $(-> $result)? {
                        if stringify!($method) != "load" {
                            note(self);
                        }
                        if order == Ordering::SeqCst {
                            fence(order);
                        }
                        self.0.$method($($arg,)* order)
                    }
                )+
            }
        )* };
    }

    atomics! {
        AtomicBool(bool): load() -> bool, store(value), swap(value) -> bool;
        AtomicU8(u8): load() -> u8, store(value);
        AtomicU64(u64): load() -> u64, store(value);
        AtomicUsize(usize): load() -> usize, store(value), swap(value) -> usize, fetch_add(value) -> usize,
            fetch_sub(value) -> usize;
    }

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
            note(self);
            let old = self.key.swap(key, Ordering::AcqRel);
            self.table.lock().1.remove(&old)
        }
    }

    /// crossbeam's cell with the orderings that it has. What it has held lies in a table that loom does not see.
    #[derive(Debug)]
    pub(crate) struct AtomicCell<T> {
        key: loom::sync::atomic::AtomicUsize,
        table: parking_lot::Mutex<Vec<T>>,
    }

    impl<T: Copy + Eq> AtomicCell<T> {
        pub(crate) fn new(value: T) -> Self {
            let key = loom::sync::atomic::AtomicUsize::new(0);
            Self { key, table: parking_lot::Mutex::new(vec![value]) }
        }

        pub(crate) fn load(&self) -> T {
            self.value(self.key.load(Ordering::Acquire))
        }

        pub(crate) fn store(&self, value: T) {
            note(self);
            self.key.store(self.key(value), Ordering::Release);
        }

        pub(crate) fn compare_exchange(&self, current: T, new: T) -> Result<T, T> {
            note(self);
            let (current, new) = (self.key(current), self.key(new));
            let exchanged = self.key.compare_exchange(current, new, Ordering::AcqRel, Ordering::Acquire);
            exchanged.map(|key| self.value(key)).map_err(|key| self.value(key))
        }

        fn value(&self, key: usize) -> T {
            self.table.lock()[key]
        }

        fn key(&self, value: T) -> usize {
            let mut table = self.table.lock();
            table.iter().position(|known| *known == value).unwrap_or_else(|| {
                table.push(value);
                table.len() - 1
            })
        }
    }

    /// loom's, which does not know `const`.
    macro_rules! modelled_thread_local {
        ($($visible:vis static $name:ident: $type:ty = const $init:block;)*) => {
            loom::thread_local! { $($visible static $name: $type = $init;)* }
        };
    }
    pub(crate) use modelled_thread_local as thread_local;

    /// loom's mutex with parking_lot's signature.
    #[derive(Debug, Default)]
    pub(crate) struct Mutex<T>(loom::sync::Mutex<T>);

    #[derive(Debug)]
    pub(crate) struct MutexGuard<'a, T> {
        mutex: &'a Mutex<T>,
        held: Option<loom::sync::MutexGuard<'a, T>>,
    }

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Self(loom::sync::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            note(self);
            MutexGuard { mutex: self, held: Some(self.hold()) }
        }

        fn hold(&self) -> loom::sync::MutexGuard<'_, T> {
            self.0.lock().expect("a model does not panic under a lock")
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;
        fn deref(&self) -> &T {
            self.held.as_ref().expect("only a wait takes it, and gives it back")
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            self.held.as_mut().expect("only a wait takes it, and gives it back")
        }
    }

    /// loom's condition with parking_lot's signature. A wait that has an end reaches it as soon as it begins, with
    /// the lock free for a moment: others may do anything in that moment, so this stands for every length of time.
    #[derive(Debug, Default)]
    pub(crate) struct Condvar(loom::sync::Condvar);

    #[derive(Debug)]
    pub(crate) struct TimedOut;

    impl TimedOut {
        pub(crate) fn timed_out(&self) -> bool {
            true
        }
    }

    impl Condvar {
        pub(crate) fn new() -> Self {
            Self(loom::sync::Condvar::new())
        }

        pub(crate) fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
            let held = guard.held.take().expect("held");
            guard.held = Some(self.0.wait(held).expect("a model does not panic under a lock"));
        }

        pub(crate) fn wait_until<T>(&self, guard: &mut MutexGuard<'_, T>, _: Instant) -> TimedOut {
            drop(guard.held.take());
            guard.held = Some(guard.mutex.hold());
            TimedOut
        }

        pub(crate) fn wait_for<T>(&self, guard: &mut MutexGuard<'_, T>, _: Duration) -> TimedOut {
            drop(guard.held.take());
            guard.held = Some(guard.mutex.hold());
            TimedOut
        }

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }
    }
}
