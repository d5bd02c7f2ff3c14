//! `Doubt`: why the count of requests and answers may not be trusted.

/// A reason why nobody can say, without asking the server, whether a transaction is open. Each is one bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Doubt {
    /// The stream is not seen: not yet, no more, or never.
    Unseen = 1,
    /// The last bytes that were written are not the end of a message.
    HalfSent = 1 << 1,
    /// The last bytes that were read are not the end of a message.
    HalfReceived = 1 << 2,
    /// A request failed. If it was one to copy in, the driver is going to end that copy, with a `Sync` for which it
    /// awaits no answer; but the server answers it, and the driver takes that answer for the next request's.
    Failed = 1 << 3,
    /// The client copied in: the server leaves a `Sync` unanswered meanwhile, or not, if it failed early enough.
    Copied = 1 << 4,
    /// What was read is not the protocol, or an answer to nothing. This doubt is never settled.
    Lost = 1 << 5,
}
