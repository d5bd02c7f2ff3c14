//! By hand: connect and close for each use, or one connection that is held all along or kept for good.

use crate::contender::{Contender, User};
use crate::driver::Driver;
use std::hint::black_box;
use std::sync::Mutex;

/// A connection that is opened once for each service, and held: no pool at all.
pub(crate) struct ByHand<D>(pub(crate) D);

/// One connection that is kept between services, too, as warm as those of a pool.
pub(crate) struct Kept<C>(Mutex<C>);

/// A connection that is opened for each use, and closed after it.
pub(crate) struct EachTime<D>(pub(crate) D);

impl<D: Driver> Contender<D::Connection> for ByHand<D> {
    fn cycle(&self, times: u64) {
        let mut conn = self.0.connect();
        for _ in 0..times {
            black_box(&mut conn);
        }
    }

    fn serve(&self, user: &mut dyn User<D::Connection>) {
        let mut conn = self.0.connect();
        while user.wants_one() {
            user.has(&mut conn);
            user.gave_back();
        }
    }

    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut()) {
        let held: Vec<_> = (0..count).map(|_| self.0.connect()).collect();
        meanwhile();
        drop(held);
    }
}

impl<C> Kept<C> {
    pub(crate) fn new(driver: &impl Driver<Connection = C>) -> Self {
        Self(Mutex::new(driver.connect()))
    }
}

impl<C: Send> Contender<C> for Kept<C> {
    fn cycle(&self, times: u64) {
        let mut conn = self.0.lock().expect("nobody panics");
        for _ in 0..times {
            black_box(&mut *conn);
        }
    }

    fn serve(&self, user: &mut dyn User<C>) {
        let mut conn = self.0.lock().expect("nobody panics");
        while user.wants_one() {
            user.has(&mut conn);
            user.gave_back();
        }
    }
    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut()) {
        assert_eq!(count, 1, "one is kept");
        let held = self.0.lock().expect("nobody panics");
        meanwhile();
        drop(held);
    }
}

impl<D: Driver> Contender<D::Connection> for EachTime<D> {
    fn cycle(&self, times: u64) {
        for _ in 0..times {
            drop(black_box(Box::new(self.0.connect())));
        }
    }

    fn serve(&self, user: &mut dyn User<D::Connection>) {
        while user.wants_one() {
            user.has(&mut self.0.connect());
            user.gave_back();
        }
    }
    fn hold(&self, count: usize, meanwhile: &mut dyn FnMut()) {
        ByHand(self.0.clone()).hold(count, meanwhile);
    }
}
