//! Texts that follow from what has a digest, made once and remembered from one build to the next: highlighted code, the words of
//! bodies.
//!
//! What is remembered never decides what comes out; whoever asks compares in debug builds. What earlier processes have made is
//! read when a process has made some texts itself: for a page or two, to read all that is remembered takes longer.

use serde::{Deserialize, Serialize};
use ssg_source::Digest;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// So many bytes of texts are remembered, in memory and so on disk.
const ROOM: usize = 64 << 20;
/// So many new texts are worth being written.
pub(crate) const FEW: usize = 64;
/// Parts of the new texts, so that threads seldom wait for each other.
const PARTS: usize = 16;

/// Texts by what they are made of, as they are written and read.
#[derive(Default, Serialize, Deserialize)]
pub struct Remembered(Vec<(Digest, Arc<str>)>);

impl Remembered {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    #[cfg(test)]
    pub(crate) fn again(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Reads the texts of earlier builds.
pub type ReadRemembered = Box<dyn Fn() -> Remembered + Send + Sync>;

/// Texts of one kind.
#[derive(Default)]
pub(crate) struct Texts {
    read: Option<ReadRemembered>,
    /// So many are made before it is looked what earlier processes have made.
    patience: usize,
    known: OnceLock<HashMap<Digest, Known>>,
    made: [Mutex<HashMap<Digest, Arc<str>>>; PARTS],
    /// How many were made in this process.
    count: AtomicUsize,
    /// How many of them were told to be remembered.
    told: AtomicUsize,
    /// Bytes of what is remembered anew.
    size: AtomicUsize,
}

/// A text of an earlier build.
struct Known {
    text: Arc<str>,
    /// It was asked for in this process.
    was_asked: AtomicBool,
}

impl Texts {
    /// Texts of a site whose earlier builds are remembered somewhere.
    pub(crate) fn remembering(read: ReadRemembered, patience: usize) -> Self {
        Self { read: Some(read), patience, ..Self::default() }
    }

    /// Whether anything is remembered; what is not is not worth a digest.
    pub(crate) fn is_remembering(&self) -> bool {
        self.read.is_some()
    }

    /// How many were made in this process.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// A text, with whether this process has made it. What was read may have been forged.
    pub(crate) fn find(&self, key: Digest) -> Option<(Arc<str>, bool)> {
        if let Some(text) = self.made(key).lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some((text.clone(), true));
        }
        if self.count.load(Ordering::Relaxed) < self.patience {
            return None;
        }
        let known = self.known().get(&key)?;
        known.was_asked.store(true, Ordering::Relaxed);
        Some((known.text.clone(), false))
    }

    /// Counts a text that was made.
    pub(crate) fn count_one(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers a text, while there is room.
    pub(crate) fn keep(&self, key: Digest, text: &Arc<str>) {
        if self.size.fetch_add(text.len(), Ordering::Relaxed) <= ROOM {
            self.made(key).lock().unwrap_or_else(PoisonError::into_inner).insert(key, text.clone());
        }
    }

    fn made(&self, key: Digest) -> &Mutex<HashMap<Digest, Arc<str>>> {
        &self.made[usize::from(key.first_byte()) % PARTS]
    }

    fn known(&self) -> &HashMap<Digest, Known> {
        self.known.get_or_init(|| {
            let texts = self.read.as_ref().map_or_else(Remembered::default, |read| read());
            let known = |text| Known { text, was_asked: AtomicBool::new(false) };
            texts.0.into_iter().map(|(key, text)| (key, known(text))).collect()
        })
    }

    /// What the next build is to remember, where that is worth being written: sorted, and without texts of earlier
    /// builds that most likely are no longer there.
    pub(crate) fn to_remember(&self) -> Option<Remembered> {
        let count = self.count.load(Ordering::Relaxed);
        if self.read.is_none() || count - self.told.load(Ordering::Relaxed).min(count) < FEW {
            return None;
        }
        self.told.store(count, Ordering::Relaxed);
        let mut texts = Vec::new();
        for part in &self.made {
            let part = part.lock().unwrap_or_else(PoisonError::into_inner);
            texts.extend(part.iter().map(|(key, text)| (*key, text.clone())));
        }
        let known = self.known();
        let was_asked = |known: &Known| known.was_asked.load(Ordering::Relaxed);
        let asked = known.values().filter(|known| was_asked(known)).count();
        // A build that has seen most pages has seen most texts.
        let keeps_all = (asked + texts.len()) * 2 < known.len();
        texts.extend(
            known
                .iter()
                .filter(|(_, one)| keeps_all || was_asked(one))
                .map(|(key, one)| (*key, one.text.clone())),
        );
        texts.sort_unstable_by_key(|(key, _)| *key);
        texts.dedup_by_key(|(key, _)| *key);
        let mut room = ROOM;
        texts.retain(|(_, text)| {
            let fits = room >= text.len();
            room = room.saturating_sub(text.len());
            fits
        });
        Some(Remembered(texts))
    }
}
