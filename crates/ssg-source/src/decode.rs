//! Bytes of a text file to text: UTF-8, without a byte order mark, lines ended by LF.
//!
//! Spans count in this text, so everything that shows an excerpt decodes with the same function.

use std::borrow::Cow;
use std::fmt;

/// Why bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not UTF-8 at this byte offset of the file.
    Utf8(usize),
    /// A byte order mark of UTF-16 stands in front, or every other byte is zero.
    Utf16,
    /// A byte order mark of UTF-32 stands in front.
    Utf32,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf8(offset) => write!(f, "the file is not valid UTF-8 at byte {offset}"),
            Self::Utf16 => write!(f, "the file is written in UTF-16"),
            Self::Utf32 => write!(f, "the file is written in UTF-32"),
        }
    }
}

impl std::error::Error for DecodeError {}

impl DecodeError {
    /// What to try.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some("save it as UTF-8".to_owned())
    }
}

/// Decodes a text file. CRLF becomes LF; a byte order mark is dropped.
///
/// # Errors
/// For UTF-16, UTF-32 and for bytes that are not UTF-8, with the offset of the first one.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(DecodeError::Utf32);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(DecodeError::Utf16);
    }
    // Without a mark: every other byte of Latin text is zero.
    if let [a, b, c, d, ..] = bytes
        && ((*a == 0 && *b != 0 && *c == 0 && *d != 0) || (*a != 0 && *b == 0 && *c != 0 && *d == 0))
    {
        return Err(DecodeError::Utf16);
    }
    let mark = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    let text =
        std::str::from_utf8(&bytes[mark..]).map_err(|error| DecodeError::Utf8(error.valid_up_to() + mark))?;
    Ok(if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_go() {
        assert_eq!(decode(b"\xEF\xBB\xBFa\r\nb\r\n").as_deref(), Ok("a\nb\n"));
        assert_eq!(decode(b"ab\xFF"), Err(DecodeError::Utf8(2)));
        assert_eq!(decode(b"\xFF\xFEa\0"), Err(DecodeError::Utf16));
        assert_eq!(decode(b"\xFF\xFE\0\0a\0\0\0"), Err(DecodeError::Utf32));
    }
}
