//! `Connection`: a connection under stress, which knows who must not have it.

use super::account::Account;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, ThreadId};

/// A connection of the driver under stress. Its plain fields are for ThreadSanitizer: whoever has it writes to them.
#[derive(Debug)]
pub(crate) struct Connection {
    account: Arc<Account>,
    /// How many threads believe that it is theirs, the driver's calls included.
    owners: AtomicU32,
    /// Whether its user left something that a rollback has to clean.
    dirty: bool,
    /// Why it must never be lent again.
    condemned: Option<&'static str>,
    born: u64,
    home: Option<ThreadId>,
    placed: bool,
    closed: bool,
}

impl Connection {
    /// A new one, whose connect began after so many outdatings had begun. It has a place already.
    pub(crate) fn new(account: &Arc<Account>, born: u64) -> Self {
        Self {
            account: Arc::clone(account),
            owners: AtomicU32::new(0),
            dirty: false,
            condemned: None,
            born,
            home: None,
            placed: true,
            closed: false,
        }
    }

    /// Somebody has it from now on: nobody else may.
    pub(crate) fn own(&self, by: &str) {
        let others = self.owners.fetch_add(1, Ordering::Relaxed);
        self.account
            .breaches
            .expect(others == 0, || format!("{by} has a connection that {others} others have too"));
    }

    /// It is nobody's again.
    pub(crate) fn disown(&self) {
        self.owners.fetch_sub(1, Ordering::Relaxed);
    }

    /// It has a user, who asked when so many outdatings were over: looks whether it might be lent.
    pub(crate) fn enter(&mut self, outdatings_over: u64, stays_in_its_thread: bool) {
        self.own("a user");
        let breaches = &self.account.breaches;
        breaches.expect(!self.dirty, || "one was lent that nobody had rolled back".into());
        breaches.expect(self.born >= outdatings_over, || "one was lent that was outdated before".into());
        if let Some(reason) = self.condemned {
            breaches.note(format!("one was lent {reason}"));
        }
        let thread = thread::current().id();
        let home = *self.home.get_or_insert(thread);
        breaches.expect(!stays_in_its_thread || home == thread, || "one changed its thread".into());
        self.dirty = true;
    }

    /// Its user is about to give it back.
    pub(crate) fn leave(&self) {
        self.disown();
    }

    pub(crate) fn clean(&mut self) {
        self.dirty = false;
    }

    /// It must never be lent again; or it may, if there is no reason. Gives the reason that there was before.
    pub(crate) fn condemn(&mut self, reason: Option<&'static str>) -> Option<&'static str> {
        std::mem::replace(&mut self.condemned, reason)
    }

    /// Its user is about to detach it: then it has no place any more.
    pub(crate) fn detach(&mut self) {
        self.account.detached.add_one();
        self.unplace();
    }

    /// Its close begins.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.account.closed.add_one();
        self.unplace();
    }

    /// Its user took it out of the pool, and will look after it.
    pub(crate) fn take(mut self) {
        self.closed = true;
        self.account.taken.add_one();
    }

    fn unplace(&mut self) {
        if std::mem::take(&mut self.placed) {
            self.account.unplace();
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let breaches = &self.account.breaches;
        breaches.expect(self.closed, || "one was dropped without being closed".into());
        let owners = self.owners.load(Ordering::Relaxed);
        breaches.expect(owners == 0, || format!("one was dropped while {owners} had it"));
        self.account.gone.add_one();
    }
}
