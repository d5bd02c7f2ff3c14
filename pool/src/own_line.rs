//! `OwnLine`: what others may see of a checked-out connection, on a cache line that only its user writes.

use crate::holder::Holder;
use crate::id::ConnectionId;
use crate::sync::Ordering;
use crate::sync::plain::{AtomicCell, AtomicU64};
use crate::time::Moment;
use crossbeam_utils::CachePadded;
use std::panic::Location;

/// Every store of a healthy checkout goes here. Each is plain; the number of checkouts, written first, and the call
/// site, written last, tell a reader whether what it read belongs together.
#[derive(Debug, Default)]
pub(crate) struct OwnLine(CachePadded<Fields>);

#[derive(Debug, Default)]
struct Fields {
    checkouts: AtomicU64,
    call_site: AtomicCell<Option<&'static Location<'static>>>,
    thread: AtomicU64,
    since: AtomicU64,
    connection: AtomicU64,
}

impl OwnLine {
    /// Counts a checkout. Called by the thread that has the connection, as are all that write.
    #[inline]
    pub(crate) fn count(&self) {
        let count = self.0.checkouts.load(Ordering::Relaxed);
        self.0.checkouts.store(count.wrapping_add(1), Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn taken(
        &self,
        by: u64,
        connection: ConnectionId,
        call_site: &'static Location<'static>,
        at: Moment,
    ) {
        self.0.thread.store(by, Ordering::Release);
        self.0.connection.store(connection.get(), Ordering::Release);
        self.0.since.store(at.to_bits(), Ordering::Release);
        self.0.call_site.store(Some(call_site));
    }

    #[inline]
    pub(crate) fn home(&self) {
        self.0.call_site.store(None);
    }

    pub(crate) fn checkouts(&self) -> u64 {
        self.0.checkouts.load(Ordering::Relaxed)
    }

    /// Who has it out; none if nobody has, or if it changed hands while this read.
    pub(crate) fn holder(&self, now: Moment) -> Option<Holder> {
        let before = self.checkouts();
        let call_site = self.0.call_site.load()?;
        let thread = self.0.thread.load(Ordering::Acquire);
        let connection = self.0.connection.load(Ordering::Acquire);
        let since = Moment::from_bits(self.0.since.load(Ordering::Acquire));
        let unchanged = self.0.call_site.load() == Some(call_site) && self.checkouts() == before;
        let connection = ConnectionId::after(connection.saturating_sub(1));
        unchanged.then(|| Holder { connection, call_site, thread, held_for: now.since(since) })
    }
}
