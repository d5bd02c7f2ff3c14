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
use std::time::Duration;

/// One pool under stress, with its account.
#[derive(Debug)]
pub(crate) struct Subject<S: Candidate> {
    pub(crate) pool: Pool<CountingManager, S>,
    pub(crate) account: Arc<Account>,
    /// Whether its hooks may refuse a connection.
    pub(crate) refuses: bool,
    /// Whether a checkout may be refused because its thread has another connection.
    pub(crate) refuses_nested: bool,
    /// The largest size that it is given while it is used, if it is resized.
    pub(crate) resized: Option<u64>,
    /// How many places it may ever have.
    pub(crate) most: usize,
}

/// What the pools of one run have in common.
#[derive(Debug)]
pub(crate) struct Blueprint<S> {
    pub(crate) strategy: S,
    pub(crate) may_hang: MayHang,
    pub(crate) resized: Option<u64>,
    pub(crate) breaches: Arc<Breaches>,
}

impl<S: Candidate> Blueprint<S> {
    /// A pool whose settings are as the dice fall, with hooks or without.
    pub(crate) fn build(&self, dice: &mut Dice, hooks: bool) -> Subject<S> {
        let seed = dice.roll();
        let account = Arc::new(Account::new(&self.breaches));
        let manager = CountingManager::new(&account, seed, self.may_hang);
        let builder = Pool::builder(manager).strategy(self.strategy.clone()).name(names::unique());
        let refuses_nested = dice.one_in(4);
        let builder = builder.timeout(WATCHDOG).holders(refuses_nested || dice.one_in(2)).seed(seed);
        let builder = builder.refuse_nested(refuses_nested).retry_connect(dice.one_in(4));
        let mut builder = S::set_up(builder, dice);
        if dice.one_in(4) {
            builder = builder.commit_on_return();
        }
        if dice.one_in(4) {
            builder = builder.reset_timeout(Duration::from_micros(1 + dice.below(200)));
        }
        if hooks {
            builder = add_hooks(builder, &account, seed);
        }
        let pool = builder.build().expect("its settings make sense");
        let most = pool.status().limit;
        if let (Some(limit), false) = (most, self.may_hang.close) {
            account.allow(limit);
        }
        let (refuses, resized, most) = (hooks, self.resized, most.unwrap_or(usize::MAX));
        Subject { pool, account, refuses, refuses_nested, resized, most }
    }
}
