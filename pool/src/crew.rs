//! `Crew`: the worker threads of a pool, for calls that a caller must be able to leave. The one place that spawns.

use crate::shield::quietly;
use crate::sync::{Condvar, Mutex, thread};
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// The worker threads of one pool. They start when there is work, wait a second for more, and end.
///
/// Opening, checking, cleaning and closing have a lane each, so that calls that hang in one do not hold up another. A lane runs
/// so many jobs at a time and no more; a job beyond that waits, and can be cancelled while it does.
#[derive(Debug)]
pub(crate) struct Crew {
    quarters: Arc<Quarters>,
}

/// What a job is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    Opening,
    Checking,
    Cleaning,
    Closing,
}

impl Lane {
    const ALL: [Self; 4] = [Self::Opening, Self::Checking, Self::Cleaning, Self::Closing];
}

/// The number of a job, to cancel it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JobNumber(u64);

pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// Closes hold no place, so that one that hangs in a small pool must not keep the others open at the server.
const LEAST_CLOSING: usize = 16;

/// How long a worker waits for another job.
const LINGER: Duration = Duration::from_secs(1);

#[derive(Debug)]
struct Quarters {
    name: String,
    roster: Mutex<Roster>,
    /// Rings when there is a job.
    bell: Condvar,
    /// Rings when the pool is closed.
    alarm: Condvar,
}

struct Roster {
    opening: Queue,
    checking: Queue,
    cleaning: Queue,
    closing: Queue,
    next: u64,
    workers: usize,
    /// Workers that have no job: they wait for one, or have just been started for one.
    resting: usize,
    dismissed: bool,
}

struct Queue {
    jobs: VecDeque<(u64, Job)>,
    running: usize,
    most: usize,
}

impl Crew {
    /// A crew without a worker, for a pool of this name that opens and checks so many connections at a time.
    pub(crate) fn new(pool: &str, most: usize) -> Self {
        let (name, bell, alarm) = (format!("cenote:{pool}"), Condvar::new(), Condvar::new());
        let roster = Mutex::new(Roster {
            opening: Queue::new(most),
            checking: Queue::new(most),
            cleaning: Queue::new(most),
            closing: Queue::new(most.max(LEAST_CLOSING)),
            next: 0,
            workers: 0,
            resting: 0,
            dismissed: false,
        });
        Self { quarters: Arc::new(Quarters { name, roster, bell, alarm }) }
    }

    /// Has a job done. Gives it back if the system refuses to start a thread and there is none that could take it.
    pub(crate) fn submit(&self, lane: Lane, job: Job) -> Result<JobNumber, (io::Error, Option<Job>)> {
        let quarters = &self.quarters;
        let mut roster = quarters.roster.lock();
        let number = roster.next;
        roster.next += 1;
        roster.lane(lane).jobs.push_back((number, job));
        if let Err(error) = quarters.recruit(&mut roster)
            && roster.workers == 0
        {
            let job = roster.lane(lane).withdraw(number);
            return Err((error, job));
        }
        quarters.bell.notify_one();
        Ok(JobNumber(number))
    }

    /// Takes back a job that has not begun.
    pub(crate) fn cancel(&self, lane: Lane, number: JobNumber) -> Option<Job> {
        self.quarters.roster.lock().lane(lane).withdraw(number.0)
    }

    /// From now on, opens, checks and cleans so many connections at a time.
    pub(crate) fn resize(&self, most: usize) {
        let mut roster = self.quarters.roster.lock();
        for lane in [Lane::Opening, Lane::Checking, Lane::Cleaning] {
            roster.lane(lane).most = most;
        }
        roster.closing.most = most.max(LEAST_CLOSING);
        // Jobs that their lane held up may begin now. Without more threads, the workers there are come to them later.
        while roster.ready() > roster.resting && self.quarters.recruit(&mut roster).is_ok() {}
        self.quarters.bell.notify_all();
    }

    /// A worker waits before it tries again; not long if the pool is closed meanwhile.
    pub(crate) fn pause(&self, within: Duration) {
        let mut roster = self.quarters.roster.lock();
        if !roster.dismissed {
            self.quarters.alarm.wait_for(&mut roster, within);
        }
    }

    /// No worker waits for more any longer: each ends when nothing is left to do.
    pub(crate) fn dismiss(&self) {
        self.quarters.roster.lock().dismissed = true;
        self.quarters.bell.notify_all();
        self.quarters.alarm.notify_all();
    }

    pub(crate) fn workers(&self) -> usize {
        self.quarters.roster.lock().workers
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.dismiss();
    }
}

impl Quarters {
    /// Starts a worker, if there are more jobs that could begin than workers that rest.
    fn recruit(self: &Arc<Self>, roster: &mut Roster) -> io::Result<()> {
        if roster.ready() <= roster.resting {
            return Ok(());
        }
        let recruit = Arc::clone(self);
        thread::Builder::new().name(self.name.clone()).spawn(move || recruit.work())?;
        roster.workers += 1;
        roster.resting += 1;
        Ok(())
    }

    fn work(&self) {
        let mut roster = self.roster.lock();
        roster.resting -= 1;
        loop {
            if let Some((lane, job)) = roster.pick() {
                drop(roster);
                // A job shields what it calls; should one panic all the same, the lane must not shrink for it.
                quietly(job);
                roster = self.roster.lock();
                roster.lane(lane).running -= 1;
                continue;
            }
            if roster.dismissed {
                break;
            }
            roster.resting += 1;
            let waited = self.bell.wait_for(&mut roster, LINGER);
            roster.resting -= 1;
            if waited.timed_out() && roster.ready() == 0 {
                break;
            }
        }
        roster.workers -= 1;
    }
}

impl Roster {
    fn lane(&mut self, lane: Lane) -> &mut Queue {
        match lane {
            Lane::Opening => &mut self.opening,
            Lane::Checking => &mut self.checking,
            Lane::Cleaning => &mut self.cleaning,
            Lane::Closing => &mut self.closing,
        }
    }

    /// How many jobs could begin now.
    fn ready(&self) -> usize {
        let ready = |queue: &Queue| queue.jobs.len().min(queue.most.saturating_sub(queue.running));
        [&self.opening, &self.checking, &self.cleaning, &self.closing].into_iter().map(ready).sum()
    }

    fn pick(&mut self) -> Option<(Lane, Job)> {
        Lane::ALL.into_iter().find_map(|lane| {
            let queue = self.lane(lane);
            let (_, job) = (queue.running < queue.most).then(|| queue.jobs.pop_front())??;
            queue.running += 1;
            Some((lane, job))
        })
    }
}

impl Queue {
    fn new(most: usize) -> Self {
        Self { jobs: VecDeque::new(), running: 0, most }
    }

    fn withdraw(&mut self, number: u64) -> Option<Job> {
        let at = self.jobs.iter().position(|(known, _)| *known == number)?;
        self.jobs.remove(at).map(|(_, job)| job)
    }
}

impl std::fmt::Debug for Roster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Roster({} workers, {} resting)", self.workers, self.resting)
    }
}
