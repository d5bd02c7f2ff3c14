//! `Mishaps`: what goes wrong at which call of the driver or of a hook, as the seed decides.

use super::account::Account;
use super::dice::Dice;
use crate::kit::panics::scripted_panic;
use cenote::Fault;
use std::sync::Arc;
use std::thread;
use thiserror::Error;

/// What goes wrong at which call. The calls of one pool have numbers, and each number has its fate.
#[derive(Debug, Clone)]
pub(crate) struct Mishaps {
    account: Arc<Account>,
    seed: u64,
}

/// The error of the driver under stress.
#[derive(Debug, Error)]
#[error("a mishap ({fault:?})")]
pub(crate) struct Mishap {
    pub(crate) fault: Fault,
}

impl Mishaps {
    pub(crate) fn new(account: &Arc<Account>, seed: u64) -> Self {
        Self { account: Arc::clone(account), seed }
    }

    /// Fails or panics now and then, and lets others go first.
    pub(crate) fn happen(&self, call: &str) -> Result<(), Mishap> {
        if self.account.is_calm() {
            return Ok(());
        }
        let mut dice = Dice::new(self.seed, self.account.next_call());
        if dice.one_in(4) {
            thread::yield_now();
        }
        match dice.below(256) {
            0..=2 => scripted_panic(call),
            3 => Err(Mishap { fault: Fault::Lost }),
            4 => Err(Mishap { fault: Fault::Transient }),
            5..=11 => Err(Mishap { fault: Fault::Other }),
            _ => Ok(()),
        }
    }
}
