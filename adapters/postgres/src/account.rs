//! `Account`: what the byte stream of a connection showed of its transaction.

use std::sync::atomic::{
    AtomicBool, AtomicU8, AtomicU32,
    Ordering::{Relaxed, SeqCst},
};

use crate::doubt::Doubt;

/// What the server says in its ReadyForQuery when no transaction is open.
const IDLE: u8 = b'I';

/// Messages of the client, by kind. The one that starts a session has none.
mod sent {
    pub(super) const STARTUP: u8 = 0;
    pub(super) const BIND: u8 = b'B';
    pub(super) const COPY_DATA: u8 = b'd';
    pub(super) const COPY_DONE: u8 = b'c';
    pub(super) const COPY_FAIL: u8 = b'f';
    pub(super) const FUNCTION_CALL: u8 = b'F';
    pub(super) const PARSE: u8 = b'P';
    pub(super) const QUERY: u8 = b'Q';
    pub(super) const SYNC: u8 = b'S';
}

/// Messages of the server, by kind.
mod received {
    pub(super) const COPY_BOTH_RESPONSE: u8 = b'W';
    pub(super) const COPY_IN_RESPONSE: u8 = b'G';
    pub(super) const ERROR_RESPONSE: u8 = b'E';
    pub(super) const READY_FOR_QUERY: u8 = b'Z';
}

/// How many requests the server still has to answer, and in which state the last answer left the session.
///
/// # The invariant
///
/// A request is what the server answers with one ReadyForQuery: the start of the session, a `Query`, a `Sync`, a
/// `FunctionCall`. The server works them off in the order in which they were sent, and a ReadyForQuery carries the
/// state of the transaction after its request. So if as many were seen as were sent, whole messages all of them, the
/// last one's state is the state now; and as long as nothing is sent, it stays.
///
/// Two things break the count, and each raises a [`Doubt`]: a server that copies in does not answer a `Sync`, and one
/// request of the driver's to copy in may end in two answers of the server's. A doubt is settled by a question whose
/// answer cannot be mistaken for another's ([`settle`](Self::settle)).
///
/// The stream lives inside the client, so whoever holds that as `&mut` is alone with both ends of the account: its
/// fields are atomic only because the compiler cannot know it.
#[derive(Debug)]
pub(crate) struct Account {
    unanswered: AtomicU32,
    /// The state in the last ReadyForQuery.
    status: AtomicU8,
    doubts: AtomicU8,
    /// The kind of the last request.
    last: AtomicU8,
    /// Whether anything was asked since the account was settled.
    is_touched: AtomicBool,
    /// Whether the client is about to be closed, so that nobody waits for an answer any more.
    is_leaving: AtomicBool,
}

impl Account {
    /// That of a connection of which nothing was seen yet, and perhaps never is.
    pub(crate) fn unseen() -> Self {
        Self {
            unanswered: AtomicU32::new(0),
            status: AtomicU8::new(0),
            doubts: AtomicU8::new(Doubt::Unseen as u8),
            last: AtomicU8::new(sent::STARTUP),
            is_touched: AtomicBool::new(false),
            is_leaving: AtomicBool::new(false),
        }
    }

    /// A stream begins that is seen from its first byte on.
    pub(crate) fn begin(&self) {
        self.unanswered.store(0, Relaxed);
        self.status.store(0, Relaxed);
        self.doubts.store(0, Relaxed);
    }

    /// The stream is gone. Whatever takes its place is not seen.
    pub(crate) fn end(&self) {
        self.raise(Doubt::Unseen);
    }

    /// A message was written, or a part of it.
    pub(crate) fn sent(&self, kind: u8) {
        if matches!(kind, sent::STARTUP | sent::QUERY | sent::SYNC | sent::FUNCTION_CALL) {
            self.unanswered.store(self.unanswered.load(Relaxed).saturating_add(1), Relaxed);
            self.last.store(kind, Relaxed);
            self.is_touched.store(kind != sent::STARTUP, Relaxed);
        }
        match kind {
            sent::COPY_DATA | sent::COPY_DONE | sent::COPY_FAIL => self.raise(Doubt::Copied),
            // Another request begins. The driver would have ended a copy before it.
            sent::BIND | sent::PARSE | sent::QUERY => self.lower(Doubt::Failed),
            _ => {}
        }
    }

    /// A message was read, or a part of it.
    pub(crate) fn received(&self, kind: u8, first: u8) {
        match kind {
            received::READY_FOR_QUERY => {
                self.status.store(first, Relaxed);
                match self.unanswered.load(Relaxed).checked_sub(1) {
                    Some(unanswered) => self.unanswered.store(unanswered, Relaxed),
                    None => self.raise(Doubt::Lost),
                }
            }
            received::COPY_IN_RESPONSE | received::COPY_BOTH_RESPONSE => self.raise(Doubt::Copied),
            received::ERROR_RESPONSE => self.raise(Doubt::Failed),
            _ => {}
        }
    }

    pub(crate) fn raise(&self, doubt: Doubt) {
        self.doubts.store(self.doubts.load(Relaxed) | doubt as u8, Relaxed);
    }

    pub(crate) fn lower(&self, doubt: Doubt) {
        self.doubts.store(self.doubts.load(Relaxed) & !(doubt as u8), Relaxed);
    }

