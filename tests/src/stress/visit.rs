//! `Visit`: one checkout under stress: how it is asked for, what may come of it, and that its connection is its own.

use super::candidate::{Candidate, Handle, Refuses};
use super::dice::Dice;
use super::mishap::Mishap;
use super::subject::Subject;
use cenote::Error;
use std::time::Duration;

/// A connection in use. However it leaves, it is its user's no more the moment before.
#[derive(Debug)]
pub(crate) struct Visit<'p, S: Candidate>(Option<Handle<'p, S>>);

/// How a connection is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Manner {
    Get,
    GetOwned,
    TryGet,
    GetTimeout(Duration),
}

impl Manner {
    pub(crate) fn any(dice: &mut Dice) -> Self {
        match dice.below(8) {
            0 => Self::GetOwned,
            1..=2 => Self::TryGet,
            3..=4 => Self::short(dice),
            _ => Self::Get,
        }
    }

    /// One that soon gives up: the only one for somebody who keeps a connection from others meanwhile.
    pub(crate) fn short(dice: &mut Dice) -> Self {
        match dice.below(4) {
            0 => Self::TryGet,
            1 => Self::GetTimeout(Duration::ZERO),
            _ => Self::GetTimeout(Duration::from_micros(dice.below(400))),
        }
    }
}

impl<'p, S: Candidate> Visit<'p, S> {
    /// Asks for a connection. Whoever asks has another one of the same pool if it is `nested`.
    pub(crate) fn begin(subject: &'p Subject<S>, manner: Manner, nested: bool) -> Option<Self> {
        let (pool, account) = (&subject.pool, &subject.account);
        let was_closed = account.is_shut();
        let outdatings = account.outdatings_over();
        let answer = match manner {
            Manner::Get => pool.get().map(Some),
            Manner::GetOwned => pool.get_owned().map(Some),
            Manner::TryGet => pool.try_get(),
            Manner::GetTimeout(timeout) => pool.get_timeout(timeout).map(Some),
        };
        match answer {
            Ok(Some(mut handle)) => {
                account.lent.add_one();
                handle.enter(outdatings, S::REFUSES == Refuses::InTheSameThread);
                account.breaches.expect(!was_closed, || "a closed pool lent one".into());
                Some(Self(Some(handle)))
            }
            Ok(None) => None,
            Err(error) => {
                subject.judge(&error, manner, nested);
                None
            }
        }
    }

    pub(crate) fn handle(&mut self) -> &mut Handle<'p, S> {
        self.0.as_mut().expect("only its end takes it")
    }

    /// Ends the visit; the handle is left, to be disposed of in a special way.
    pub(crate) fn end(mut self) -> Handle<'p, S> {
        self.handle().leave();
        self.0.take().expect("only its end takes it")
    }
}

impl<S: Candidate> Drop for Visit<'_, S> {
    fn drop(&mut self) {
        if let Some(handle) = &self.0 {
            handle.leave();
        }
    }
}

impl<S: Candidate> Subject<S> {
    /// Whether a checkout may end like that.
    pub(crate) fn judge(&self, error: &Error<Mishap>, manner: Manner, nested: bool) {
        let may = match error {
            Error::Timeout { .. } => {
                self.account.timeouts.add_one();
                matches!(manner, Manner::GetTimeout(_))
            }
            Error::Connect { .. } => true,
            Error::Refused { .. } => self.refuses,
            Error::Closed => self.pool.is_closed(),
            Error::AlreadyCheckedOut { .. } => match S::REFUSES {
                Refuses::Never => nested && self.refuses_nested,
                Refuses::InTheSameThread => nested,
                Refuses::Always => true,
            },
            _ => false,
        };
        self.account.breaches.expect(may, || format!("{manner:?}, nested: {nested}: {error}"));
    }
}
