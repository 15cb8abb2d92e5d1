//! The last build as a whole: enough to see that nothing has changed since, without looking closer.
//!
//! Most builds on a server find nothing to do. To know that, no document, no record and no theme need
//! be read: it is enough that every file looks as it did, and that the moment of the build lies before
//! the next one at which anything depends on the date.

use super::Memo;
use crate::load::Listing;
use crate::seen::Seen;
use crate::sink::Sink;
use crate::summary::{Counts, always_there, count, next_change_of};
use crate::write::OutputPath;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_engine::FacetName as _;
use ssg_render::{FacetName, Output, SiteSnapshot, file_digest};
use ssg_source::hash::HashSet;
use ssg_source::{Diagnostics, Digest, Entry, Inputs, SitePath};

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// What was handed to the sink, besides what was rendered or kept.
#[derive(Default)]
pub(crate) struct HandedOver {
    /// Files whose bytes come from the theme.
    pub fixed: Vec<(OutputPath, Hash)>,
    /// Copies of files.
    pub copies: Vec<(OutputPath, SitePath, Seen, Hash)>,
    /// Not all outputs were rendered, since the sink wants no more of them.
    pub cut: bool,
}

/// A build that went well, from its inputs to its outputs.
#[derive(Serialize, Deserialize)]
pub(crate) struct LastBuild {
    /// Configuration, flags and theme.
    made_of: Digest,
    /// From when to before when, in seconds since 1970, a build gives the same.
    since: i64,
    until: i64,
    /// Content files as they were listed.
    pages: Vec<(SitePath, Seen, Digest)>,
    /// Paths of the files below `content` that are copied.
    assets: Digest,
    /// Data files, with the digests of their bytes.
    data: Vec<(FacetName, Option<Digest>)>,
    /// Outputs that were rendered or come from the theme.
    pub outputs: Vec<(OutputPath, Hash)>,
    /// Outputs that are copies of files.
    copies: Vec<(OutputPath, SitePath, Seen, Hash)>,
    /// Files that rendered outputs are made of.
    made_of_files: Vec<(SitePath, Seen)>,
    /// What was found, and how many outputs there are.
    pub found: Diagnostics,
    pub counts: Counts,
    /// When and why the site changes next.
    pub next: Option<(String, String)>,
}

impl LastBuild {
    /// What a build was made of and gave, where all of it is known.
    pub(crate) fn of(
        snapshot: &SiteSnapshot,
        listing: &Listing,
        made_of: Digest,
        outputs: &[Output],
        handed: &HandedOver,
        memo: &Memo,
        found: &Diagnostics,
    ) -> Option<Self> {
        // Of files that are read through the inputs nothing tells later whether they are the same.
        if found.has_errors() || handed.cut || outputs.iter().any(|output| output.kind.is_of_inputs()) {
            return None;
        }
        // A verb that writes nothing never learns the digests of files that are copied.
        let listed: HashSet<&str> = {
            let copies = handed.copies.iter().map(|(path, ..)| path);
            let given = memo.records.given().chain(&handed.fixed).map(|(path, _)| path);
            given.chain(copies).map(OutputPath::as_str).collect()
        };
        let pages = memo.documents.summary(&listing.pages);
        let rendered = outputs.iter().filter(|output| output.kind.is_rendered()).count();
        if !always_there(outputs).all(|file| listed.contains(file))
            || memo.records.count() != rendered
            || pages.len() != listing.pages.len()
            || memo.documents.len() != pages.len()
        {
            return None;
        }
        let files = outputs.iter().filter_map(|output| output.kind.made_of_file());
        let made_of_files =
            files.map(|file| Some((file.clone(), listing.seen(file)?))).collect::<Option<_>>()?;
        let next = snapshot.site().next_change();
        Some(Self {
            made_of,
            since: snapshot.instant().as_second(),
            until: next.map_or(i64::MAX, |next| next.at.timestamp().as_second()),
            pages,
            assets: listing.assets_digest(),
            data: Vec::new(),
            outputs: memo.records.given().chain(&handed.fixed).cloned().collect(),
            copies: handed.copies.clone(),
            made_of_files,
            found: found.clone(),
            counts: count(outputs),
            next: next_change_of(snapshot.site()),
        })
    }

    /// With the data files that outputs rest on, as they were in this build.
    pub(crate) fn resting_on(self, facets: impl Iterator<Item = FacetName>, snapshot: &SiteSnapshot) -> Self {
        let inputs = &**snapshot.inputs();
        let data = facets.filter(|name| file_digest(inputs, name).is_some());
        let data = data.map(|name| {
            let digest = name.digest(snapshot);
            (name, digest)
        });
        Self { data: data.collect(), ..self }
    }

    /// Whether a build of this would give the same.
    pub(crate) fn is_of(&self, inputs: &dyn Inputs, listing: &Listing, made_of: Digest) -> bool {
        let now = inputs.instant().as_second();
        self.made_of == made_of
            && (self.since..self.until).contains(&now)
            && self.assets == listing.assets_digest()
            && self.pages.len() == listing.pages.len()
            && self
                .copies
                .iter()
                .all(|(_, source, seen, _)| listing.seen(source).is_some_and(|now| seen.is_same_file(&now)))
            && self
                .made_of_files
                .iter()
                .all(|(file, seen)| listing.seen(file).is_some_and(|now| seen.is_same_file(&now)))
            && self.data.iter().all(|(name, digest)| file_digest(inputs, name) == *digest)
            && self
                .pages
                .par_iter()
                .zip(&listing.pages)
                .all(|(known, entry)| is_same(inputs, known, entry, listing.clock))
    }

    /// Whether it said the same of what lies below `content` and is left out.
    pub(crate) fn says_all_of(&self, found: &Diagnostics) -> bool {
        let of_content = |one: &&ssg_source::Diagnostic| {
            one.code == ssg_source::codes::KEPT_OUT
                && one.path.as_ref().is_some_and(|path| path.below("content").is_some())
        };
        let count = |found: &Diagnostics| found.iter().filter(of_content).count();
        count(found) == count(&self.found)
            && found.iter().all(|one| self.found.iter().any(|known| known == one))
    }

    /// Whether the sink has all that the build gave, and keeps it.
    pub(crate) fn keep_all(&self, sink: &dyn Sink) -> bool {
        sink.planned(self.outputs.len() + self.copies.len());
        self.outputs.par_iter().all(|output| sink.keep(std::slice::from_ref(output)))
            && self.copies.par_iter().all(|(path, _, _, hash)| sink.keep(&[(path.clone(), *hash)]))
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
    use crate::sink::Nowhere;
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
        let last = memo.last_build.expect("a build that went well");
        (last.since, last.until)
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
