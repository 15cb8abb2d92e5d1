//! Compression on the way out. Gzip only: between two processes of one desk it is there so that a
//! page behaves as it will behind a real server, and a better ratio would buy nothing.

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::header::{ACCEPT_ENCODING, HeaderMap};
use ssg_build::MediaType;
use std::io::{self, Write};

/// Bytes below which compression is not worth a header.
pub(crate) const LEAST: u64 = 1024;

/// Whether bytes of this type get smaller by compression: text does, the rest mostly is compressed.
pub(crate) fn is_compressible(media_type: MediaType) -> bool {
    const ALSO: [&str; 6] =
        ["image/x-icon", "image/bmp", "font/ttf", "font/otf", "application/wasm", "application/rtf"];
    media_type.is_text() || ALSO.contains(&media_type.essence())
}

/// Whether the client takes gzip.
pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    let mut any = None;
    for list in headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
        for one in list.split(',') {
            let mut parts = one.split(';').map(str::trim);
            let name = parts.next().unwrap_or("");
            let refused = parts.filter_map(|part| part.strip_prefix("q=")).any(|q| q.parse() == Ok(0.0));
            if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                return !refused;
            }
            if name == "*" {
                any = Some(!refused);
            }
        }
    }
    any.unwrap_or(false)
}

/// The bytes as gzip; quick rather than small, and the same for the same bytes.
///
/// # Errors
/// Never in practice, since it writes to memory.
pub(crate) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted() {
        let ask = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, value.parse().expect("a header"));
            accepts_gzip(&headers)
        };
        assert!(ask("gzip") && ask("br, gzip;q=0.5") && ask("*") && ask("deflate, *;q=0.1"));
        assert!(!ask("br") && !ask("gzip;q=0, *") && !ask("identity") && !ask("*;q=0"));
    }
}
