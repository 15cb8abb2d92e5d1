//! How long the loop waits for what.

use super::author::Again;
use crate::watch::{Hint, Hints};
use ssg_source::SitePath;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// More files than this at once are a checkout, or a folder that is being copied: the end of that is
/// waited for, which is a lull, but not for ever.
const FEW: usize = 8;

/// Times of the loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// How often the date is looked at: events begin, and posts are published, without any edit.
    pub tick: Duration,
    /// How long after a look at some files, or one that failed, all are looked at, should events have been
    /// lost.
    pub rescan: Duration,
    /// How long an empty file may take to be filled: some programs empty a file before they write it.
    pub filling: Duration,
    /// How long nothing must happen for a flood of changes to be over, and how long it may last.
    pub lull: Duration,
    pub flood: Duration,
    /// How long an error may take to be mended by the next change, and how often in a row.
    pub settling: Duration,
    pub rounds: usize,
    /// How long other pages are rendered at least before an edit may come between.
    pub at_least: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let milliseconds = Duration::from_millis;
        Self {
            tick: Duration::from_secs(60),
            rescan: Duration::from_secs(2),
            filling: milliseconds(25),
            lull: milliseconds(120),
            flood: Duration::from_secs(1),
            settling: milliseconds(80),
            rounds: 20,
            at_least: milliseconds(150),
        }
    }
}

impl Pace {
    /// How long the next hint is waited for.
    pub(super) fn until(&self, again: Again) -> Duration {
        match again {
            Again::AtOnce => Duration::ZERO,
            Again::Soon => self.rescan,
            Again::Later => self.tick,
        }
    }

    /// Waits for something to do; after some time without any, everything is looked at.
    pub(super) fn next(&self, hints: &Hints, patience: Duration) -> Hint {
        let mut hint = hints.wait_until(Instant::now() + patience).unwrap_or_default();
        let is_empty = |path: &PathBuf| path.metadata().is_ok_and(|data| data.is_file() && data.len() == 0);
        if hint.paths.iter().any(is_empty)
            && let Some(more) = hints.wait_until(Instant::now() + self.filling)
        {
            hint.merge(more);
        }
        let end = Instant::now() + self.flood;
        while hint.paths.len() > FEW && Instant::now() < end {
            match hints.wait_until(Instant::now() + self.lull) {
                Some(more) => hint.merge(more),
                None => break,
            }
        }
        hint
    }
}

/// The files of a hint, where it names all that is to be looked at.
pub(super) fn named_files(root: &Path, hint: &Hint) -> Option<BTreeSet<SitePath>> {
    if hint.rescan || hint.paths.is_empty() {
        return None;
    }
    let file = |path: &PathBuf| SitePath::of_file(path.strip_prefix(root).ok()?);
    hint.paths.iter().map(file).collect()
}
