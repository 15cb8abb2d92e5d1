//! Entity tags: strong, and different for every form in which a file goes out.

use crate::hex::hex;
use hyper::header::{HeaderMap, IF_NONE_MATCH, IF_RANGE};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The parts of a tag; two answers with the same bytes have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    stem: String,
    gzip: bool,
}

impl Tag {
    /// Of a file with this digest. `form` is all else that decides the bytes before compression.
    pub(crate) fn new(hash: &[u8; 32], form: &impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        form.hash(&mut hasher);
        Self { stem: format!("{}-{:016x}", hex(&hash[..12]), hasher.finish()), gzip: false }
    }

    /// The tag of the same file, compressed or not.
    pub(crate) fn gzip(self, gzip: bool) -> Self {
        Self { gzip, ..self }
    }

    /// As it stands in `ETag`.
    pub(crate) fn header(&self) -> String {
        format!("\"{}{}\"", self.stem, if self.gzip { "-gz" } else { "" })
    }

    /// Whether the client holds this version, by `If-None-Match`. The form of compression does not
    /// matter here: either is good for showing the file.
    pub(crate) fn is_known(&self, headers: &HeaderMap) -> bool {
        headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|list| {
            list.split(',').map(str::trim).any(|one| {
                let one = one.strip_prefix("W/").unwrap_or(one);
                let inner = one.strip_prefix('"').and_then(|one| one.strip_suffix('"'));
                one == "*"
                    || inner.is_some_and(|inner| inner.strip_suffix("-gz").unwrap_or(inner) == self.stem)
            })
        })
    }

    /// Whether a range may be taken: there is no `If-Range`, or it names exactly this version.
    pub(crate) fn permits_range(&self, headers: &HeaderMap) -> bool {
        headers.get(IF_RANGE).is_none_or(|value| value.as_bytes() == self.header().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, value.parse().expect("a header"));
        headers
    }

    #[test]
    fn every_form_has_its_own_tag() {
        let plain = Tag::new(&[7; 32], &"");
        let zipped = plain.clone().gzip(true);
        assert_ne!(plain.header(), zipped.header());
        assert_ne!(plain, Tag::new(&[7; 32], &"badge"));
        assert_ne!(plain, Tag::new(&[8; 32], &""));
        assert!(plain.is_known(&headers(&zipped.header())) && zipped.is_known(&headers(&plain.header())));
        assert!(plain.is_known(&headers(&format!("\"x\", W/{}", plain.header()))));
        assert!(plain.is_known(&headers("*")) && !plain.is_known(&headers("\"x\"")));
    }
}
