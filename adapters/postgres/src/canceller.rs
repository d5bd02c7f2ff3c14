//! `Canceller`: sends cancel requests the way that a manager's connections are made, and hears whether they were
//! passed on.

use std::{
    any::TypeId,
    fmt, io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use postgres::{
    CancelToken, Error, NoTls, Socket,
    tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use crate::{plain::Plain, route::Route, tls::Tls};

/// How long a server is given to pass a request on.
const PATIENCE: Duration = Duration::from_secs(2);

type Send = dyn Fn(&CancelToken) -> Result<bool, Error> + std::marker::Send + Sync;

/// Knows the route and the connector; a session does not.
#[derive(Clone)]
pub(crate) struct Canceller {
    send: Arc<Send>,
}

impl Canceller {
    pub(crate) fn new<T: Tls>(route: Route, tls: T) -> Self {
        let send: Arc<Send> = match route {
            Route::Plain => Arc::new(|token| linger(token, Plain)),
            // The driver would give it away that this connector has no TLS, and hides the stream.
            _ if TypeId::of::<T>() == TypeId::of::<NoTls>() => {
                Arc::new(move |token| token.cancel_query(tls.clone()).map(|()| false))
            }
            _ => Arc::new(move |token| linger(token, tls.clone())),
        };
        Self { send }
    }

    /// Sends a request. Whether the server is known to have passed it on.
    pub(crate) fn send(&self, token: &CancelToken) -> Result<bool, Error> {
        (self.send)(token)
    }
}

impl fmt::Debug for Canceller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Canceller").finish_non_exhaustive()
    }
}

fn linger<T: Tls>(token: &CancelToken, tls: T) -> Result<bool, Error> {
    let is_passed_on = Arc::new(AtomicBool::new(false));
    token.cancel_query(Lingering { tls, is_passed_on: Arc::clone(&is_passed_on) })?;
    Ok(is_passed_on.load(Ordering::Relaxed))
}

/// A connector whose streams end when the server ends them: it does once it has passed a cancel request on. The
/// driver by itself would be back before the server has read it.
#[derive(Debug)]
struct Lingering<C> {
    tls: C,
    is_passed_on: Arc<AtomicBool>,
}

struct LingeringStream<S> {
    stream: S,
    is_shut: bool,
    patience: Pin<Box<Sleep>>,
    is_passed_on: Arc<AtomicBool>,
}

impl<T: Tls> MakeTlsConnect<Socket> for Lingering<T> {
    type Stream = LingeringStream<T::Stream>;
    type TlsConnect = Lingering<T::TlsConnect>;
    type Error = T::Error;

    fn make_tls_connect(&mut self, domain: &str) -> Result<Self::TlsConnect, T::Error> {
        Ok(Lingering {
            tls: self.tls.make_tls_connect(domain)?,
            is_passed_on: Arc::clone(&self.is_passed_on),
        })
    }
}

impl<C: TlsConnect<Socket, Future: 'static> + 'static> TlsConnect<Socket> for Lingering<C> {
    type Stream = LingeringStream<C::Stream>;
    type Error = C::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Stream, C::Error>>>>;

    fn connect(self, socket: Socket) -> Self::Future {
        let Self { tls, is_passed_on } = self;
        Box::pin(async move {
            let stream = tls.connect(socket).await?;
            Ok(LingeringStream { stream, is_shut: false, patience: Box::pin(sleep(PATIENCE)), is_passed_on })
        })
    }
}

impl<S: AsyncRead + Unpin> LingeringStream<S> {
    /// Reads to the end. A server that takes too long ends it too, but has passed nothing on.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let (mut bytes, stream) = ([0; 64], Pin::new(&mut self.stream));
            let mut buf = ReadBuf::new(&mut bytes);
            match stream.poll_read(cx, &mut buf) {
                Poll::Ready(Ok(())) if !buf.filled().is_empty() => {}
                Poll::Ready(answer) => {
                    // TLS calls an end without a word so.
                    let is_end =
                        answer.map_or_else(|error| error.kind() == io::ErrorKind::UnexpectedEof, |()| true);
                    self.is_passed_on.store(is_end, Ordering::Relaxed);
                    return Poll::Ready(());
                }
                Poll::Pending => return self.patience.as_mut().poll(cx),
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for LingeringStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for LingeringStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.is_shut {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
            self.is_shut = true;
        }
        self.poll_end(cx).map(Ok)
    }
}

impl<S: TlsStream + Unpin> TlsStream for LingeringStream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        self.stream.channel_binding()
    }
}
