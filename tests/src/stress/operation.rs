//! Operations: what a thread does to a pool, one thing after another, as its dice fall.

use super::candidate::Candidate;
use super::dice::Dice;
use super::subject::Subject;
use super::visit::{Manner, Visit};
use crate::kit::panics::{scripted, scripted_panic};
use cenote::{Detached, PooledConnection};
use std::thread;

/// One operation. A panic of the driver or of a hook comes out of it now and then, and is its end.
pub(crate) fn operate<S: Candidate>(subject: &Subject<S>, dice: &mut Dice) {
    // Only panics on purpose are held back.
    let _ = scripted(|| match dice.below(1000) {
        0..=1 => subject.account.outdating(|| subject.pool.invalidate()),
        2..=3 => subject.account.outdating(|| subject.pool.dispose()),
        4..=9 => drop(subject.pool.holders()),
        _ => visit(subject, dice),
    });
}

/// A checkout, and one of the ways in which it can end.
fn visit<S: Candidate>(subject: &Subject<S>, dice: &mut Dice) {
    let Some(mut visit) = Visit::begin(subject, Manner::any(dice), false) else { return };
    let account = &subject.account;
    match dice.below(1000) {
        0..=19 => {
            visit.handle().condemn(Some("that its user had invalidated"));
            PooledConnection::invalidate(visit.end());
        }
        20..=39 => S::soft_invalidate(visit.handle()),
        40..=59 => drop(detach(visit)),
        60..=69 => Detached::into_inner(detach(visit)).take(),
        70..=89 => {
            visit.handle().condemn(Some("whose user had panicked"));
            scripted_panic("a user");
        }
        90..=99 => S::carry_off(visit.end()),
        100..=101 => account.outdating(|| subject.pool.invalidate()),
        102..=103 => account.outdating(|| subject.pool.dispose()),
        104..=199 => nest(subject, visit, dice),
        200..=399 => thread::yield_now(),
        _ => {}
    }
}

fn detach<S: Candidate>(mut visit: Visit<'_, S>) -> Detached<super::manager::CountingManager> {
    visit.handle().detach();
    PooledConnection::detach(visit.end())
}

/// Asks for another connection while having one, and gives both back in one order or the other.
fn nest<S: Candidate>(subject: &Subject<S>, first: Visit<'_, S>, dice: &mut Dice) {
    let second = Visit::begin(subject, Manner::short(dice), true);
    if dice.one_in(2) {
        drop(first);
        drop(second);
    }
}
