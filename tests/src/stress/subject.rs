//! `Subject`: one pool under stress, with its account.

use super::account::Account;
use super::breaches::Breaches;
use super::candidate::Candidate;
use super::dice::Dice;
use super::hooks::add_hooks;
use super::manager::CountingManager;
use crate::kit::names;
use crate::kit::wait::WATCHDOG;
use cenote::{MayHang, Pool};
use std::sync::Arc;

/// One pool under stress, with its account.
#[derive(Debug)]
pub(crate) struct Subject<S: Candidate> {
    pub(crate) pool: Pool<CountingManager, S>,
    pub(crate) account: Arc<Account>,
    /// Whether its hooks may refuse a connection.
    pub(crate) refuses: bool,
}

/// What the pools of one run have in common.
#[derive(Debug)]
pub(crate) struct Blueprint<S> {
    pub(crate) strategy: S,
    pub(crate) may_hang: MayHang,
    pub(crate) breaches: Arc<Breaches>,
}

impl<S: Candidate> Blueprint<S> {
    /// A pool whose settings are as the dice fall, with hooks or without.
    pub(crate) fn build(&self, dice: &mut Dice, hooks: bool) -> Subject<S> {
        let seed = dice.roll();
        let account = Arc::new(Account::new(&self.breaches));
        let manager = CountingManager::new(&account, seed, self.may_hang);
        let builder = Pool::builder(manager).strategy(self.strategy.clone()).name(names::unique());
        let builder = builder.timeout(WATCHDOG).holders(dice.one_in(2)).seed(seed);
        let mut builder = S::set_up(builder, dice);
        if hooks {
            builder = add_hooks(builder, &account, seed);
        }
        let pool = builder.build().expect("its settings make sense");
        if let (Some(limit), false) = (pool.status().limit, self.may_hang.close) {
            account.allow(limit);
        }
        Subject { pool, account, refuses: hooks }
    }
}
