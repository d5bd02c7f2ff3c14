//! `FakeManager`: the fake driver as the pool sees it.

use super::rule::{Ending, Event};
use super::{Call, FakeConnection, FakeError, Ledger};
use crate::kit::defer::Defer;
use crate::kit::panics::{explosive_panic, scripted_panic};
use cenote::{Commit, Fault, Manager, MayHang};
use std::sync::Arc;
use std::time::Duration;

/// The fake driver as the pool sees it: at every call it does what the script of its ledger says.
#[derive(Debug, Clone)]
pub struct FakeManager {
    ledger: Arc<Ledger>,
    may_hang: MayHang,
}

impl FakeManager {
    /// A driver that writes into this ledger and says that it may hang there.
    pub fn new(ledger: Arc<Ledger>, may_hang: MayHang) -> Self {
        Self { ledger, may_hang }
    }

    fn during(&self, call: Call, conn: &mut FakeConnection) -> Result<(), FakeError> {
        let event = self.ledger.begin(call, conn.session());
        let _idle = Defer(|| self.ledger.vacate(conn.session()));
        perform(call, event)
    }

    fn answer(&self, call: Call, conn: &mut FakeConnection) -> Result<(), FakeError> {
        self.during(call, conn)?;
        if self.ledger.is_killed(conn.session()) {
            return Err(FakeError { call, fault: Fault::Lost });
        }
        Ok(())
    }
}

impl Manager for FakeManager {
    type Connection = FakeConnection;
    type Error = FakeError;

    fn connect(&self, _within: Duration) -> Result<FakeConnection, FakeError> {
        let event = self.ledger.begin_connect();
        let failed = Defer(|| self.ledger.connect_failed());
        perform(Call::Connect, event)?;
        failed.cancel();
        Ok(FakeConnection::new(self.ledger.connected(), Arc::clone(&self.ledger)))
    }

    fn rollback(&self, conn: &mut FakeConnection) -> Result<(), FakeError> {
        self.answer(Call::Rollback, conn)?;
        conn.rollback();
        Ok(())
    }

    fn is_valid(&self, conn: &mut FakeConnection, _within: Duration) -> Result<(), FakeError> {
        self.answer(Call::IsValid, conn)
    }

    fn has_broken(&self, conn: &mut FakeConnection) -> bool {
        self.during(Call::HasBroken, conn).is_err()
    }

    fn close(&self, mut conn: FakeConnection) -> Result<(), FakeError> {
        let event = self.ledger.begin(Call::Close, conn.session());
        conn.unscripted = true;
        let closed = perform(Call::Close, event);
        conn.unscripted = false;
        drop(conn);
        closed
    }

    fn classify(&self, error: &FakeError) -> Fault {
        // A verdict cannot fail: a script that wants it to is not heard.
        let _ = perform(Call::Classify, self.ledger.begin_classify());
        error.fault
    }

    fn may_hang(&self) -> MayHang {
        let _ = perform(Call::MayHang, self.ledger.begin_may_hang());
        self.may_hang
    }
}

impl Commit for FakeManager {
    fn commit(&self, conn: &mut FakeConnection) -> Result<(), FakeError> {
        self.answer(Call::Commit, conn)?;
        conn.commit();
        Ok(())
    }
}

/// Does what the script says.
pub(crate) fn perform(call: Call, event: Option<Event>) -> Result<(), FakeError> {
    let ending = match event {
        None => return Ok(()),
        Some(Event::End(ending)) => ending,
        Some(Event::Block(barrier)) => barrier.pass(),
    };
    match ending {
        Ending::Succeed => Ok(()),
        Ending::Fail(fault) => Err(FakeError { call, fault }),
        Ending::Panic if call.is_heard() => scripted_panic(call),
        // Nobody is to hear of it: thrown away, it panics again.
        Ending::Panic | Ending::Explode => explosive_panic(call),
    }
}
