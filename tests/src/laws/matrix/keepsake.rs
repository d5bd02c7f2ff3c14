//! `Keepsake`: what is hung on a connection or a record, and can go wrong when it goes.

use crate::fake::{Call, Ledger};
use cenote::Extensions;
use std::sync::Arc;

/// What is hung on a connection or a record.
pub(super) struct Keepsake {
    ledger: Arc<Ledger>,
    end: Call,
}

impl Keepsake {
    /// Hangs it on, if it does not hang there; its end will be this step.
    pub(super) fn hang_on(extensions: &mut Extensions, ledger: &Arc<Ledger>, end: Call) {
        if extensions.get::<Self>().is_none() {
            extensions.insert(Self { ledger: Arc::clone(ledger), end });
        }
    }
}

impl Drop for Keepsake {
    fn drop(&mut self) {
        // A destructor cannot fail: a script that wants it to is not heard.
        let _ = self.ledger.meet(self.end);
    }
}
