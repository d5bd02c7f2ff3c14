//! Inspection: what the status of a pool must never say, however many threads are at it.

use super::account::Account;
use super::candidate::Candidate;
use super::run::THREADS;
use super::subject::Subject;
use cenote::{CloseReason, Status};

/// What was seen of a pool before.
#[derive(Debug)]
pub(crate) struct Inspector(Status);

impl Inspector {
    /// Begins with a first look.
    pub(crate) fn new<S: Candidate>(subject: &Subject<S>) -> Self {
        Self(subject.pool.status())
    }

    /// Looks at the pool once more.
    pub(crate) fn look<S: Candidate>(&mut self, subject: &Subject<S>) {
        let account = &subject.account;
        let begun = account.begun.get();
        let now = subject.pool.status();
        let breaches = &account.breaches;
        for (holds, words) in [
            (within_limits(&now, subject.most), "the limits hold"),
            (in_proportion(&now, subject.most), "no count is more than it can be"),
            (only_grows(&self.0, &now), "totals only grow"),
            (placed(account, begun, &now) <= subject.most as i128, "no place too many"),
        ] {
            breaches.expect(holds, || format!("not so: {words}: {now:?}, {account:?}"));
        }
        self.0 = now;
    }
}

/// A limit that was lowered holds when enough have come home. More than are kept may be idle for a moment, until those that return them have seen that they are too many.
fn within_limits(now: &Status, most: usize) -> bool {
    now.open <= most && now.connecting <= most && now.overflow <= most.saturating_sub(now.kept)
}

fn in_proportion(now: &Status, most: usize) -> bool {
    let lane = most.min(128);
    now.idle <= now.open
        && now.in_use <= now.open
        && now.waiting <= THREADS
        && now.detached <= THREADS
        && now.workers <= lane + lane + lane + lane.max(16)
}

fn only_grows(before: &Status, now: &Status) -> bool {
    let (old, new) = (&before.totals, &now.totals);
    let reasons = CloseReason::ALL.iter();
    before.generation <= now.generation
        && old.checkouts <= new.checkouts
        && old.opened <= new.opened
        && old.connect_errors <= new.connect_errors
        && old.timeouts <= new.timeouts
        && reasons.into_iter().all(|reason| old.closed_because(*reason) <= new.closed_because(*reason))
        && old.closed() <= new.opened
}

/// At most so many places were taken when `begun` was read: everything that frees one is read later.
fn placed(account: &Account, begun: u64, now: &Status) -> i128 {
    let closed = now.totals.closed() - now.totals.closed_because(CloseReason::Detached);
    let freed = [closed, account.fruitless.get(), account.detached.get()];
    freed.into_iter().map(i128::from).fold(i128::from(begun), |placed, freed| placed - freed)
}
