//! `Watched`: a connection's stream, of which an account is kept on the way; and the connector that makes one.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use postgres::{
    Socket,
    tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep, timeout},
};

use crate::{
    account::Account,
    deadline::Deadline,
    doubt::Doubt,
    frames::{Frames, Nonsense},
    tls::Tls,
};

/// What the driver takes for its TLS: the user's, or none at all, with a watcher around it.
#[derive(Debug)]
pub(crate) struct Watching<T> {
    pub(crate) tls: T,
    pub(crate) account: Arc<Account>,
    /// When all hosts have had their chance.
    pub(crate) deadline: Deadline,
    /// How much of that each host has.
    pub(crate) share: Duration,
}

/// A stream that tells the account what passes. It changes no byte, and keeps none.
pub(crate) struct Watched<S> {
    stream: S,
    account: Arc<Account>,
    sent: Frames,
    received: Frames,
    /// Ends a start of the session that takes too long: the driver bounds only what comes before it.
    alarm: Option<Pin<Box<Sleep>>>,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Connecting<S> = Pin<Box<dyn Future<Output = Result<Watched<S>, BoxError>> + Send>>;

/// The same for one host, whose socket is there.
pub(crate) struct WatchingHost<C> {
    connect: C,
    account: Arc<Account>,
    deadline: Deadline,
}

impl<T: Tls> MakeTlsConnect<Socket> for Watching<T> {
    type Stream = Watched<T::Stream>;
    type TlsConnect = WatchingHost<T::TlsConnect>;
    type Error = BoxError;

    fn make_tls_connect(&mut self, domain: &str) -> Result<Self::TlsConnect, BoxError> {
        // The host before this one may have been seen and refused, and this one need not be seen.
        self.account.end();
        let connect = self.tls.make_tls_connect(domain).map_err(Into::into)?;
        let deadline = Deadline::after(self.share.min(self.deadline.left()));
        Ok(WatchingHost { connect, account: Arc::clone(&self.account), deadline })
    }
}

impl<C> TlsConnect<Socket> for WatchingHost<C>
where
    C: TlsConnect<Socket, Stream: Send, Future: Send> + Send + 'static,
{
    type Stream = Watched<C::Stream>;
    type Error = BoxError;
    type Future = Connecting<C::Stream>;

    fn connect(self, socket: Socket) -> Self::Future {
        let Self { connect, account, deadline } = self;
        Box::pin(async move {
            let late = |_| Box::new(too_late("the TLS handshake")) as BoxError;
            let handshake = timeout(deadline.left(), connect.connect(socket));
            let stream = handshake.await.map_err(late)?.map_err(Into::into)?;
            account.begin();
            Ok(Watched {
                stream,
                account,
                sent: Frames::of_client(),
                received: Frames::of_server(),
                alarm: Some(Box::pin(sleep(deadline.left()))),
            })
        })
    }
}

impl<S> Watched<S> {
    fn note_received(&mut self, bytes: &[u8]) {
        let (account, mut is_ready) = (&*self.account, false);
        let taken = self.received.take(bytes, |kind, first| {
            account.received(kind, first);
            is_ready |= kind == b'Z';
        });
        if is_ready {
            self.alarm = None;
        }
        note(account, taken, &self.received, Doubt::HalfReceived);
    }

    fn note_sent(&mut self, bytes: &[u8]) {
        let account = &*self.account;
        let taken = self.sent.take(bytes, |kind, _| account.sent(kind));
        note(account, taken, &self.sent, Doubt::HalfSent);
    }

    /// Nothing is there to be read. Whether anybody still waits for it.
    fn waits(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.account.is_leaving() {
            return Poll::Ready(Ok(()));
        }
        match &mut self.alarm {
            Some(alarm) => alarm.as_mut().poll(cx).map(|()| Err(too_late("the start of the session"))),
            None => Poll::Pending,
        }
    }
}

fn note(account: &Account, taken: Result<(), Nonsense>, frames: &Frames, half: Doubt) {
    match taken {
        Ok(()) if frames.is_between() => account.lower(half),
        Ok(()) => account.raise(half),
        Err(Nonsense) => account.raise(Doubt::Lost),
    }
}

fn too_late(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, format!("{what} was not over in time"))
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buf) {
            Poll::Ready(Ok(())) => self.note_received(&buf.filled()[before..]),
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => return self.waits(cx),
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        if let Poll::Ready(Ok(written)) = written {
            self.note_sent(&buf[..written]);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl<S: TlsStream + Unpin> TlsStream for Watched<S> {
    fn channel_binding(&self) -> ChannelBinding {
        self.stream.channel_binding()
    }
}

impl<S> Drop for Watched<S> {
    fn drop(&mut self) {
        self.account.end();
    }
}
