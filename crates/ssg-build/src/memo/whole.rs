//! The last build as a whole: enough to see that nothing has changed since, without looking closer.
//!
//! Most builds on a server find nothing to do. To know that, no document, no record and no theme need
//! be read: it is enough that every file looks as it did, and that the moment of the build lies before
//! the next one at which anything depends on the date.

use super::Seen;
use crate::compile::Counts;
use crate::load::Listing;
use crate::write::OutputPath;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_render::{Question, file_digest};
use ssg_source::{Diagnostics, Digest, Entry, Inputs, SitePath};

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// A build that went well, from its inputs to its outputs.
#[derive(Serialize, Deserialize)]
pub(crate) struct Whole {
    /// Configuration, flags and look.
    pub settings: Digest,
    /// From when to before when, in seconds since 1970, a build gives the same.
    pub since: i64,
    pub until: i64,
    /// Content files as they were listed.
    pub pages: Vec<(SitePath, Seen, Digest)>,
    /// Paths of the files below `content` that are copied.
    pub assets: Digest,
    /// Data files, with the digests of their bytes.
    pub data: Vec<(Question, Option<Digest>)>,
    /// Outputs that were rendered or come from the theme.
    pub outputs: Vec<(OutputPath, Hash)>,
    /// Outputs that are copies of files.
    pub copies: Vec<(OutputPath, SitePath, Seen, Hash)>,
    /// What was found, and how many outputs there are.
    pub found: Diagnostics,
    pub counts: Counts,
    /// When and why the site changes next.
    pub next: Option<(String, String)>,
}

impl Whole {
    /// Whether a build of this would give the same.
    pub(crate) fn is_of(&self, inputs: &dyn Inputs, listing: &Listing, settings: Digest) -> bool {
        let now = inputs.instant().as_second();
        self.settings == settings
            && (self.since..self.until).contains(&now)
            && self.assets == listing.assets_digest()
            && self.pages.len() == listing.pages.len()
            && self
                .copies
                .iter()
                .all(|(_, source, seen, _)| listing.seen(source).is_some_and(|now| seen.is_same_file(&now)))
            && self.data.iter().all(|(question, digest)| file_digest(inputs, question) == *digest)
            && self
                .pages
                .par_iter()
                .zip(&listing.pages)
                .all(|(known, entry)| is_same(inputs, known, entry, listing.clock))
    }
}

/// Whether a content file has the bytes that it had. One about whose stamp there is something to be
/// remembered counts as changed, so that the build which remembers it takes place.
fn is_same(inputs: &dyn Inputs, known: &(SitePath, Seen, Digest), entry: &Entry, clock: i128) -> bool {
    let (path, seen, content) = known;
    let now = Seen::new(entry.stamp, clock);
    *path == entry.path
        && (seen.is_same_file(&now)
            || (!now.tells_more_than(seen)
                && inputs.read(path).is_ok_and(|bytes| Digest::of_bytes(&bytes) == *content)))
}

#[cfg(test)]
mod tests {
    use crate::without_broken::Nowhere;
    use crate::{Memo, Overrides, Settings, compile};
    use jiff::Timestamp;
    use ssg_source::{Diagnostics, MemoryInputs, SitePath};
    use std::sync::Arc;

    /// From when to before when a build of this post, at noon, stands for later ones.
    fn holds(header: &str) -> (i64, i64) {
        let noon: Timestamp = "2026-11-21T12:00:00Z".parse().expect("a moment");
        let mut site = MemoryInputs::new(noon);
        let path = |text: &str| SitePath::new(text).expect("a path");
        let mut write = |file: &str, text: &str| site.write(path(file), text);
        write("ssg.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\ntimezone = \"Asia/Tokyo\"\n");
        write("content/posts/a.md", &format!("+++\ntitle = \"A\"\n{header}+++\nText.\n"));
        let settings =
            Settings::read(&site, &path("ssg.toml"), Overrides::default(), &mut Diagnostics::new());
        let mut memo = Memo::new();
        let compiled = compile(&(Arc::new(site) as _), &settings, &mut memo, &Nowhere);
        assert!(!compiled.diagnostics.has_errors(), "{:?}", compiled.diagnostics);
        let whole = memo.whole.expect("a build that went well");
        (whole.since, whole.until)
    }

    #[test]
    fn a_build_stands_for_later_ones_until_the_very_moment_of_the_next_change() {
        let moment = |text: &str| text.parse::<Timestamp>().expect("a moment").as_second();
        let noon = moment("2026-11-21T12:00:00Z");
        // What happened today, or yesterday, is over: it takes nothing from the build's worth.
        for past in ["date = 2026-11-21\n", "date = 2026-11-20\n", "date = 2026-11-21T20:59:59\n"] {
            assert_eq!(holds(past), (noon, i64::MAX), "{past}");
        }
        assert_eq!(holds("date = 2026-11-22\n"), (noon, moment("2026-11-21T15:00:00Z")));
        assert_eq!(holds("date = 2026-11-20\nexpires = 2026-11-21T21:00:01\n"), (noon, noon + 1));
    }
}
