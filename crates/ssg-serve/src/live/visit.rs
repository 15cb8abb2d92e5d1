//! What a tab says of itself when it asks for events.

use crate::file_store::FileStore;
use crate::hex::hex;
use crate::path::{BasePath, Meaning};
use hyper::header::HeaderMap;
use percent_encoding::percent_decode_str;
use std::time::Duration;

/// A tab's question for events. All of it comes from the client and is only compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    /// The file of the output that it shows; empty where the page is none of the site's.
    file: String,
    /// The files that its address may mean, first choice first.
    address: Vec<String>,
    /// The digits of the file's digest, as the page was dressed with.
    hash: String,
    /// The identity of the last event it saw, where it saw one.
    pub(super) seen: Option<String>,
    /// How long ago the tab began to load.
    pub(super) age: Duration,
}

impl Visit {
    /// Reads `file`, `path`, `hash`, `age` (in milliseconds) and `seen` from the query, and
    /// `Last-Event-ID`, which browsers send when they connect again by themselves.
    pub(crate) fn new(query: &str, headers: &HeaderMap, base: &BasePath) -> Self {
        let mut visit = Self::default();
        for pair in query.split('&') {
            let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(raw).decode_utf8_lossy().into_owned();
            match name {
                // Both are paths, encoded once more to stand in a query.
                "file" | "path" => {
                    let full = if name == "file" { format!("{}{value}", base.url()) } else { value };
                    if let Meaning::Below(asked) = base.meaning(&full) {
                        if name == "path" {
                            visit.address = asked.candidates();
                        } else if !asked.folder {
                            visit.file = asked.path;
                        }
                    }
                }
                "hash" => visit.hash = value,
                "age" => visit.age = Duration::from_millis(value.parse().unwrap_or(0)),
                "seen" if !value.is_empty() => visit.seen = Some(value),
                _ => {}
            }
        }
        if let Some(seen) = headers.get("last-event-id").and_then(|seen| seen.to_str().ok()) {
            visit.seen = Some(seen.to_owned());
        }
        visit
    }

    /// The file that the tab shows, or would show if there were one.
    pub(super) fn shows(&self) -> Option<&str> {
        let file = (!self.is_missing()).then_some(self.file.as_str());
        file.or(self.address.last().map(String::as_str))
    }

    /// Whether a change of this file is one of the page itself.
    pub(super) fn concerns(&self, path: &str) -> bool {
        path == self.file || (self.is_missing() && self.address.iter().any(|own| own == path))
    }

    /// Whether the tab shows what the store has now. May render the page.
    pub(crate) fn is_current(&self, store: &dyn FileStore) -> bool {
        if self.is_missing() && self.address.iter().any(|path| store.file(path).is_some()) {
            return false;
        }
        if self.file.is_empty() || self.hash.is_empty() {
            return true;
        }
        store.file(&self.file).is_some_and(|served| hex(&served.hash[..8]) == self.hash)
    }

    /// Whether the tab shows the page for what does not exist. The address counts only then, since
    /// scripts of the site may have changed it in any other page.
    fn is_missing(&self) -> bool {
        self.file.is_empty()
            || (self.file == "404.html" && !self.address.iter().any(|path| path == "404.html"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_is_known_by_its_file() {
        let base = BasePath::new("/y/");
        let none = HeaderMap::new();
        let visit =
            Visit::new("file=a%2520b%2Findex.html&path=%2Fy%2Fa%2520b%2F&hash=00&age=12", &none, &base);
        assert_eq!(visit.shows(), Some("a b/index.html"));
        assert_eq!(visit.age, Duration::from_millis(12));
        assert!(visit.concerns("a b/index.html") && !visit.concerns("404.html"));

        let missing = Visit::new("file=404.html&path=%2Fy%2Fnew%2F", &none, &base);
        assert_eq!(missing.shows(), Some("new/index.html"));
        assert!(missing.concerns("new/index.html") && missing.concerns("404.html"));

        let hostile = Visit::new("file=..%2Fx&path=%2F%2Fx&age=-1&seen", &none, &base);
        assert_eq!((hostile.shows(), hostile.seen.as_deref()), (None, None));
    }
}
