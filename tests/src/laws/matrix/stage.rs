//! `Stage`: a driver and a pool that can go wrong at every step, made ready for one life.

use super::cell::Cell;
use super::circumstance::{Circumstance, Returns};
use super::hooks::with_hooks;
use super::lives::at_once;
use super::mishap::{self, Mishap};
use super::occasion::Occasion;
use crate::fake::{Call, FakeManager, Gate, Ledger};
use crate::kit::pools::built;
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::promise::Promise;
use cenote::testing::ManualClock;
use cenote::{Builder, Pool, PrePing};
use std::sync::Arc;
use std::time::Duration;

/// A driver and a pool that can go wrong at every step.
pub(super) struct Stage {
    pub(super) ledger: Arc<Ledger>,
    pub(super) occasion: Occasion,
    clock: ManualClock,
    pub(super) circumstance: Circumstance,
    name: String,
}

const AGE: Duration = Duration::from_secs(1000);

/// So long one waits who is to leave: any time at all is right.
pub(super) const IMPATIENCE: Duration = Duration::from_micros(500);

impl Stage {
    /// A fresh driver, for a pool of this name.
    pub(super) fn new(cell: &Cell, name: &str) -> Self {
        let (ledger, clock) = (Arc::default(), ManualClock::new());
        let Cell { occasion, circumstance, .. } = *cell;
        Self { ledger, occasion, clock, circumstance, name: name.to_owned() }
    }

    /// A pool that calls the script wherever it calls anybody.
    pub(super) fn builder<S: Promise>(&self) -> Builder<FakeManager, S> {
        let strategy = if self.occasion == Occasion::Built { S::wide(at_once::<S>()) } else { S::narrow() };
        let age = (self.occasion == Occasion::TooOld).then_some(AGE);
        let asks = if self.occasion == Occasion::Checked { PrePing::Always } else { PrePing::Never };
        let builder = Pool::builder(FakeManager::new(Arc::clone(&self.ledger), self.circumstance.may_hang))
            .strategy(strategy)
            .name(self.name.clone())
            .timeout(WATCHDOG)
            .clock(&self.clock);
        let builder = match self.circumstance.returns {
            Returns::RollBack => builder,
            Returns::Commit => builder.commit_on_return(),
            Returns::OnAWorker => builder.reset_timeout(WATCHDOG),
            Returns::LeftToAWorker => builder.reset_timeout(IMPATIENCE),
        };
        with_hooks(S::pre_ping(S::recycle(builder, age), asks), &self.ledger)
    }

    /// A pool as this life finds it.
    pub(super) fn pool<S: Promise>(&self) -> Pool<FakeManager, S> {
        let pool = built(self.builder::<S>().build());
        match self.occasion {
            Occasion::First | Occasion::ThreadEnded => return pool,
            Occasion::Replaced => {
                let mut conn = pool.get().expect("nothing goes wrong yet");
                S::soft_invalidate(&mut conn);
            }
            _ => drop(pool.get().expect("nothing goes wrong yet")),
        }
        wait_until("it is home, or closed", || {
            let status = pool.status();
            status.in_use + status.closing == 0
        });
        match self.occasion {
            Occasion::TooOld => self.clock.advance(AGE),
            Occasion::Older => pool.invalidate(),
            _ => {}
        }
        pool
    }

    /// From now on things go wrong. The first call of `gated` stands still at the gate that this returns.
    pub(super) fn go_wrong(&self, mishaps: &[Mishap], gated: Option<Call>) -> Option<Gate> {
        self.ledger.forget();
        mishap::write(mishaps, &self.ledger, gated)
    }
}
