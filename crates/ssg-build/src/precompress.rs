//! Compressed forms beside files, for hosts that send them as they are.
//!
//! The same bytes give the same form: there is neither a time nor a name in it. What is small, or
//! already compressed, or would hardly become smaller has none.

use flate2::{Compression, GzBuilder};
use ssg_parse::Encoding;
use std::io::Write;

/// Smaller files fit into the first packets of an answer anyhow.
const SMALLEST: usize = 1024;

/// How often a file is compressed, and so how long that may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// With every change of what it is rendered from.
    Often,
    /// Once, until its source changes.
    Once,
}

/// Whether the name of a file says that it holds text of some kind.
pub(crate) fn is_text(file: &str) -> bool {
    const ENDS: &[&str] = &[
        "html",
        "htm",
        "css",
        "js",
        "mjs",
        "json",
        "xml",
        "svg",
        "txt",
        "ics",
        "csv",
        "md",
        "map",
        "wasm",
        "webmanifest",
        "geojson",
        "rdf",
        "atom",
        "rss",
        "vcf",
        "yaml",
        "yml",
        "toml",
        "ttf",
        "otf",
    ];
    let end = file.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end);
    end.is_some_and(|end| ENDS.contains(&end.to_ascii_lowercase().as_str()))
}

/// The compressed form; `None` where it would not save a tenth.
pub(crate) fn compress(bytes: &[u8], encoding: Encoding, effort: Effort) -> Option<Vec<u8>> {
    if bytes.len() < SMALLEST {
        return None;
    }
    let compressed = match encoding {
        Encoding::Gzip => gzip(bytes),
        Encoding::Brotli => brotli(bytes, effort),
    }?;
    (compressed.len() <= bytes.len() / 10 * 9).then_some(compressed)
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(feature = "brotli")]
fn brotli(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        // The highest takes ten times as long, for a few hundredths.
        quality: if effort == Effort::Once { 11 } else { 9 },
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params).ok()?;
    Some(compressed)
}

/// Refused with the configuration, so it is not asked for.
#[cfg(not(feature = "brotli"))]
fn brotli(_: &[u8], _: Effort) -> Option<Vec<u8>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_compressed_by_name() {
        for file in ["index.html", "a/b.SVG", ".well-known/x.json", "atom.xml"] {
            assert!(is_text(file), "{file}");
        }
        for file in ["a.png", "CNAME", "_headers", "a.html/b", "a.gz", "fonts/a.woff2", ".json/x"] {
            assert!(!is_text(file), "{file}");
        }
    }

    #[test]
    fn gzip_holds_no_time_and_gives_the_text_back() {
        let text = "the same again and again, ".repeat(100);
        let once = compress(text.as_bytes(), Encoding::Gzip, Effort::Often).expect("it saves");
        assert_eq!(once.get(4..8), Some(&[0; 4][..]));
        assert_eq!(compress(text.as_bytes(), Encoding::Gzip, Effort::Once), Some(once.clone()));
        let mut back = String::new();
        flate2::read::GzDecoder::new(&*once).read_to_string(&mut back).expect("gzip");
        assert_eq!(back, text);
    }

    #[cfg(feature = "brotli")]
    #[test]
    fn brotli_gives_the_text_back() {
        let text = "the same again and again, ".repeat(100);
        for effort in [Effort::Often, Effort::Once] {
            let form = compress(text.as_bytes(), Encoding::Brotli, effort).expect("it saves");
            let mut back = Vec::new();
            brotli::BrotliDecompress(&mut &*form, &mut back).expect("brotli");
            assert_eq!(back, text.as_bytes());
        }
    }

    #[test]
    fn what_saves_nothing_has_no_form() {
        assert_eq!(compress(&[b'a'; 1000], Encoding::Gzip, Effort::Once), None);
        let mut noise = [0; 4000];
        blake3::Hasher::new().finalize_xof().fill(&mut noise);
        assert_eq!(compress(&noise, Encoding::Gzip, Effort::Once), None);
    }
}
