//! `Report`: what `GET /status` tells of the pool.

use cenote::Status;
use serde::Serialize;

/// What the pool holds, and what it has done so far.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    limit: Option<usize>,
    open: usize,
    idle: usize,
    in_use: usize,
    waiting: usize,
    checkouts: u64,
    opened: u64,
    closed: u64,
    timeouts: u64,
    connect_errors: u64,
}

impl From<Status> for Report {
    fn from(status: Status) -> Self {
        Self {
            limit: status.limit,
            open: status.open,
            idle: status.idle,
            in_use: status.in_use,
            waiting: status.waiting,
            checkouts: status.totals.checkouts,
            opened: status.totals.opened,
            closed: status.totals.closed(),
            timeouts: status.totals.timeouts,
            connect_errors: status.totals.connect_errors,
        }
    }
}
