//! The fake driver as a backend: once as one that bounds all its calls, once as one that may hang anywhere.

use crate::backend::{Backend, Skill};
use crate::fake::{Call, FakeConnection, FakeError, FakeManager, Ledger};
use crate::table::Reason;
use cenote::{Fault, MayHang};
use std::ops::Deref;
use std::sync::Arc;

/// The fake driver and its script. Derefs to the ledger of its database.
#[derive(Debug)]
pub struct Fake {
    ledger: Arc<Ledger>,
    may_hang: MayHang,
}

impl Fake {
    /// A fresh fake driver.
    pub fn new(may_hang: MayHang) -> Self {
        Self { ledger: Arc::default(), may_hang }
    }

    /// Whether its calls run on worker threads.
    pub fn may_hang(&self) -> bool {
        self.may_hang != MayHang::NOTHING
    }

    /// A manager that says something else about hanging than this variant does.
    pub fn manager_that(&self, may_hang: MayHang) -> FakeManager {
        FakeManager::new(Arc::clone(&self.ledger), may_hang)
    }
}

impl Backend for Fake {
    type Manager = FakeManager;

    const NAME: &'static str = "fake";

    fn variants() -> Vec<Self> {
        vec![Self::new(MayHang::NOTHING), Self::new(MayHang::ANYWHERE)]
    }

    fn variant(&self) -> String {
        let where_ = if self.may_hang() { "anywhere" } else { "nowhere" };
        format!("may hang {where_}")
    }

    fn has(_: Skill) -> Result<(), Reason> {
        Ok(())
    }

    fn manager(&self) -> FakeManager {
        self.manager_that(self.may_hang)
    }

    fn refused(&self) -> FakeManager {
        let server = Arc::new(Ledger::default());
        server.on(Call::Connect).fails_with(Fault::Refused);
        FakeManager::new(server, self.may_hang)
    }

    fn error(&self) -> FakeError {
        FakeError { call: Call::Connect, fault: Fault::Other }
    }

    fn session(&self, conn: &mut FakeConnection) -> u64 {
        conn.work()
    }

    fn begin(&self, conn: &mut FakeConnection) {
        conn.begin();
    }

    fn insert(&self, conn: &mut FakeConnection) {
        conn.insert();
    }

    fn commit(&self, conn: &mut FakeConnection) {
        conn.commit();
    }

    fn in_transaction(&self, conn: &mut FakeConnection) -> bool {
        conn.in_transaction()
    }

    fn answers(&self, conn: &mut FakeConnection) -> bool {
        conn.is_alive()
    }

    fn committed(&self) -> usize {
        self.ledger.committed()
    }

    fn kill(&self, session: u64) {
        self.ledger.kill(session);
    }

    fn open(&self) -> usize {
        self.ledger.open()
    }

    fn taken(&self, conn: &FakeConnection) {
        conn.taken();
    }

    fn script(&self) -> Option<&Fake> {
        Some(self)
    }

    fn breaches(&self) -> Vec<String> {
        self.ledger.verify()
    }
}

impl Deref for Fake {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}
