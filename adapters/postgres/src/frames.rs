//! `Frames`: where one message of the protocol ends and the next begins, in bytes that come in pieces of any size.

/// What each message begins with: its kind, and a length that counts itself and the body.
const HEADER: usize = 5;

/// A length that no message can have, after which nothing in the stream can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nonsense;

/// Follows one direction of a connection. It keeps a header and a count, never a body, however large that is.
#[derive(Debug, Clone)]
pub(crate) struct Frames {
    header: [u8; HEADER],
    /// How many bytes of the header are there.
    filled: usize,
    /// How many bytes of the body are to come, once the header is there.
    left: usize,
    /// Whether the message was told already.
    is_told: bool,
}

impl Frames {
    /// What the server sends: every message has a kind.
    pub(crate) fn of_server() -> Self {
        Self { header: [0; HEADER], filled: 0, left: 0, is_told: false }
    }

    /// What the client sends: the first message has no kind. It is told as kind 0.
    pub(crate) fn of_client() -> Self {
        Self { filled: 1, ..Self::of_server() }
    }

    /// Takes the next bytes and tells each message that begins in them, as soon as its kind and the first byte of
    /// its body are there (0 where there is no body).
    pub(crate) fn take(&mut self, mut bytes: &[u8], mut tell: impl FnMut(u8, u8)) -> Result<(), Nonsense> {
        while let [first, ..] = *bytes {
            if self.filled < HEADER {
                bytes = self.fill(bytes);
                if self.filled < HEADER {
                    return Ok(());
                }
                self.left = body_length(self.header).ok_or(Nonsense)?;
                if self.left == 0 {
                    tell(self.header[0], 0);
                    self.filled = 0;
                }
                continue;
            }
            if !self.is_told {
                tell(self.header[0], first);
            }
            let taken = self.left.min(bytes.len());
            bytes = &bytes[taken..];
            self.left -= taken;
            self.is_told = self.left > 0;
            if self.left == 0 {
                self.filled = 0;
            }
        }
        Ok(())
    }

    /// Whether the last byte was the last of a message.
    pub(crate) fn is_between(&self) -> bool {
        self.filled == 0
    }

    /// Moves into the header what it lacks, and gives the rest.
    fn fill<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let (taken, rest) = bytes.split_at(bytes.len().min(HEADER - self.filled));
        self.header[self.filled..self.filled + taken.len()].copy_from_slice(taken);
        self.filled += taken.len();
        rest
    }
}

fn body_length([_, length @ ..]: [u8; HEADER]) -> Option<usize> {
    const LENGTH: usize = 4;
    usize::try_from(i32::from_be_bytes(length)).ok()?.checked_sub(LENGTH)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    /// A message, by its kind and its body.
    type Message = (u8, Vec<u8>);

    fn bytes(messages: &[Message]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, body) in messages {
            bytes.push(*kind);
            bytes.extend(i32::try_from(body.len() + 4).unwrap().to_be_bytes());
            bytes.extend(body);
        }
        bytes
    }

    fn told(messages: &[Message]) -> Vec<(u8, u8)> {
        messages.iter().map(|(kind, body)| (*kind, body.first().copied().unwrap_or(0))).collect()
    }

    proptest! {
        #[test]
        fn messages_are_told_once_and_in_order_however_their_bytes_are_cut(
            messages in vec((any::<u8>(), vec(any::<u8>(), 0..40)), 0..8),
            cuts in vec(any::<proptest::sample::Index>(), 0..12),
        ) {
            let bytes = bytes(&messages);
            let mut cuts = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect::<Vec<_>>();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let (mut frames, mut seen) = (Frames::of_server(), Vec::new());
            for piece in cuts.windows(2) {
                frames.take(&bytes[piece[0]..piece[1]], |kind, first| seen.push((kind, first))).unwrap();
            }
            prop_assert_eq!(seen, told(&messages));
            prop_assert!(frames.is_between());
        }

        #[test]
        fn a_message_that_is_not_all_there_is_noticed(
            message in (any::<u8>(), vec(any::<u8>(), 0..40)),
            cut in any::<proptest::sample::Index>(),
        ) {
            let bytes = bytes(&[message]);
            let mut frames = Frames::of_server();
            frames.take(&bytes[..cut.index(bytes.len())], |_, _| ()).unwrap();
            prop_assert_eq!(frames.is_between(), cut.index(bytes.len()) == 0);
        }

        #[test]
        fn bytes_without_any_sense_never_panic(pieces in vec(vec(any::<u8>(), 0..20), 0..20)) {
            let mut frames = Frames::of_client();
            for piece in pieces {
                if frames.take(&piece, |_, _| ()).is_err() {
                    break;
                }
            }
        }
    }

    #[test]
    fn the_first_message_of_a_client_has_no_kind() {
        let mut seen = Vec::new();
        let startup = [&9_i32.to_be_bytes()[..], b"start", &bytes(&[(b'Q', b"x".to_vec())])].concat();
        Frames::of_client().take(&startup, |kind, first| seen.push((kind, first))).unwrap();
        assert_eq!(seen, [(0, b's'), (b'Q', b'x')]);
    }

    #[test]
    fn a_length_that_cannot_be_is_nonsense() {
        for length in [3, 0, -1, i32::MIN] {
            let bytes = [&[b'Z'][..], &length.to_be_bytes()].concat();
            assert_eq!(Frames::of_server().take(&bytes, |_, _| ()), Err(Nonsense));
        }
    }

    #[test]
    fn a_body_of_two_gigabytes_is_counted_and_not_kept() {
        let mut frames = Frames::of_server();
        let mut seen = 0;
        let header = [&[b'd'][..], &i32::MAX.to_be_bytes()].concat();
        frames.take(&header, |_, _| seen += 1).unwrap();
        let piece = vec![0; 1 << 20];
        let mut left = i32::MAX as usize - 4;
        while left > 0 {
            let taken = left.min(piece.len());
            frames.take(&piece[..taken], |_, _| seen += 1).unwrap();
            left -= taken;
        }
        assert!(frames.is_between());
        assert_eq!(seen, 1);
    }
}
