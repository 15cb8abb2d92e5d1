//! Which files a build writes, for whoever links to them.
//!
//! The plan tells. Here it is made once more without anything that only reading tells, by the first who
//! asks: calendars that may turn out empty count as written.

use super::SnapshotFacet;
use crate::outputs;
use crate::snapshot::SiteSnapshot;
use ssg_engine::Held;
use ssg_source::Digest;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// That a build writes a file; there is none where it does not.
pub(crate) struct Written;

/// All files, by their paths in the output.
#[derive(Default)]
pub(crate) struct WrittenFiles(OnceLock<BTreeSet<String>>);

fn files(snapshot: &SiteSnapshot) -> &BTreeSet<String> {
    snapshot.written.0.get_or_init(|| outputs::files(snapshot))
}

impl SnapshotFacet for Written {
    type Key = Arc<str>;

    fn held(snapshot: &SiteSnapshot, file: &Arc<str>) -> Held<Self> {
        if files(snapshot).contains(&**file) {
            Held::made_of(Digest::of_text("written"), Arc::new(Self))
        } else {
            Held::absent()
        }
    }
}

/// Paths that lead to what is written, as authors write them.
pub(super) fn paths(snapshot: &SiteSnapshot) -> Vec<String> {
    // Nobody means what hosts and crawlers read.
    let is_meant = |file: &&String| !file.starts_with('_') && !file.ends_with("404.html");
    files(snapshot)
        .iter()
        .filter(is_meant)
        .map(|file| format!("/{}", file.strip_suffix("index.html").unwrap_or(file)))
        .collect()
}
