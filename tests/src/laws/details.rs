//! Small promises that large defects of other pools hung on.

use super::waiting::until_waiting;
use crate::backend::Backend;
use crate::backends::Fake;
use crate::fake::{FakeConnection, FakeError, FakeManager};
use crate::kit::pools::{self, built};
use crate::kit::wait::WATCHDOG;
use crate::promise::{Ability, Promise};
use cenote::testing::ManualClock;
use cenote::{Detached, Manager, MayHang, Pool, PooledConnection};
use std::ops::{Deref, DerefMut};
use std::thread;
use std::time::Duration;

/// A pool that is invalidated in the very instant of a connect replaces that connection: no clock is asked.
pub fn an_invalidation_in_the_same_instant_counts<B: Backend, S: Promise>(backend: &B) {
    let clock = ManualClock::new();
    let builder = S::recycle(pools::narrow::<B, S>(backend).clock(&clock), Some(Duration::from_secs(1)));
    let pool = built(builder.build());
    for _ in 0..3 {
        let session = backend.session(&mut pool.get().unwrap());
        pool.invalidate();
        let next = backend.session(&mut pool.get().unwrap());
        assert_ne!(next, session);
        assert_eq!(backend.session(&mut pool.get().unwrap()), next);
    }
}

/// What hangs on a detached connection stays with it, although another caller has its place already.
pub fn what_hangs_on_a_detached_connection_stays_with_it<B: Backend, S: Promise>(backend: &B) {
    let pool = built(pools::narrow::<B, S>(backend).build());
    let mut conn = pool.get().unwrap();
    PooledConnection::info_mut(&mut conn).insert("the first one's");
    let takes_the_place = || {
        let mut conn = pool.get().unwrap();
        assert_eq!(PooledConnection::info(&conn).get::<&str>(), None);
        PooledConnection::info_mut(&mut conn).insert("the next one's");
    };
    let detached = thread::scope(|scope| {
        let waiter = S::has(Ability::Waits).is_ok().then(|| {
            let waiter = scope.spawn(takes_the_place);
            until_waiting(&pool, 1);
            waiter
        });
        let detached = PooledConnection::detach(conn);
        waiter.unwrap_or_else(|| scope.spawn(takes_the_place)).join().unwrap();
        detached
    });
    assert_eq!(Detached::info(&detached).get(), Some(&"the first one's"));
}

/// An adapter's connection may be a struct around the driver's: users reach both through the handle.
pub fn an_adapters_session_derefs_to_the_drivers<S: Promise>(fake: &Fake) {
    let manager = SessionManager(fake.manager());
    let pool = built(Pool::builder(manager).strategy(S::narrow()).timeout(WATCHDOG).build());
    let mut conn = pool.get().unwrap();
    conn.begin();
    conn.statements += 1;
    assert!(conn.in_transaction());
    drop(conn);
    let conn = pool.get().unwrap();
    assert!(!conn.in_transaction());
    assert_eq!(conn.statements, usize::from(S::has(Ability::Keeps).is_ok()));
}

/// An adapter that counts its users' statements.
struct SessionManager(FakeManager);

struct Session {
    conn: FakeConnection,
    statements: usize,
}

impl Manager for SessionManager {
    type Connection = Session;
    type Error = FakeError;

    fn connect(&self, within: Duration) -> Result<Session, FakeError> {
        Ok(Session { conn: self.0.connect(within)?, statements: 0 })
    }

    fn rollback(&self, session: &mut Session) -> Result<(), FakeError> {
        self.0.rollback(&mut session.conn)
    }

    fn is_valid(&self, session: &mut Session, within: Duration) -> Result<(), FakeError> {
        self.0.is_valid(&mut session.conn, within)
    }

    fn close(&self, session: Session) -> Result<(), FakeError> {
        self.0.close(session.conn)
    }

    fn may_hang(&self) -> MayHang {
        self.0.may_hang()
    }
}

impl Deref for Session {
    type Target = FakeConnection;

    fn deref(&self) -> &FakeConnection {
        &self.conn
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut FakeConnection {
        &mut self.conn
    }
}
