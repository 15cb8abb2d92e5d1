//! Percent-encoding of paths, and back.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// What may not stand in a URL as it is (RFC 3986), without `%`; brackets may only around an address of
/// IPv6.
const IN_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What may not stand in a path either.
const IN_PATH: &AsciiSet = &IN_URL.add(b'#').add(b'?');

/// Encodes what may not stand in a URL (RFC 3986), part by part; `%XX` is kept.
pub fn encode_url(url: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(url, IN_URL)
}

/// Encodes what may not stand in the path of a URL (RFC 3986); `/` and `%XX` are kept.
#[must_use]
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// Reads `%XX`; what is no such triple, or gives no UTF-8, stays as it is.
#[must_use]
pub fn decode_path(path: &str) -> String {
    percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(encode_path("w x/ü.png"), "w%20x/%C3%BC.png");
        assert_eq!(decode_path("w%20x/%C3%BC.png"), "w x/ü.png");
        assert_eq!(decode_path("100%/%zz/%ff"), "100%/%zz/%ff");
    }
}
