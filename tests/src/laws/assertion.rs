//! What `Assertion` alone promises: a second checkout is a bug, and its error names the first.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::Call;
use crate::kit::pools::{self, built};
use crate::kit::wait::wait_until;
use cenote::{Assertion, Error, Pool};
use std::thread;
use std::time::Duration;

/// A second checkout is refused at once, in any thread and by any way of asking, and names the first.
pub fn a_second_checkout_is_refused_and_names_the_first<B: Backend>(backend: &B) {
    let pool = pool(backend);
    let (conn, line) = (pool.get().unwrap(), line!());
    refused_at(pool.get(), line);
    refused_at(pool.get_timeout(Duration::MAX), line);
    refused_at(pool.try_get(), line);
    refused_at(pool.get_owned(), line);
    thread::scope(|scope| scope.spawn(|| refused_at(pool.get(), line)).join().unwrap());
    drop(conn);
    assert_eq!((pool.status().totals.opened, pool.status().in_use), (1, 0));
    assert!(pool.get().is_ok());
}

/// The call site that is named is that of the checkout that is out now.
pub fn the_named_call_site_is_the_present_one<B: Backend>(backend: &B) {
    let pool = pool(backend);
    drop(pool.get().unwrap());
    let (owned, line) = (pool.get_owned().unwrap(), line!());
    refused_at(pool.get(), line);
    drop(owned);
}

/// The backtrace of the first checkout is in the error if it was asked for, and only then.
pub fn a_backtrace_comes_on_request<B: Backend>(backend: &B) {
    for (strategy, wanted) in [(Assertion::new(), false), (Assertion::new().backtrace(), true)] {
        let pool = built(pools::with(backend, strategy).build());
        let _conn = first_checkout(&pool);
        let Err(error) = pool.get() else { panic!("a second checkout succeeded") };
        let Error::AlreadyCheckedOut { backtrace, .. } = &error else { panic!("{error}") };
        assert_eq!(backtrace.is_some(), wanted);
        assert_eq!(error.to_string().contains("first_checkout"), wanted, "{error}");
    }
}

/// One checkout after another is fine.
pub fn sequential_checkouts_are_fine<B: Backend>(backend: &B) {
    let pool = pool(backend);
    let session = backend.session(&mut pool.get().unwrap());
    for _ in 0..3 {
        let elsewhere = || backend.session(&mut pool.get().unwrap());
        assert_eq!(thread::scope(|scope| scope.spawn(elsewhere).join().unwrap()), session);
    }
}

/// Many threads at once: one has it, the others are refused, and nothing stays taken.
pub fn of_many_at_once_one_has_it<B: Backend>(backend: &B) {
    let pool = pool(backend);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..200 {
                    match pool.get() {
                        Ok(mut conn) => drop(backend.session(&mut conn)),
                        Err(error) => assert!(matches!(error, Error::AlreadyCheckedOut { .. }), "{error}"),
                    }
                }
            });
        }
    });
    assert!(pool.get().is_ok());
    assert_eq!(pool.status().totals.opened, 1);
}

/// A failed connect leaves nothing checked out.
pub fn after_a_failed_connect_it_works(fake: &Fake) {
    fake.on(Call::Connect).times(2).fails();
    let pool = pool(fake);
    for _ in 0..2 {
        assert!(pool.get().is_err_and(|error| error.driver_error().is_some()));
    }
    assert!(pool.get().is_ok());
}

/// Neither does a connect that its caller could not wait for: what arrives late is for the next one.
pub fn after_an_orphaned_connect_it_works(fake: &Fake) {
    let gate = fake.on(Call::Connect).blocks();
    let builder = Pool::builder(fake.manager_that(cenote::MayHang::ANYWHERE)).strategy(Assertion::new());
    let pool = built(builder.build());
    for _ in 0..2 {
        assert!(pool.get_timeout(Duration::from_millis(1)).is_err_and(|error| error.is_timeout()));
    }
    thread::scope(|scope| {
        let patient = scope.spawn(|| pool.get().is_ok());
        wait_until("it waits for what arrives", || pool.status().waiting == 1);
        gate.release();
        assert!(patient.join().unwrap());
    });
    assert_eq!((fake.count(Call::Connect), pool.status().in_use), (1, 0));
}

fn pool<B: Backend>(backend: &B) -> Pool<B::Manager, Assertion> {
    built(pools::with(backend, Assertion::new()).build())
}

#[inline(never)]
fn first_checkout<M: cenote::Manager>(
    pool: &Pool<M, Assertion>,
) -> cenote::PooledConnection<'_, M, Assertion> {
    pool.get().unwrap()
}

/// Checks that the checkout was refused because of the one on that line of this file.
fn refused_at<T, E: std::error::Error>(result: Result<T, Error<E>>, line: u32) {
    let Err(error) = result else { panic!("a second checkout succeeded") };
    let Error::AlreadyCheckedOut { at, .. } = &error else { panic!("{error}") };
    assert_eq!((at.file(), at.line()), (file!(), line));
    assert!(error.to_string().contains(&format!("assertion.rs:{line}")), "{error}");
}
