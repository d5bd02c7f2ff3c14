//! Errors that name the culprit, and figures that add up.

use crate::backend::{Backend, DriverError};
use crate::backends::Fake;
use crate::fake::{Call, FakeError};
use crate::kit::pools::{self, built};
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{Error, Fault, PooledConnection, Queue, TimeoutReport};
use std::error::Error as _;
use std::thread;
use std::time::Duration;

/// A timeout tells the limit, the counts, and who holds what: call site, thread, since when.
pub fn a_timeout_names_the_holders<B: Backend>(backend: &B) {
    let clock = ManualClock::new();
    let queue = Queue::new().size(1).max_overflow(1);
    let pool = built(pools::with(backend, queue).clock(&clock).name("orders").build());
    thread::scope(|scope| {
        let (taken, first_out) = std::sync::mpsc::channel();
        let (over, until_over) = std::sync::mpsc::channel::<()>();
        let pool = &pool;
        let other = thread::Builder::new().name("the other".to_owned()).spawn_scoped(scope, move || {
            let (_conn, line) = (pool.get().unwrap(), line!());
            taken.send(line).unwrap();
            assert!(until_over.recv().is_err());
        });
        let other_line = first_out.recv().unwrap();
        clock.advance(Duration::from_secs(40));
        let (own, own_line) = (pool.get().unwrap(), line!());
        clock.advance(Duration::from_secs(2));
        let report = timeout(pool.get_timeout(Duration::from_millis(1)));
        drop(over);
        other.unwrap().join().unwrap();

        let status = report.status();
        assert_eq!((report.waited(), status.limit), (Duration::from_millis(1), Some(2)));
        assert_eq!((status.kept, status.in_use, status.idle, status.overflow), (1, 2, 0, 1));
        let [other, this] = report.holders() else { panic!("two holders: {:?}", report.holders()) };
        assert_eq!((other.call_site().file(), other.call_site().line()), (file!(), other_line));
        assert_eq!((this.call_site().file(), this.call_site().line()), (file!(), own_line));
        assert_eq!((other.is_this_thread(), this.is_this_thread()), (false, true));
        assert_eq!((other.held_for(), this.held_for()), (Duration::from_secs(42), Duration::from_secs(2)));
        assert_eq!(this.connection(), PooledConnection::id(&own));
        let words = report.to_string();
        let told =
            ["orders", "2 of 2", "42.0 s ago", "this thread 2.0 s ago", &format!("reports.rs:{own_line}")];
        assert!(told.iter().all(|word| words.contains(word)), "{words}");
        assert!(!words.contains('\n'), "one paragraph: {words}");
    });
}

/// The name of the thread that holds a connection is told while it lives.
pub fn a_holders_thread_is_named<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let named = thread::Builder::new().name("culprit".to_owned());
    thread::scope(|scope| {
        let asks = || {
            let (_conn, line) = (pool.get().unwrap(), line!());
            let holders = pool.holders();
            let [holder] = holders.as_slice() else { panic!("one holder: {holders:?}") };
            assert_eq!((holder.thread().as_ref(), holder.call_site().line()), ("culprit", line));
            assert!(holder.to_string().contains("this thread"), "{holder}");
        };
        named.spawn_scoped(scope, asks).unwrap().join().unwrap();
    });
    assert!(pool.holders().is_empty());
}

/// Who has a connection is told for each way of asking for one.
pub fn every_way_of_asking_names_its_call_site<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let line = || pool.holders().iter().map(|holder| holder.call_site().line()).collect::<Vec<_>>();
    let (conn, taken) = (pool.get().unwrap(), line!());
    assert_eq!(line(), [taken]);
    drop(conn);
    let (conn, taken) = (pool.get_timeout(Duration::MAX).unwrap(), line!());
    assert_eq!(line(), [taken]);
    drop(conn);
    let (conn, taken) = (pool.try_get().unwrap(), line!());
    assert_eq!(line(), [taken]);
    drop(conn);
    let (conn, taken) = (pool.get_owned().unwrap(), line!());
    assert_eq!(line(), [taken]);
    drop(conn);
    assert!(line().is_empty());
}

/// Without holders nobody is named, and everything else works.
pub fn holders_can_be_off<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).holders(false).build());
    let _conn = pool.get().unwrap();
    assert!(pool.holders().is_empty());
    assert_eq!(pool.status().in_use, 1);
}

