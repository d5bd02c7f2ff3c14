//! Models of the crew: every job is done once, or given back once, whoever is dismissed meanwhile.

use super::bounds::{join, model, seen};
use crate::crew::{Crew, JobNumber, Lane};
use crate::sync::{Condvar, Mutex};
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread::spawn;
use std::sync::Arc;

/// How many jobs are done; one can wait for them.
#[derive(Default)]
struct Done {
    under_way: AtomicUsize,
    jobs: Mutex<usize>,
    bell: Condvar,
}

impl Done {
    fn one_more(&self) {
        *self.jobs.lock() += 1;
        self.bell.notify_all();
    }

    /// The same, in a lane that runs one at a time.
    fn one_more_alone(&self) {
        assert_eq!(self.under_way.fetch_add(1, Ordering::Relaxed), 0, "two at a time");
        self.one_more();
        self.under_way.fetch_sub(1, Ordering::Relaxed);
    }

    fn wait_for(&self, jobs: usize) {
        let mut done = self.jobs.lock();
        while *done < jobs {
            self.bell.wait(&mut done);
        }
        assert_eq!(*done, jobs);
    }
}

fn submit(crew: &Crew, lane: Lane, done: &Arc<Done>) -> JobNumber {
    let done = Arc::clone(done);
    crew.submit(lane, Box::new(move || done.one_more_alone())).ok().expect("loom refuses no thread")
}

#[test]
fn every_job_is_done_in_a_lane_that_runs_one_at_a_time() {
    model("two jobs in one lane, and one in another", 3, &[], || {
        let (crew, done) = (Crew::new("model", 1), Arc::<Done>::default());
        let elsewhere = Arc::<Done>::default();
        submit(&crew, Lane::Opening, &done);
        submit(&crew, Lane::Checking, &elsewhere);
        submit(&crew, Lane::Opening, &done);
        done.wait_for(2);
        elsewhere.wait_for(1);
    });
}

#[test]
fn a_job_that_hangs_holds_up_no_other_lane() {
    model("a check waits for what is opened", 3, &[], || {
        let (crew, done) = (Crew::new("model", 1), Arc::<Done>::default());
        let waits = Arc::clone(&done);
        let checked = Arc::<Done>::default();
        let tells = Arc::clone(&checked);
        let check = Box::new(move || {
            waits.wait_for(1);
            tells.one_more();
        });
        crew.submit(Lane::Checking, check).ok().expect("loom refuses no thread");
        submit(&crew, Lane::Opening, &done);
        checked.wait_for(1);
    });
}

#[test]
fn a_crew_that_is_dismissed_does_what_is_left() {
    model("a dismissal meets two jobs", 3, &[], || {
        let (crew, done) = (Arc::new(Crew::new("model", 1)), Arc::<Done>::default());
        let theirs = Arc::clone(&crew);
        let other = spawn(move || theirs.dismiss());
        submit(&crew, Lane::Opening, &done);
        submit(&crew, Lane::Opening, &done);
        done.wait_for(2);
        join(other);
    });
}

#[test]
fn a_job_is_done_or_taken_back() {
    model("a job is taken back while it may begin", 5, &["it was done", "it was taken back"], || {
        let (crew, done) = (Crew::new("model", 1), Arc::<Done>::default());
        let number = submit(&crew, Lane::Opening, &done);
        if let Some(job) = crew.cancel(Lane::Opening, number) {
            seen("it was taken back");
            job();
        } else {
            seen("it was done");
        }
        done.wait_for(1);
    });
}
