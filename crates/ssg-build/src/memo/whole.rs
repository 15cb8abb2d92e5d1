//! The last build as a whole: enough to see that nothing has changed since, without looking closer.
//!
//! Most builds on a server find nothing to do. To know that, no document, no record and no theme need
//! be read: it is enough that every file looks as it did, and that the moment of the build lies before
//! the next one at which anything depends on the date.

use super::Seen;
use crate::compile::Counts;
use crate::load::Listing;
use crate::write::OutputPath;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_parse::Document;
use ssg_render::{Question, file_digest};
use ssg_source::{Diagnostics, Digest, Entry, Inputs, SitePath};

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// No zone is further from UTC, in hours; with some to spare.
const WIDEST: i64 = 27;

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

/// The next second from which on a document may mean something else: before it, nothing changes.
/// Neither what the document is nor which zone a date is meant in is looked at, so it is a day too
/// early at times. What exactly comes next is the site's to say (`Site::next_change`), about the same
/// dates.
pub(crate) fn next_change(path: &SitePath, document: &Document, now: Timestamp) -> i64 {
    let now = now.as_second();
    let slack = WIDEST * 3600;
    // The folder of a bundle bears its date.
    let folder = path.parent().unwrap_or_default();
    let named = [path.file_name(), folder.file_name()].map(|name| ssg_parse::read_file_name(name, &[]).date);
    let edges = named.into_iter().flat_map(|named| ssg_parse::edges(&document.front, named));
    let next = edges.filter_map(|(_, when)| {
        let first = when.start(&TimeZone::UTC).timestamp().as_second().saturating_sub(slack);
        // Whatever it is the date of, no day ends later.
        let last = when.end_of_day(&TimeZone::UTC).timestamp().as_second().saturating_add(slack);
        (last > now).then_some(first)
    });
    next.min().unwrap_or(i64::MAX)
}
