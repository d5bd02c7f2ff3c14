//! `Backend`: what the laws need to know and to do about a driver.

use crate::backends::Fake;
use crate::table::Reason;
use cenote::{Commit, Manager};

/// A driver's connection.
pub type Connection<B> = <<B as Backend>::Manager as Manager>::Connection;

/// A driver's error.
pub type DriverError<B> = <<B as Backend>::Manager as Manager>::Error;

/// What a law may ask of a driver, beyond what every driver can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skill {
    /// It follows a script: fails, panics and blocks where a law says so.
    Script,
    /// One of its connections can be cut from outside.
    Kill,
    /// Its server tells how many connections it sees.
    Count,
}

/// A driver and its database, made anew for each trial. Adding a driver is one implementation of this.
pub trait Backend: Sized + Send + Sync + 'static {
    /// What the pool is given.
    type Manager: Commit;

    /// The first word of the names of its trials.
    const NAME: &'static str;

    /// Fresh databases, one for each way in which the driver can be used: every law holds for each.
    fn variants() -> Vec<Self>;

    /// Which of them this is.
    fn variant(&self) -> String;

    /// Whether the driver has a skill, else in words why not.
    fn has(skill: Skill) -> Result<(), Reason>;

    /// Logs in once at a server that somebody named for the laws, before any of them runs; else in words why not.
    fn login() -> Result<(), String> {
        Ok(())
    }

    /// A manager of connections to this database.
    fn manager(&self) -> Self::Manager;

    /// A manager of connections to a server that refuses every connect.
    fn refused(&self) -> Self::Manager;

    /// An error of the driver, for a hook to fail with.
    fn error(&self) -> DriverError<Self>;

    /// A number that tells this physical connection from all others, also from those of other managers.
    fn session(&self, conn: &mut Connection<Self>) -> u64;

    /// Opens a transaction behind the pool's back.
    fn begin(&self, conn: &mut Connection<Self>);

    /// Writes one row.
    fn insert(&self, conn: &mut Connection<Self>);

    /// Commits the open transaction.
    fn commit(&self, conn: &mut Connection<Self>);

    /// Whether a transaction is open.
    fn in_transaction(&self, conn: &mut Connection<Self>) -> bool;

    /// Whether the connection still answers.
    fn answers(&self, conn: &mut Connection<Self>) -> bool;

    /// How many rows have been committed, seen from outside.
    fn committed(&self) -> usize;

    /// Cuts a connection from outside, and returns when it is cut. Only where `has(Skill::Kill)`.
    fn kill(&self, _session: u64) {
        unreachable!("it has not that skill");
    }

    /// How many connections to this database the server sees, those that look from outside apart. Only where
    /// `has(Skill::Count)`.
    fn open(&self) -> usize {
        unreachable!("it has not that skill");
    }

    /// Says that nobody need close this connection any more: it is the law's own now.
    fn taken(&self, _conn: &Connection<Self>) {}

    /// The fake driver itself, for its script. Only where `has(Skill::Script)`.
    fn script(&self) -> Option<&Fake> {
        None
    }

    /// What went wrong that only the driver could see. Called when all pools are gone.
    fn breaches(&self) -> Vec<String> {
        Vec::new()
    }
}
