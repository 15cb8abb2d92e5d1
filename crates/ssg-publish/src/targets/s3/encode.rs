//! Texts are kept compressed where that is asked for; who reads them says that it can take that.

use super::Encoding;
use ssg_build::MediaType;
use std::io::Write;

/// Files that are smaller gain nothing.
const LEAST: usize = 256;

/// Whether a file of this name is kept compressed.
pub(super) fn is_compressed(path: &str, encoding: Encoding) -> bool {
    encoding != Encoding::None && MediaType::of(path).is_text()
}

/// The bytes to keep, with the name of their encoding where they have one.
pub(super) fn encode(path: &str, bytes: Vec<u8>, encoding: Encoding) -> (Vec<u8>, Option<&'static str>) {
    if !is_compressed(path, encoding) || bytes.len() < LEAST {
        return (bytes, None);
    }
    let encoded = match encoding {
        Encoding::None => None,
        Encoding::Gzip => gzip(&bytes).map(|encoded| (encoded, "gzip")),
        Encoding::Brotli => brotli(&bytes).map(|encoded| (encoded, "br")),
    };
    match encoded.filter(|(encoded, _)| encoded.len() < bytes.len()) {
        Some((encoded, name)) => (encoded, Some(name)),
        None => (bytes, None),
    }
}

/// Writing to memory never fails.
fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 9, 20);
    encoder.write_all(bytes).ok()?;
    encoder.flush().ok()?;
    Some(encoder.into_inner())
}
