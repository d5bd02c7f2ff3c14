//! The ending: when everybody has gone home, nothing waits, every place is free, and the accounts agree.

use super::candidate::Candidate;
use super::subject::Subject;
use super::visit::{Manner, Visit};
use crate::kit::wait::{WATCHDOG, wait_until};
use crate::kit::workers;
use cenote::CloseReason;

impl<S: Candidate> Subject<S> {
    /// Of a pool that is still open: all of it can still be used.
    pub(crate) fn rest(&self) {
        self.account.calm_down();
        let mut status = self.pool.status();
        wait_until("everything under way is over", || {
            status = self.pool.status();
            // What a worker brings home late may be too much for a moment, until the worker has seen that.
            let under_way = status.in_use + status.connecting + status.closing + status.detached;
            under_way == 0 && status.idle <= status.kept
        });
        let breaches = &self.account.breaches;
        breaches.expect(status.waiting == 0 && status.open == status.idle, || {
            format!("at rest it says {status:?}")
        });
        let all: Vec<_> =
            (0..status.limit.unwrap_or(1)).map(|_| Visit::begin(self, Manner::Get, false)).collect();
        breaches.expect(all.iter().all(Option::is_some), || format!("a place was lost: {status:?}"));
    }

    /// Closes it, and holds what it counted against what the driver and the users did.
    pub(crate) fn conclude(&self) {
        self.account.calm_down();
        let breaches = &self.account.breaches;
        if let Err(still_out) = self.pool.close_and_wait(WATCHDOG) {
            breaches.note(still_out.to_string());
        }
        let (status, account) = (self.pool.status(), &self.account);
        let totals = &status.totals;
        let opened = account.begun.get() - account.fruitless.get();
        let nothing = [
            status.open,
            status.idle,
            status.in_use,
            status.overflow,
            status.waiting,
            status.connecting,
            status.closing,
            status.detached,
        ];
        let detached = totals.closed_because(CloseReason::Detached) + account.taken.get();
        for (words, is, ought_to_be) in [
            ("what the pool holds", nothing.iter().sum::<usize>() as u64, 0),
            ("what the driver holds", account.placed().unsigned_abs(), 0),
            ("connections opened", totals.opened, opened),
            ("connections closed", totals.closed(), account.closed.get()),
            ("connections closed or taken", account.closed.get() + account.taken.get(), opened),
            ("connections that are gone", account.gone.get(), opened),
            ("connections detached", detached, account.detached.get()),
            ("checkouts", totals.checkouts, account.lent.get()),
            ("timeouts", totals.timeouts, account.timeouts.get()),
            ("connect errors", totals.connect_errors, account.connect_errors.get()),
        ] {
            breaches.expect(is == ought_to_be, || {
                format!("{words}: {is}, and it ought to be {ought_to_be}; {status:?}, {account:?}")
            });
        }
        let first_connects = account.first_connects.get();
        breaches.expect(first_connects <= 1, || format!("{first_connects} first connects"));
        workers::wait_until_gone(&self.pool);
    }
}
