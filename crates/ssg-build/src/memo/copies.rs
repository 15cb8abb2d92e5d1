//! Digests of files that are copied as they are.

use crate::seen::Seen;
use serde::{Deserialize, Serialize};
use ssg_source::SitePath;
use ssg_source::hash::HashMap;

/// Digest (BLAKE3) by file.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Copies(HashMap<SitePath, (Seen, [u8; 32])>);

impl Copies {
    /// The digest of a file that looks as it did.
    pub(crate) fn digest(&self, path: &SitePath, now: &Seen) -> Option<[u8; 32]> {
        let (seen, hash) = self.0.get(path)?;
        seen.is_same_file(now).then_some(*hash)
    }

    /// Forgets how files looked, and with that their digests.
    pub(crate) fn forget_stamps(&mut self) {
        self.0.clear();
    }

    /// Remembers what was copied; all else is forgotten. Says whether anything is new.
    pub(crate) fn replace(&mut self, all: HashMap<SitePath, (Seen, [u8; 32])>) -> bool {
        let is_news = |path: &SitePath, new: &(Seen, [u8; 32])| {
            self.0.get(path).is_none_or(|old| new.1 != old.1 || new.0.tells_more_than(&old.0))
        };
        let changed = all.len() != self.0.len() || all.iter().any(|(path, new)| is_news(path, new));
        self.0 = all;
        changed
    }
}