    /// Whether no transaction is open, for certain.
    pub(crate) fn is_certainly_idle(&self) -> bool {
        self.doubts.load(Relaxed) == 0
            && self.unanswered.load(Relaxed) == 0
            && self.status.load(Relaxed) == IDLE
    }

    /// Whether nothing was asked since the account was settled, or since the session began.
    pub(crate) fn is_untouched(&self) -> bool {
        !self.is_touched.load(Relaxed)
    }

    /// A `Query` was answered, and the answer was its own beyond doubt. So was everything before it, and if nothing
    /// was sent after it, nothing is unanswered.
    ///
    /// A statement that another thread drops is closed at any time, by a `Sync`. If that came last, the doubts stay.
    pub(crate) fn settle(&self) {
        if self.last.load(Relaxed) == sent::QUERY {
            self.unanswered.store(0, Relaxed);
            self.lower(Doubt::Copied);
            self.lower(Doubt::Failed);
            self.is_touched.store(false, Relaxed);
        }
    }

    /// Nobody waits for the server any more: a read that would, ends.
    pub(crate) fn leave(&self) {
        self.is_leaving.store(true, SeqCst);
    }

    pub(crate) fn is_leaving(&self) -> bool {
        self.is_leaving.load(SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An account that saw a session start, and then these messages: `>` before the kind of one that was sent, `<`
    /// before one that was received, with the state of the transaction behind a `Z`.
    fn after(messages: &str) -> Account {
        let account = Account::unseen();
        account.begin();
        account.sent(sent::STARTUP);
        account.received(b'R', 0);
        account.received(b'Z', b'I');
        for message in messages.split_whitespace() {
            match *message.as_bytes() {
                [b'>', kind] => account.sent(kind),
                [b'<', kind] => account.received(kind, 0),
                [b'<', kind, first] => account.received(kind, first),
                _ => panic!("{message:?} is no message"),
            }
        }
        account
    }

    fn is_idle(messages: &str) -> bool {
        after(messages).is_certainly_idle()
    }

    #[test]
    fn a_session_is_idle_when_all_is_answered_and_the_last_answer_says_so() {
        for messages in
            ["", ">Q <C <ZI", ">P >D >S <1 <ZI >B >E >S <2 <D <C <ZI", ">Q <ZT >Q <ZI", ">F <V <ZI"]
        {
            assert!(is_idle(messages), "{messages}");
        }
    }

    #[test]
    fn a_session_is_not_idle_in_a_transaction_nor_while_an_answer_is_to_come() {
        for messages in [">Q <ZT", ">Q <ZE", ">Q", ">Q <C", ">Q >S <ZI", ">B >E >S <2 <D", ">F"] {
            assert!(!is_idle(messages), "{messages}");
        }
    }

    #[test]
    fn after_an_error_it_is_idle_once_the_driver_began_another_request() {
        for (messages, idle) in [
            (">Q <E <ZI", false),
            (">B >E >S <E <ZI", false),
            (">B <E >E >S <ZI", false),
            (">B >E >S <E <ZI >Q <ZI", true),
            (">B >E >S <E <ZI >P >D >S <ZI", true),
            (">B >E >S <E <ZI >f >S <ZI >Q <ZI", false),
        ] {
            assert_eq!(is_idle(messages), idle, "{messages}");
        }
    }

    #[test]
    fn a_copy_leaves_a_doubt_until_it_is_settled() {
        for messages in [
            ">B >E >S <2 <G >d >c >S <C <ZI",
            ">B >E >S <2 <G >f >S <E <ZI >Q <ZI",
            ">B >E >S <2 <G <E <ZI >f >S <ZI >Q <ZI",
            ">Q <G >d >c <C <ZI",
            ">Q <W >d <ZI",
        ] {
            let account = after(messages);
            assert!(!account.is_certainly_idle(), "{messages}");
            account.sent(b'Q');
            account.received(b'Z', b'I');
            assert!(!account.is_certainly_idle(), "{messages}");
            account.settle();
            assert!(account.is_certainly_idle(), "{messages}");
            assert!(account.is_untouched());
        }
    }

    #[test]
    fn what_was_sent_after_the_question_is_still_unanswered_when_it_is_settled() {
        let account = after(">B >E >S <2 <G >d >c >S <C <ZI >Q >C >S <ZI");
        account.settle();
        assert!(!account.is_certainly_idle());
    }

    #[test]
    fn a_settled_account_is_no_excuse_for_a_transaction() {
        let account = after(">Q <E <ZT >Q <ZT");
        account.settle();
        assert!(!account.is_certainly_idle());
    }

    #[test]
    fn an_answer_to_nothing_can_never_be_settled() {
        let account = after("<ZI >Q <ZI");
        account.settle();
        assert!(!account.is_certainly_idle());
    }

    #[test]
    fn a_session_is_untouched_until_something_is_asked() {
        assert!(after("").is_untouched());
        assert!(!after(">Q <ZI").is_untouched());
        assert!(!after(">P >D >S").is_untouched());
    }

    #[test]
    fn a_stream_that_is_not_seen_is_never_known_to_be_idle() {
        assert!(!Account::unseen().is_certainly_idle());
        let account = after("");
        account.end();
        account.sent(b'Q');
        account.received(b'Z', b'I');
        account.settle();
        assert!(!account.is_certainly_idle());
    }
}
