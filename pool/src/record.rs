//! `Record` and `RecordBook`: the lasting part of a place, and all of a pool's.

use crate::holder::Holder;
use crate::own_line::OwnLine;
use crate::record_info::RecordInfo;
use crate::sync::PlainMutex;
use crate::time::Moment;
use std::mem;
use std::sync::Arc;

/// The lasting part of a place. It outlives the connections that fill the place one after another.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) line: Arc<OwnLine>,
    pub(crate) info: RecordInfo,
}

/// All records of a pool: the lines of those in use, to be read by anybody, and the spare ones, to be used again.
#[derive(Debug, Default)]
pub(crate) struct RecordBook(PlainMutex<Pages>);

/// Spare records of a pool that keeps no connections: they save an allocation at each checkout.
const SPARE: usize = 8;

#[derive(Debug, Default)]
struct Pages {
    lines: Vec<Arc<OwnLine>>,
    spare: Vec<Record>,
    /// How many spare ones are kept at the most.
    most: usize,
    ended: bool,
    checkouts_of_the_retired: u64,
}

impl RecordBook {
    /// A record for a place that was just reserved.
    pub(crate) fn open(&self) -> Record {
        let mut pages = self.0.lock();
        pages.spare.pop().unwrap_or_else(|| {
            let record = Record::default();
            pages.lines.push(Arc::clone(&record.line));
            record
        })
    }

    /// Takes back the record of a place that is about to be given up. Only so many are kept; one that is not comes
    /// back, to be dropped when the place is free: what the user hung on it may do anything then.
    #[must_use]
    pub(crate) fn close(&self, record: Record) -> Option<Record> {
        let mut pages = self.0.lock();
        if !pages.ended && pages.spare.len() < pages.most.max(SPARE) {
            pages.spare.push(record);
            return None;
        }
        pages.checkouts_of_the_retired += record.line.checkouts();
        pages.lines.retain(|line| !Arc::ptr_eq(line, &record.line));
        Some(record)
    }

    /// Keeps so many spare ones from now on, at the most: as many as connections are kept.
    pub(crate) fn resize(&self, most: usize) {
        self.0.lock().most = most;
    }

    /// Keeps no spare ones from now on; gives those that there are, to be dropped by the caller.
    pub(crate) fn end(&self) -> Vec<Record> {
        let mut pages = self.0.lock();
        pages.ended = true;
        mem::take(&mut pages.spare)
    }

    pub(crate) fn checkouts(&self) -> u64 {
        let pages = self.0.lock();
        pages.checkouts_of_the_retired + pages.lines.iter().map(|line| line.checkouts()).sum::<u64>()
    }

    /// The lines of all records in use.
    pub(crate) fn lines(&self) -> Vec<Arc<OwnLine>> {
        self.0.lock().lines.clone()
    }

    /// Who has connections out, longest first.
    pub(crate) fn holders(&self, now: Moment) -> Vec<Holder> {
        let mut holders: Vec<_> = self.0.lock().lines.iter().filter_map(|line| line.holder(now)).collect();
        holders.sort_by_key(|holder| std::cmp::Reverse(holder.held_for));
        holders
    }
}
