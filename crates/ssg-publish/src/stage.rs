//! When a file is sent: what others refer to goes first.

use crate::hash::Hash;

/// Stages of a publish, in their order; what is stale is removed after the last, in reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Style sheets, scripts, images: whatever a page may need.
    Assets,
    /// Pages.
    Pages,
    /// What tells of pages: feeds, site map, search index, calendars, redirects, `next-build.json`.
    Listings,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Assets, Self::Pages, Self::Listings];

    /// The stage of a file, by its path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        // A compressed copy goes with its original.
        let path = [".gz", ".br"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
        let name = path.rsplit('/').next().unwrap_or(path);
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        if ends(&[".html", ".htm"]) {
            Self::Pages
        } else if matches!(name, "_redirects" | "_headers" | "robots.txt" | "CNAME")
            || (ends(&[".xml", ".json", ".ics"]) && !path.starts_with("assets/"))
        {
            Self::Listings
        } else {
            Self::Assets
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Assets => "assets",
            Self::Pages => "pages",
            Self::Listings => "feeds and indexes",
        }
    }
}

/// Whether the name of an asset holds the hash of its bytes, so that it can be kept for ever.
#[must_use]
pub fn is_fingerprinted(path: &str, hash: &Hash) -> bool {
    fingerprint(path).is_some_and(|(_, part, _)| {
        part.len() == 10 && blake3::Hash::from_bytes(*hash).to_hex().starts_with(part)
    })
}

/// The name of an asset without its hash: equal for an asset and its successor.
pub(crate) fn stem(path: &str) -> Option<(&str, &str)> {
    let (stem, hash, end) = fingerprint(path)?;
    let is_hash = hash.len() == 10 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && path.starts_with("assets/")).then_some((stem, end))
}

/// `assets/look.0123456789.css` in its three parts.
fn fingerprint(path: &str) -> Option<(&str, &str, &str)> {
    let (rest, end) = path.rsplit_once('.')?;
    let (stem, hash) = rest.rsplit_once('.')?;
    Some((stem, hash, end))
}

/// Whether a page only leads to another one: it is sent when that is there.
pub(crate) fn is_redirect(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"http-equiv=\"refresh\"";
    bytes.len() <= 4096 && bytes.windows(MARK.len()).any(|part| part.eq_ignore_ascii_case(MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_know_their_stage() {
        for (path, stage) in [
            ("index.html", Stage::Pages),
            ("posts/x/index.html.br", Stage::Pages),
            ("atom.xml", Stage::Listings),
            ("sitemap.xml.gz", Stage::Listings),
            ("_redirects", Stage::Listings),
            ("next-build.json", Stage::Listings),
            ("assets/map.json", Stage::Assets),
            ("posts/x/plot.svg", Stage::Assets),
            (".well-known/security.txt", Stage::Assets),
        ] {
            assert_eq!(Stage::of(path), stage, "{path}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_hash_of_the_bytes() {
        let hash = *blake3::hash(b"body{}").as_bytes();
        let hex = blake3::Hash::from_bytes(hash).to_hex();
        assert!(is_fingerprinted(&format!("assets/look.{}.css", &hex[..10]), &hash));
        assert!(!is_fingerprinted("assets/look.0123456789.css", &hash));
        assert!(!is_fingerprinted("photo.20160526.jpg", &hash));
        assert_eq!(stem("assets/look.0123456789.css"), Some(("assets/look", "css")));
        assert_eq!(stem("look.min.css"), None);
    }
}
