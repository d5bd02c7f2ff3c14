//! `Commit` for Diesel.

use crate::{
    error::DieselError, manager::DieselManager, poolable::Poolable, session::Session, transactions::End,
};
use cenote::Commit;

impl<C: Poolable> Commit for DieselManager<C> {
    /// Commits every level that the transaction manager knows of; what it may not know of costs one `COMMIT` more. A
    /// test transaction stays.
    fn commit(&self, session: &mut Session<C>) -> Result<(), DieselError> {
        Ok(session.end_transactions(End::Commit)?)
    }
}
