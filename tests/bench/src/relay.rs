//! `Relay`: one that holds the only connection of a pool, and those who wait for it, turn after turn.

use crate::contender::{Contender, User};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

/// Enough for a get; the usual two megabytes for each of a thousand would be a strange thing to ask for.
const STACK: usize = 256 * 1024;

/// One that holds the only connection, and so many that wait for it, turn after turn.
pub(crate) struct Relay {
    pub(crate) waiters: usize,
    turns: usize,
}

/// What one turn has shown.
pub(crate) struct Turn {
    /// What the return took.
    pub(crate) return_: Duration,
    /// From when it began until a waiter ran; none if nobody was served after it.
    pub(crate) hand_over: Option<Duration>,
}

/// Where they meet: all of them when the holder has it, and again when all waiters had it.
struct Meeting {
    everybody: Barrier,
    /// Counts gets, of all turns.
    asked: AtomicUsize,
}

/// The one whose return is measured.
struct Holder<'t> {
    relay: &'t Relay,
    meeting: &'t Meeting,
    turn: usize,
    returns: Vec<Instant>,
    returned: Vec<Instant>,
}

/// One that waits for it.
struct Waiter<'t> {
    relay: &'t Relay,
    meeting: &'t Meeting,
    served: Vec<Instant>,
}

impl Relay {
    pub(crate) fn new(waiters: usize, turns: usize) -> Self {
        Self { waiters, turns }
    }

    pub(crate) fn run(&self, pool: &dyn Contender<u64>) -> Vec<Turn> {
        let meeting = &Meeting { everybody: Barrier::new(self.waiters + 1), asked: AtomicUsize::new(0) };
        let mut holder = Holder::new(self, meeting);
        let served = thread::scope(|scope| {
            let waiters = (0..self.waiters).map(|_| {
                let wait = || {
                    let mut waiter = Waiter { relay: self, meeting, served: Vec::with_capacity(self.turns) };
                    pool.serve(&mut waiter);
                    waiter.served
                };
                Builder::new().stack_size(STACK).spawn_scoped(scope, wait).expect("a thread can be spawned")
            });
            let waiters: Vec<_> = waiters.collect();
            pool.serve(&mut holder);
            let served = waiters.into_iter().map(|waiter| waiter.join().expect("a waiter does not panic"));
            served.collect::<Vec<_>>()
        });
        let turns = holder.returns.iter().zip(&holder.returned).enumerate();
        let turns = turns.map(|(turn, (returns, returned))| {
            let first = served.iter().map(|served| served[turn]).min();
            let hand_over = first.and_then(|first| first.checked_duration_since(*returns));
            Turn { return_: *returned - *returns, hand_over }
        });
        turns.collect()
    }

    /// How long the last who asked may take to fall asleep. Nobody tells, for most pools do not know who waits; if it
    /// is awake all the same, that turn shows another figure, but the median of all is that of those who slept.
    fn falling_asleep(&self) -> Duration {
        match self.waiters {
            0 => Duration::ZERO,
            waiters => Duration::from_micros(1000 + 10 * waiters as u64),
        }
    }
}

impl<'t> Holder<'t> {
    fn new(relay: &'t Relay, meeting: &'t Meeting) -> Self {
        let [returns, returned] = [(); 2].map(|()| Vec::with_capacity(relay.turns));
        Self { relay, meeting, turn: 0, returns, returned }
    }
}

impl User<u64> for Holder<'_> {
    fn wants_one(&mut self) -> bool {
        self.turn += 1;
        self.turn <= self.relay.turns
    }

    fn has(&mut self, _: &mut u64) {
        self.meeting.everybody.wait();
        while self.meeting.asked.load(Ordering::Acquire) < self.turn * self.relay.waiters {
            thread::sleep(Duration::from_micros(100));
        }
        thread::sleep(self.relay.falling_asleep());
        self.returns.push(Instant::now());
    }

    fn gave_back(&mut self) {
        self.returned.push(Instant::now());
        self.meeting.everybody.wait();
    }
}

impl User<u64> for Waiter<'_> {
    fn wants_one(&mut self) -> bool {
        if self.served.len() == self.relay.turns {
            return false;
        }
        self.meeting.everybody.wait();
        self.meeting.asked.fetch_add(1, Ordering::Release);
        true
    }

    fn has(&mut self, _: &mut u64) {
        self.served.push(Instant::now());
    }

    fn gave_back(&mut self) {
        self.meeting.everybody.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contender::Entrant;
    use crate::contenders::by_hand::ByHand;
    use crate::contenders::mutex_vec::MutexVec;
    use crate::driver::Nothing;

    #[test]
    fn each_turn_ends_with_a_hand_over_where_there_is_something_to_wait_for() {
        let waited_for = Entrant::blocking("mutex-vec", MutexVec::new(&Nothing, 1));
        let for_everybody = Entrant::new("by-hand", ByHand(Nothing));
        for (Entrant { pool, .. }, waiters, handed_over) in
            [(&waited_for, 3, true), (&waited_for, 0, false), (&for_everybody, 3, false)]
        {
            let turns = Relay::new(waiters, 2).run(&**pool);
            assert_eq!(
                turns.iter().map(|turn| turn.hand_over.is_some()).collect::<Vec<_>>(),
                [handed_over; 2]
            );
        }
    }
}
