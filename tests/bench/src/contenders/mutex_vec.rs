//! The floor: what many write themselves, a lock, a list and a bell.

use crate::contender::Lends;
use crate::driver::Driver;
use parking_lot::{Condvar, Mutex};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

pub(crate) struct MutexVec<C> {
    idle: Mutex<Vec<Box<C>>>,
    bell: Condvar,
}

pub(crate) struct Lent<'p, C> {
    pool: &'p MutexVec<C>,
    conn: Option<Box<C>>,
}

impl<C> MutexVec<C> {
    pub(crate) fn new(driver: &impl Driver<Connection = C>, size: usize) -> Self {
        let idle = (0..size).map(|_| Box::new(driver.connect())).collect();
        Self { idle: Mutex::new(idle), bell: Condvar::new() }
    }
}

impl<C: Send> Lends<C> for MutexVec<C> {
    type Lent<'p>
        = Lent<'p, C>
    where
        C: 'p;

    #[inline(always)]
    fn lend(&self) -> Lent<'_, C> {
        let mut idle = self.idle.lock();
        loop {
            match idle.pop() {
                Some(conn) => return Lent { pool: self, conn: Some(conn) },
                None => self.bell.wait(&mut idle),
            }
        }
    }

    fn lends_within(&self, timeout: Duration) -> Option<bool> {
        let mut idle = self.idle.lock();
        self.bell.wait_while_for(&mut idle, |idle| idle.is_empty(), timeout);
        let lent = idle.pop().map(|conn| Lent { pool: self, conn: Some(conn) });
        drop(idle);
        Some(lent.is_some())
    }
}

impl<C> Deref for Lent<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.conn.as_ref().expect("until it is dropped")
    }
}

impl<C> DerefMut for Lent<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        self.conn.as_mut().expect("until it is dropped")
    }
}

impl<C> Drop for Lent<'_, C> {
    fn drop(&mut self) {
        self.pool.idle.lock().extend(self.conn.take());
        self.pool.bell.notify_one();
    }
}
