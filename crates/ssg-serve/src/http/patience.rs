//! A connection that gives up on a client that takes nothing, and that tells when bytes move.

use super::connection::Seat;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// A stream whose writes fail when the other side takes no byte for a while. How long it may take
/// to ask is hyper's to limit.
pub(super) struct Patient {
    stream: TcpStream,
    limit: Duration,
    seat: Seat,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// Gives up when no byte is taken for `limit`.
    pub(super) fn new(stream: TcpStream, limit: Duration, seat: Seat) -> Self {
        Self { stream, limit, seat, stalled: None }
    }

    /// Notes that the client took something.
    fn took(&self, done: &Poll<io::Result<usize>>) {
        if matches!(done, Poll::Ready(Ok(1..))) {
            self.seat.moves();
        }
    }

    fn with_patience<T>(
        &mut self,
        cx: &mut Context<'_>,
        poll: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        let done = poll(Pin::new(&mut self.stream), cx);
        if done.is_ready() {
            self.stalled = None;
            return done;
        }
        let limit = self.limit;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(limit)));
        stalled.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let before = buf.filled().len();
        let done = Pin::new(&mut own.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            own.seat.moves();
        }
        done
    }
}

impl AsyncWrite for Patient {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let own = self.get_mut();
        let done = own.with_patience(cx, |stream, cx| stream.poll_write(cx, buf));
        own.took(&done);
        done
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let own = self.get_mut();
        let done = own.with_patience(cx, |stream, cx| stream.poll_write_vectored(cx, bufs));
        own.took(&done);
        done
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().with_patience(cx, AsyncWrite::poll_flush)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().with_patience(cx, AsyncWrite::poll_shutdown)
    }
}
