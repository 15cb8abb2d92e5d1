//! The body of an answer: nothing, bytes, a part of a file, or a stream of events.

use super::connection::Streaming;
use crate::live::EventStream;
use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::task::{JoinHandle, spawn_blocking};

/// Bytes read from a file at a time.
const CHUNK: u64 = 64 * 1024;

/// A body, with the mark that its connection streams events; the mark goes with the body.
pub(crate) struct Payload {
    kind: Kind,
    _streaming: Option<Streaming>,
}

enum Kind {
    Bytes(Bytes),
    File(FileReader),
    Events(EventStream),
}

impl Payload {
    /// No bytes.
    pub(crate) fn empty() -> Self {
        Bytes::new().into()
    }

    /// The next `length` bytes of an open file.
    pub(crate) fn file(file: File, length: u64) -> Self {
        Self {
            kind: Kind::File(FileReader { file: Some(file), left: length, reading: None }),
            _streaming: None,
        }
    }

    /// Events as they come; it ends only with the connection.
    pub(crate) fn events(stream: EventStream) -> Self {
        Self { kind: Kind::Events(stream), _streaming: None }
    }

    /// Whether this is a stream of events.
    pub(super) fn is_events(&self) -> bool {
        matches!(self.kind, Kind::Events(_))
    }

    /// Keeps the connection marked until the body is gone.
    pub(super) fn holding(self, streaming: Streaming) -> Self {
        Self { _streaming: Some(streaming), ..self }
    }
}

impl<T: Into<Bytes>> From<T> for Payload {
    fn from(bytes: T) -> Self {
        Self { kind: Kind::Bytes(bytes.into()), _streaming: None }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = match &mut self.get_mut().kind {
            Kind::Bytes(bytes) => Poll::Ready((!bytes.is_empty()).then(|| Ok(std::mem::take(bytes)))),
            Kind::File(reader) => reader.poll_chunk(cx),
            Kind::Events(stream) => stream.poll_event(cx).map(|event| event.map(Ok)),
        };
        chunk.map(|chunk| chunk.map(|bytes| bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Bytes(bytes) => bytes.is_empty(),
            Kind::File(reader) => reader.left == 0,
            Kind::Events(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::File(reader) => SizeHint::with_exact(reader.left),
            Kind::Events(_) => SizeHint::default(),
        }
    }
}

/// A chunk on its way, with the file for the next one.
type Reading = JoinHandle<io::Result<(File, Vec<u8>)>>;

/// Reads a file chunk by chunk as the client takes them, each where blocking is allowed, so that a
/// client that takes none holds no thread.
struct FileReader {
    file: Option<File>,
    left: u64,
    reading: Option<Reading>,
}

impl FileReader {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if let Some(mut file) = self.file.take() {
            let wanted = self.left.min(CHUNK);
            self.reading = Some(spawn_blocking(move || {
                let mut chunk = Vec::new();
                io::Read::by_ref(&mut file).take(wanted).read_to_end(&mut chunk)?;
                Ok((file, chunk))
            }));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(cx)).unwrap_or_else(|error| Err(io::Error::other(error)));
        self.reading = None;
        Poll::Ready(Some(read.and_then(|(file, chunk)| {
            if chunk.is_empty() {
                // Cut since its size was taken; ending the connection tells the client so.
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.left -= chunk.len() as u64;
            self.file = Some(file);
            Ok(chunk.into())
        })))
    }
}
