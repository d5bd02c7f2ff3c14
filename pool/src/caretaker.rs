//! `Caretaker`: the one thread that makes pools look after their idle connections, while any asks for it.

use crate::id::PoolId;
use crate::shield::quietly;
use crate::sync::{PlainCondvar, PlainMutex};
use crate::time::Deadline;
use std::io;
use std::sync::Weak;
use std::thread;
use std::time::Duration;

/// A pool that wants to be told when to look after its idle connections.
pub(crate) trait Charge: Send + Sync {
    /// Called by the caretaker, which serves other pools too: it must not call a driver.
    fn tend(&self);
}

/// Has a pool told at once, and so often from now on.
pub(crate) fn take_on(pool: PoolId, every: Duration, charge: Weak<dyn Charge>) -> io::Result<()> {
    let mut rounds = ROUNDS.lock();
    rounds.stops.push(Stop { pool, every, due: Deadline::after(Duration::ZERO), charge });
    if !rounds.walking {
        let builder = thread::Builder::new().name("cenote:caretaker".to_owned());
        if let Err(error) = builder.spawn(walk) {
            rounds.stops.pop();
            return Err(error);
        }
        rounds.walking = true;
    }
    BELL.notify_one();
    Ok(())
}

/// Forgets a pool. The thread ends when it was the last.
pub(crate) fn dismiss(pool: PoolId) {
    ROUNDS.lock().stops.retain(|stop| stop.pool != pool);
    BELL.notify_one();
}

struct Rounds {
    stops: Vec<Stop>,
    walking: bool,
}

struct Stop {
    pool: PoolId,
    every: Duration,
    due: Deadline,
    charge: Weak<dyn Charge>,
}

static ROUNDS: PlainMutex<Rounds> = PlainMutex::new(Rounds { stops: Vec::new(), walking: false });
static BELL: PlainCondvar = PlainCondvar::new();

/// Goes from pool to pool, each when it is due, until there is none.
fn walk() {
    let mut rounds = ROUNDS.lock();
    loop {
        rounds.stops.retain(|stop| stop.charge.strong_count() > 0);
        let Some(next) = rounds.stops.iter_mut().min_by_key(|stop| stop.due.instant()) else { break };
        if let Some(due) = next.due.instant().filter(|_| !next.due.remaining().is_zero()) {
            BELL.wait_until(&mut rounds, due);
            continue;
        }
        next.due = Deadline::after(next.every);
        let charge = Weak::clone(&next.charge);
        drop(rounds);
        // It may be the last that holds the pool: what the user hung on it may do anything then.
        quietly(|| charge.upgrade().map(|charge| charge.tend()));
        rounds = ROUNDS.lock();
    }
    rounds.walking = false;
}
