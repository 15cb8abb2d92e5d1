//! Noticing changes without events: all files are looked at again and again.
//!
//! `PollWatcher` of `notify` (8.2) would not do: it compares times in whole seconds, so that the second of two
//! saves is missed, or reads every file each time; and it has neither bounds on its share of time nor folders
//! that are left out.

use super::events::Signal;
use super::hints::{Hint, Hints};
use super::scope::Scope;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};
use walkdir::WalkDir;

/// Shortest pause between two looks.
const PAUSE: Duration = Duration::from_millis(300);
/// Longest pause between two looks.
const LONGEST: Duration = Duration::from_secs(5);
/// Share of the time that may go into looking: one part in so many.
const SHARE: u32 = 10;

/// What a file is known by without being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stamp {
    Folder,
    File { size: u64, modified: Option<SystemTime>, changed: (i64, i64), number: u64 },
}

/// The files as they were at the last look.
pub(super) struct Poll {
    scope: Scope,
    known: BTreeMap<PathBuf, Stamp>,
    pause: Duration,
}

impl Poll {
    /// Looks for the first time.
    pub(super) fn new(scope: Scope) -> Self {
        let mut poll = Self { scope, known: BTreeMap::new(), pause: PAUSE };
        poll.look();
        poll
    }

    /// Gives hints until the end.
    pub(super) fn run(&mut self, received: &Receiver<Signal>, hints: &Hints) {
        loop {
            let mut hint = Hint::default();
            match received.recv_timeout(self.pause) {
                Ok(Signal::End) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Signal::Roots(roots)) => {
                    self.scope.replace(&roots);
                    hint.rescan = true;
                    hint.paths.extend(roots);
                }
                // Late events of watches that have been given up.
                Ok(Signal::Event(_)) => continue,
                Err(RecvTimeoutError::Timeout) => {}
            }
            hint.merge(self.look());
            hints.give(hint);
        }
    }

    /// Looks at everything and tells what differs from the last look.
    fn look(&mut self) -> Hint {
        let begun = Instant::now();
        let mut now = BTreeMap::new();
        for root in self.scope.paths() {
            let walk = WalkDir::new(root).into_iter();
            for found in
                walk.filter_entry(|found| !self.scope.is_ignored(found.path())).filter_map(Result::ok)
            {
                // A link to a file counts as what it leads to.
                let Ok(metadata) = std::fs::metadata(found.path()) else { continue };
                now.insert(found.into_path(), Stamp::new(&metadata));
            }
        }
        let mut hint = Hint::default();
        for (path, stamp) in &now {
            if self.known.get(path) != Some(stamp) {
                hint.rescan |= *stamp == Stamp::Folder;
                hint.paths.extend(self.scope.places(path));
            }
        }
        for (path, stamp) in &self.known {
            if !now.contains_key(path) {
                hint.rescan |= *stamp == Stamp::Folder;
                hint.paths.extend(self.scope.places(path));
            }
        }
        self.known = now;
        self.pause = (begun.elapsed() * SHARE).clamp(PAUSE, LONGEST);
        hint
    }
}

impl Stamp {
    fn new(metadata: &Metadata) -> Self {
        if metadata.is_dir() {
            return Self::Folder;
        }
        #[cfg(unix)]
        let (changed, number) = {
            use std::os::unix::fs::MetadataExt;
            ((metadata.ctime(), metadata.ctime_nsec()), metadata.ino())
        };
        #[cfg(not(unix))]
        let (changed, number) = ((0, 0), 0);
        Self::File { size: metadata.len(), modified: metadata.modified().ok(), changed, number }
    }
}
