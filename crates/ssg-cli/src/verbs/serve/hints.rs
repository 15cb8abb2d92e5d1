//! What the watcher says: how long to wait for more of it, and which files it names.

use crate::session::Session;
use ssg_serve::{Hint, Hints};
use ssg_source::SitePath;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long an empty file may take to be filled: some programs empty a file before they write it.
const FILLING: Duration = Duration::from_millis(25);
/// More files than this at once are a checkout, or a folder that is being copied: the end of that is
/// waited for, which is a lull, but not for ever.
const FEW: usize = 8;
const LULL: Duration = Duration::from_millis(120);
const FLOOD: Duration = Duration::from_secs(1);
/// Waits for something to do; after some time without any, everything is looked at.
pub fn next(hints: &Hints, patience: Duration) -> Hint {
    let mut hint = hints.wait_until(Instant::now() + patience).unwrap_or_default();
    let is_empty = |path: &PathBuf| path.metadata().is_ok_and(|data| data.is_file() && data.len() == 0);
    if hint.paths.iter().any(is_empty)
        && let Some(more) = hints.wait_until(Instant::now() + FILLING)
    {
        hint.merge(more);
    }
    let end = Instant::now() + FLOOD;
    while hint.paths.len() > FEW && Instant::now() < end {
        match hints.wait_until(Instant::now() + LULL) {
            Some(more) => hint.merge(more),
            None => break,
        }
    }
    hint
}

/// The files of a hint, where it names all that is to be looked at.
pub fn files(session: &Session, hint: &Hint) -> Option<BTreeSet<SitePath>> {
    if hint.rescan || hint.paths.is_empty() {
        return None;
    }
    let root = session.inputs.root();
    let file = |path: &PathBuf| SitePath::new(path.strip_prefix(root).ok()?.to_str()?).ok();
    hint.paths.iter().map(file).collect()
}