/// The driver's error reaches the caller at once, as it is, and the place is free again.
pub fn a_connect_error_reaches_the_caller_with_its_cause<B: Backend, S: Promise>(backend: &B) {
    let builder = cenote::Pool::builder(backend.refused()).strategy(S::narrow()).timeout(Duration::MAX);
    let pool = built(builder.build());
    for errors in 1..=3 {
        let Err(error) = pool.get() else { panic!("the server refuses") };
        assert!(matches!(error, Error::Connect { .. }), "{error}");
        assert!(error.source().is_some_and(<dyn std::error::Error>::is::<DriverError<B>>));
        assert!(error.to_string().contains(&error.source().unwrap().to_string()), "{error}");
        let status = pool.status();
        assert_eq!((status.totals.connect_errors, status.totals.opened), (errors, 0));
        assert_eq!((status.open, status.in_use, status.connecting), (0, 0, 0));
    }
}

/// The driver's own error value comes out, not a likeness.
pub fn a_connect_error_is_the_drivers_own<S: Promise>(fake: &Fake) {
    fake.on(Call::Connect).times(1).fails_with(Fault::Refused);
    let pool = built(pools::narrow::<_, S>(fake).build());
    let Err(error) = pool.get() else { panic!("the script refuses") };
    let expected = FakeError { call: Call::Connect, fault: Fault::Refused };
    assert_eq!(error.driver_error(), Some(&expected));
    assert_eq!(error.source().and_then(<dyn std::error::Error>::downcast_ref), Some(&expected));
    assert!(pool.get().is_ok());
}

/// A timeout that follows failed connects carries the last of them, until a connect succeeds.
pub fn a_timeout_carries_the_last_connect_error(fake: &Fake) {
    let pool = built(pools::with(fake, Queue::new().size(1).max_overflow(1)).build());
    let _first = pool.get().unwrap();
    fake.on(Call::Connect).times(1).fails_with(Fault::Transient);
    assert!(pool.get().is_err());
    let gate = fake.on(Call::Connect).times(1).blocks();
    thread::scope(|scope| {
        let holds = scope.spawn(|| pool.get().map(drop).is_ok());
        gate.wait_for_arrivals(1);
        let Err(error) = pool.get_timeout(Duration::from_millis(1)) else { panic!("both places are taken") };
        assert!(error.is_timeout());
        let cause = error.source().and_then(<dyn std::error::Error>::downcast_ref::<FakeError>);
        assert_eq!(cause.map(|cause| cause.fault), Some(Fault::Transient));
        assert!(error.to_string().contains("the script lets connect fail"), "{error}");
        let report = timeout::<(), _>(Err(error));
        assert_eq!((report.status().connecting, report.status().in_use), (1, 1));
        gate.release();
        assert!(holds.join().unwrap());
    });
    let _second = pool.get().unwrap();
    let report = timeout(pool.get_timeout(Duration::from_millis(1)));
    assert_eq!(report.last_connect_error(), None);
}

/// A status reads as that of SQLAlchemy's pool.
pub fn a_status_reads_as_in_sqlalchemy<B: Backend>(backend: &B) {
    let pool = built(pools::with(backend, Queue::new().size(2).max_overflow(2)).build());
    let words = |idle, overflow, out| {
        let counts = format!("Connections in pool: {idle} Current Overflow: {overflow}");
        format!("Pool size: 2  {counts} Current Checked out connections: {out}")
    };
    assert_eq!(pool.status().to_string(), words(0, 0, 0));
    let three = [(); 3].map(|()| pool.get().unwrap());
    assert_eq!(pool.status().to_string(), words(0, 1, 3));
    drop(three);
    assert_eq!(pool.status().to_string(), words(2, 0, 0));
}

/// Totals add up: what was opened is open, closed, or left with its user.
pub fn totals_add_up<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    for _ in 0..3 {
        drop(pool.get().unwrap());
        PooledConnection::invalidate(pool.get().unwrap());
    }
    let bare = cenote::Detached::into_inner(PooledConnection::detach(pool.get().unwrap()));
    backend.taken(&bare);
    let status = pool.status();
    assert_eq!(status.totals.checkouts, 7);
    assert_eq!(status.totals.opened, status.totals.closed() + status.open as u64 + 1);
}

fn timeout<T, E: std::error::Error>(result: Result<T, Error<E>>) -> Box<TimeoutReport<E>> {
    match result {
        Err(Error::Timeout { report, .. }) => report,
        Err(other) => panic!("not a timeout: {other}"),
        Ok(_) => panic!("there was no connection to be had"),
    }
}
