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

/// The path of an address that lies on the host, and below the path, of `base_url`, whatever scheme it has: `/a/` for
/// `http://example.org/blog/a/` and `https://example.org/blog/`.
#[must_use]
pub fn path_on_own_host(base_url: &str, address: &str) -> Option<String> {
    let (own_host, own_path) = host_and_path(base_url)?;
    let (host, path) = host_and_path(address)?;
    if !host.eq_ignore_ascii_case(own_host) {
        return None;
    }
    let path = if path.is_empty() { "/" } else { path };
    let below =
        path.strip_prefix(own_path).or_else(|| (path == own_path.trim_end_matches('/')).then_some(""))?;
    Some(format!("/{below}"))
}

/// The host of an address of the web, with or without a scheme, and what follows it.
#[must_use]
pub fn host_and_path(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("//")?;
    let is_web =
        scheme.is_empty() || ["http:", "https:"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    is_web.then(|| rest.split_at(rest.find('/').unwrap_or(rest.len())))
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

    #[test]
    fn addresses_on_the_own_host_are_paths() {
        let base = "https://example.org/blog/";
        for (address, path) in [
            ("https://example.org/blog/a/", Some("/a/")),
            ("http://Example.org/blog", Some("/")),
            ("//example.org/blog/x.png", Some("/x.png")),
            ("https://example.org/other/", None),
            ("https://example.org.evil/blog/", None),
            ("mailto:a@example.org", None),
        ] {
            assert_eq!(path_on_own_host(base, address).as_deref(), path, "{address}");
        }
        assert_eq!(path_on_own_host("https://example.org/", "https://example.org").as_deref(), Some("/"));
    }
}
