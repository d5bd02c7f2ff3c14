//! `Cancels`: whether queries of a checkout were asked to be cancelled, and what may still come of that.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

/// Shared by a session and all tokens that it gave.
///
/// A cancel request goes over a connection of its own to a server that passes it on as a signal, which cancels whatever
/// the session is doing when it arrives: perhaps the next user's query. So a token works as long as its checkout
/// lasts, and what was asked in a checkout is known when it ends.
#[derive(Debug, Default)]
pub(crate) struct Cancels {
    /// Whether a token of this checkout was given. A return without one does not take the lock.
    has_token: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Counts the checkouts.
    checkout: u64,
    under_way: u32,
    aftermath: Aftermath,
}

/// What the cancel requests of a checkout may still do after its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Aftermath {
    /// Nothing: there were none.
    #[default]
    Nothing,
    /// The server has passed each on, so that the signal arrives at the latest with the next question.
    PassedOn,
    /// A signal may arrive at any time.
    Pending,
}

/// A cancel request under way. Dropped without [`passed_on`](Self::passed_on), its signal may arrive at any time.
#[derive(Debug)]
pub(crate) struct Request<'c> {
    cancels: &'c Cancels,
    checkout: u64,
    aftermath: Aftermath,
}

impl Cancels {
    /// The number of the checkout, for a token.
    pub(crate) fn give_token(&self) -> u64 {
        self.has_token.store(true, Ordering::Relaxed);
        self.state.lock().checkout
    }

    /// Begins a request, if the checkout still lasts.
    pub(crate) fn begin(&self, checkout: u64) -> Option<Request<'_>> {
        let mut state = self.state.lock();
        if state.checkout != checkout {
            return None;
        }
        state.under_way += 1;
        Some(Request { cancels: self, checkout, aftermath: Aftermath::Pending })
    }

    /// Ends the checkout: its tokens do nothing from now on.
    pub(crate) fn end_checkout(&self) -> Aftermath {
        // Only whoever has the session gives tokens and ends checkouts.
        if !self.has_token.load(Ordering::Relaxed) {
            return Aftermath::Nothing;
        }
        self.has_token.store(false, Ordering::Relaxed);
        let mut state = self.state.lock();
        let ended = std::mem::take(&mut *state);
        state.checkout = ended.checkout + 1;
        if ended.under_way > 0 { Aftermath::Pending } else { ended.aftermath }
    }
}

impl Request<'_> {
    /// The server has passed it on.
    pub(crate) fn passed_on(mut self) {
        self.aftermath = Aftermath::PassedOn;
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        let mut state = self.cancels.state.lock();
        if state.checkout == self.checkout {
            state.under_way -= 1;
            state.aftermath = state.aftermath.max(self.aftermath);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkout_without_a_request_leaves_nothing() {
        let cancels = Cancels::default();
        assert_eq!(cancels.end_checkout(), Aftermath::Nothing);
        cancels.give_token();
        assert_eq!(cancels.end_checkout(), Aftermath::Nothing);
    }

    #[test]
    fn the_worst_of_all_requests_counts_and_only_once() {
        for (requests, aftermath) in [
            (&[true][..], Aftermath::PassedOn),
            (&[true, false, true], Aftermath::Pending),
            (&[false], Aftermath::Pending),
        ] {
            let cancels = Cancels::default();
            let checkout = cancels.give_token();
            for is_passed_on in requests {
                let request = cancels.begin(checkout).unwrap();
                if *is_passed_on {
                    request.passed_on();
                }
            }
            assert_eq!(cancels.end_checkout(), aftermath);
            assert_eq!(cancels.end_checkout(), Aftermath::Nothing);
        }
    }

    #[test]
    fn a_request_that_is_under_way_when_the_checkout_ends_may_arrive_at_any_time() {
        let cancels = Cancels::default();
        let request = cancels.begin(cancels.give_token()).unwrap();
        assert_eq!(cancels.end_checkout(), Aftermath::Pending);
        request.passed_on();
        assert_eq!(cancels.end_checkout(), Aftermath::Nothing);
    }

    #[test]
    fn a_token_of_an_earlier_checkout_asks_for_nothing() {
        let cancels = Cancels::default();
        let checkout = cancels.give_token();
        cancels.end_checkout();
        assert!(cancels.begin(checkout).is_none());
        assert!(cancels.begin(cancels.give_token()).is_some());
    }
}
