//! `CountingManager`: the driver under stress. It counts without a lock, and fails, panics and yields at random.

use super::account::Account;
use super::connection::Connection;
use super::mishap::{Mishap, Mishaps};
use crate::kit::defer::Defer;
use cenote::{Commit, Fault, Manager, MayHang};
use std::sync::Arc;
use std::time::Duration;

/// The driver under stress.
#[derive(Debug)]
pub(crate) struct CountingManager {
    account: Arc<Account>,
    mishaps: Mishaps,
    may_hang: MayHang,
}

impl CountingManager {
    pub(crate) fn new(account: &Arc<Account>, seed: u64, may_hang: MayHang) -> Self {
        Self { account: Arc::clone(account), mishaps: Mishaps::new(account, seed), may_hang }
    }

    /// A call with a connection that nobody else may have meanwhile. If it ends badly, nobody may have it again.
    fn call(&self, name: &'static str, conn: &mut Connection) -> Result<(), Mishap> {
        conn.own(name);
        let before = conn.condemn(Some("that the driver had failed with"));
        {
            let _disowned = Defer(|| conn.disown());
            self.mishaps.happen(name)?;
        }
        conn.condemn(before);
        Ok(())
    }
}

impl Manager for CountingManager {
    type Connection = Connection;
    type Error = Mishap;

    fn connect(&self, _within: Duration) -> Result<Connection, Mishap> {
        let born = self.account.outdatings_begun();
        self.account.begun.add_one();
        self.account.place();
        let failed = Defer(|| {
            self.account.unplace();
            self.account.fruitless.add_one();
        });
        self.mishaps.happen("connect").inspect_err(|_| self.account.connect_errors.add_one())?;
        failed.cancel();
        Ok(Connection::new(&self.account, born))
    }

    fn rollback(&self, conn: &mut Connection) -> Result<(), Mishap> {
        self.call("rollback", conn)?;
        conn.clean();
        Ok(())
    }

    fn is_valid(&self, conn: &mut Connection, _within: Duration) -> Result<(), Mishap> {
        self.call("is_valid", conn)
    }

    fn has_broken(&self, conn: &mut Connection) -> bool {
        self.call("has_broken", conn).is_err()
    }

    fn close(&self, mut conn: Connection) -> Result<(), Mishap> {
        conn.close();
        self.call("close", &mut conn)
    }

    fn classify(&self, mishap: &Mishap) -> Fault {
        mishap.fault
    }

    fn may_hang(&self) -> MayHang {
        self.may_hang
    }
}

impl Commit for CountingManager {
    fn commit(&self, conn: &mut Connection) -> Result<(), Mishap> {
        self.call("commit", conn)?;
        conn.clean();
        Ok(())
    }
}
