//! `Plan`: everything that a pool is made from, except its strategy.

use crate::commit::Commit;
use crate::hooks::Hooks;
use crate::manager::Manager;
use crate::settings::Settings;
use crate::time::Clock;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Everything that a pool is made from, except its strategy. A pool that is made again has the same.
pub(crate) struct Plan<M: Manager> {
    pub(crate) manager: Arc<M>,
    pub(crate) settings: Settings,
    pub(crate) hooks: Hooks<M>,
    pub(crate) clock: Clock,
    /// What a return calls instead of the rollback, where the manager can and the user wants.
    pub(crate) commit: Option<CommitCall<M>>,
}

/// [`Commit::commit`], for pools whose manager need not have it.
pub(crate) type CommitCall<M> = fn(&M, &mut <M as Manager>::Connection) -> Result<(), <M as Manager>::Error>;

impl<M: Manager> Plan<M> {
    pub(crate) fn new(manager: M) -> Self {
        Self {
            manager: Arc::new(manager),
            settings: Settings::default(),
            hooks: Hooks::default(),
            clock: Clock::default(),
            commit: None,
        }
    }

    pub(crate) fn commits(&mut self)
    where
        M: Commit,
    {
        self.commit = Some(M::commit);
    }

    /// Makes up what was left out: a name that no other pool of this process has, and a seed.
    pub(crate) fn settled(mut self) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        if !self.settings.is_named {
            self.settings.name = format!("pool-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        }
        self.settings.seed.get_or_insert_with(|| RandomState::new().hash_one(0));
        self
    }
}
