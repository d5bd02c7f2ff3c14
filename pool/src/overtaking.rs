//! `Overtaking`: how often those who wait may be overtaken by those who come later, and how often they were.

use crate::store::Ticket;

/// The account of a line. One that waits knows what it showed when it joined.
///
/// What comes home is promised to the oldest waiter. Until its thread is awake, which takes about as long as many a
/// query, one that comes later may take it instead: this is an overtaking, of everybody in the line. It counts one;
/// and [`FELT`] if the value is not back when the waiter wakes up or is offered another. A waiter bears
/// [`MOST`] of what is counted while it waits, and waking in vain once.
#[derive(Debug)]
pub(crate) struct Overtaking {
    most: u64,
    counted: u64,
    /// The last one: whose turn it was, and the number of the value.
    last: Option<(Ticket, u64)>,
}

/// How much of it one that waits bears: this many overtake it at the most.
const MOST: u64 = 48;

/// How much an overtaking counts that cost those who wait a turn.
const FELT: u64 = 3;

impl Overtaking {
    /// Within the bound.
    pub(crate) fn bounded() -> Self {
        Self { most: MOST, counted: 0, last: None }
    }

    /// Never.
    pub(crate) fn none() -> Self {
        Self { most: 0, ..Self::bounded() }
    }

    /// What is counted so far: to be known by one that joins.
    pub(crate) fn counted(&self) -> u64 {
        self.counted
    }

    /// Whether one that joined when so much was counted may be overtaken once more.
    pub(crate) fn is_borne_by(&self, counted_at_joining: u64) -> bool {
        self.counted - counted_at_joining < self.most
    }

    /// One was overtaken by one that took this value.
    pub(crate) fn count(&mut self, ticket: Ticket, value: u64) {
        self.counted += 1;
        self.last = Some((ticket, value));
    }

    /// One is offered a value, awake or not: it has felt that it was overtaken, unless it sleeps and the value is back.
    pub(crate) fn settle(&mut self, ticket: Ticket, value: u64, slept_on: bool) {
        if let Some((overtaken, taken)) = self.last.take()
            && overtaken == ticket
            && !(slept_on && taken == value)
        {
            self.counted += FELT - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICKET: Ticket = 7;

    /// All ways in which one can be overtaken until it bears no more, each time either sleeping on while the value comes
    /// back, or not: how often, and how often it felt it, at the most.
    fn worst(overtaking: &Overtaking, times: u64, felt: u64) -> (u64, u64) {
        if !overtaking.is_borne_by(0) {
            return (times, felt);
        }
        let after = [(true, TICKET), (true, TICKET + 1), (false, TICKET)].map(|(slept_on, value)| {
            let mut next = Overtaking { last: None, ..*overtaking };
            next.count(TICKET, TICKET);
            next.settle(TICKET, value, slept_on);
            worst(&next, times + 1, felt + u64::from(!slept_on || value != TICKET))
        });
        after.into_iter().reduce(|one, other| (one.0.max(other.0), one.1.max(other.1))).unwrap_or_default()
    }

    #[test]
    fn one_is_overtaken_so_often_and_feels_a_third_of_it_at_the_most() {
        let most = 12;
        assert_eq!(worst(&Overtaking { most, ..Overtaking::bounded() }, 0, 0), (most, most / FELT));
    }

    #[test]
    fn one_that_joins_later_bears_as_much_as_the_one_before_it() {
        let mut overtaking = Overtaking::bounded();
        (0..MOST).for_each(|_| overtaking.count(TICKET, TICKET));
        assert!(!overtaking.is_borne_by(0));
        assert!(overtaking.is_borne_by(overtaking.counted()));
    }

    #[test]
    fn nobody_bears_anything_in_a_strict_line() {
        assert!(!Overtaking::none().is_borne_by(0));
    }
}
