//! Operations: what a thread does to a pool, one thing after another, as its dice fall.

use super::candidate::{Candidate, Refuses};
use super::dice::Dice;
use super::subject::Subject;
use super::visit::{Manner, Visit};
use crate::kit::panics::{scripted, scripted_panic};
use cenote::{Detached, PooledConnection, SharedConnection};
use std::thread;

/// One operation. A panic of the driver or of a hook comes out of it now and then, and is its end.
pub(crate) fn operate<S: Candidate>(subject: &Subject<S>, dice: &mut Dice) {
    // Only panics on purpose are held back.
    let _ = scripted(|| match dice.below(1000) {
        0..=1 => subject.account.outdating(|| subject.pool.invalidate()),
        2..=3 => subject.account.outdating(|| subject.pool.dispose()),
        4..=9 => drop(subject.pool.holders()),
        10..=29 => share(subject, dice),
        30..=39 => {
            if let Some(largest) = subject.resized {
                S::resize(&subject.pool, 1 + dice.below(largest) as usize);
            }
        }
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

/// Asks for a connection that others in this thread may ask for again, and does; one of them panics now and then.
fn share<S: Candidate>(subject: &Subject<S>, dice: &mut Dice) {
    let account = &subject.account;
    let outdatings = account.outdatings_over();
    let shared = match subject.pool.get_shared() {
        Ok(shared) => shared,
        Err(error) => return subject.judge(&error, Manner::Get, false),
    };
    account.lent.add_one();
    shared.with(|conn| conn.enter(outdatings, S::REFUSES == Refuses::InTheSameThread));
    let again = subject.pool.get_shared().map(|again| SharedConnection::id(&again));
    let same = again.is_ok_and(|id| id == SharedConnection::id(&shared));
    account.breaches.expect(same, || "a shared connection was not joined".into());
    if dice.one_in(16) {
        let other = shared.clone();
        shared.with(|conn| conn.condemn(Some("one of whose users had panicked")));
        let _ = scripted(move || {
            let _other = other;
            scripted_panic("a user");
        });
    }
    shared.with(|conn| conn.leave());
}
