//! Frames: how messages stand in the streams between editor and server.
//!
//! A message is read whole before it is looked at. One that is no message is told and passed over; one that is too
//! large is passed over without being held.

use lsp_server::Message;
use std::io::{self, BufRead, Read, Write};

/// Largest message, in bytes.
pub const LARGEST: usize = 64 << 20;
/// Longest line of a frame's head, in bytes, and how many lines it may have.
const LONGEST_LINE: u64 = 4096;
const MOST_LINES: usize = 32;

/// What is read from the editor.
#[derive(Debug)]
pub enum Frame {
    /// A message.
    Message(Message),
    /// Something else, and why.
    Unusable(String),
}

/// The next frame; `None` at the end of the stream.
///
/// # Errors
/// When the stream cannot be read, or ends within a frame.
pub fn read(stream: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let Some(length) = read_head(stream)? else { return Ok(None) };
    if length > LARGEST as u64 {
        let passed = io::copy(&mut stream.take(length), &mut io::sink())?;
        if passed < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        return Ok(Some(Frame::Unusable(format!("a message of {length} bytes is too large"))));
    }
    let mut body = Vec::new();
    stream.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(message) => Frame::Message(message),
        Err(error) => Frame::Unusable(format!("this is no message: {error}")),
    }))
}

/// The length of the body; lines that tell no length are passed over. `None` at the end of the stream.
fn read_head(stream: &mut impl BufRead) -> io::Result<Option<u64>> {
    let (mut length, mut lines) = (None, 0);
    loop {
        let mut line = Vec::new();
        let read = stream.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            if let Some(length) = length {
                return Ok(Some(length));
            }
            lines = 0;
            continue;
        }
        lines += 1;
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") && lines <= MOST_LINES {
            length = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
        }
    }
}

/// Writes a message.
///
/// # Errors
/// When the stream takes no more.
pub fn write(stream: &mut impl Write, message: &Message) -> io::Result<()> {
    let mut body = serde_json::to_value(message)?;
    if let Some(fields) = body.as_object_mut() {
        fields.insert("jsonrpc".to_owned(), "2.0".into());
    }
    let body = serde_json::to_vec(&body)?;
    write!(stream, "Content-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(&body)?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::Notification;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut stream = io::BufReader::new(bytes);
        let mut frames = Vec::new();
        loop {
            match read(&mut stream) {
                Ok(Some(Frame::Message(Message::Notification(one)))) => frames.push(one.method),
                Ok(Some(other)) => frames.push(format!("{other:?}").chars().take(8).collect()),
                Ok(None) => return frames,
                Err(error) => {
                    frames.push(format!("{:?}", error.kind()));
                    return frames;
                }
            }
        }
    }

    #[test]
    fn what_is_no_message_does_not_hide_the_next() {
        let mut good = Vec::new();
        let message = Message::Notification(Notification::new("x".to_owned(), ()));
        write(&mut good, &message).expect("written");
        let after = |garbage: &[u8]| all(&[garbage, &good].concat());
        assert_eq!(after(b""), ["x"]);
        assert_eq!(after(b"hello\r\n\r\n\x00\xff\n"), ["x"]);
        assert_eq!(after(b"Content-Length: 3\r\n\r\n{x}"), ["Unusable", "x"]);
        assert_eq!(after(b"Content-Length: 2\r\n\r\n[]"), ["Unusable", "x"]);
        assert_eq!(after(b"Content-Length: -3\r\n\r\n"), ["x"]);
        assert_eq!(after(b"CONTENT-LENGTH:2\r\nContent-Type: x\r\n\r\n{}"), ["Unusable", "x"]);
        assert_eq!(after(&[vec![b':'; 100_000], b"\n".to_vec()].concat()), ["x"]);
    }

    #[test]
    fn a_frame_that_is_cut_or_huge_costs_nothing() {
        assert_eq!(all(b"Content-Length: 18446744073709551615\r\n\r\nabc"), ["UnexpectedEof"]);
        assert_eq!(all(b"Content-Length: 20\r\n\r\nabc"), ["UnexpectedEof"]);
        assert_eq!(all(b"Content-Length: 20"), [] as [&str; 0]);
        let large = [b"Content-Length: 70000000\r\n\r\n".to_vec(), vec![b' '; 70_000_000]].concat();
        assert_eq!(all(&large), ["Unusable"]);
    }
}
