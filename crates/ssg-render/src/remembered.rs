//! What follows from something that has a digest, made once and remembered from one build to the next as bytes: highlighted
//! code, answers of queries.
//!
//! What is remembered never decides what comes out; whoever asks compares: answers with their digests, code in debug builds. What earlier processes have made is
//! read when a process has made some itself: for a page or two, to read all that is remembered takes longer.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ssg_source::Digest;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// So many bytes are remembered, in memory and so on disk.
const ROOM: usize = 64 << 20;
/// Parts of what is new, so that threads seldom wait for each other.
const PARTS: usize = 16;

/// Bytes that several have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bytes(pub Arc<[u8]>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_bytes(OfBytes)
    }
}

struct OfBytes;

impl Visitor<'_> for OfBytes {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
        Ok(Bytes(bytes.into()))
    }
}

/// What is remembered by what it is made of, as it is written and read.
#[derive(Default, Serialize, Deserialize)]
pub struct Remembered(Vec<(Digest, Bytes)>);

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

/// Reads what earlier builds remember.
pub type ReadRemembered = Box<dyn Fn() -> Remembered + Send + Sync>;

/// What is remembered of one kind.
#[derive(Default)]
pub(crate) struct Store {
    read: Option<ReadRemembered>,
    /// So many are made before it is looked what earlier processes have made.
    patience: usize,
    /// So many new ones are worth being written.
    worth: usize,
    known: OnceLock<HashMap<Digest, Known>>,
    made: [Mutex<HashMap<Digest, Bytes>>; PARTS],
    /// How many were made in this process.
    count: AtomicUsize,
    /// How many of them were told to be remembered.
    told: AtomicUsize,
    /// Bytes of what is remembered anew.
    size: AtomicUsize,
}

/// What an earlier build has made.
struct Known {
    bytes: Bytes,
    /// It was asked for in this process.
    was_asked: AtomicBool,
}

impl Store {
    /// Of a site whose earlier builds are remembered somewhere.
    pub(crate) fn remembering(read: ReadRemembered, patience: usize, worth: usize) -> Self {
        Self { read: Some(read), patience, worth, ..Self::default() }
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

    /// What is made of something, with whether this process has made it. What was read may have been forged.
    pub(crate) fn find(&self, key: Digest) -> Option<(Bytes, bool)> {
        if let Some(bytes) = self.made(key).lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some((bytes.clone(), true));
        }
        if self.count.load(Ordering::Relaxed) < self.patience {
            return None;
        }
        let known = self.known().get(&key)?;
        known.was_asked.store(true, Ordering::Relaxed);
        Some((known.bytes.clone(), false))
    }

    /// Counts one that was made.
    pub(crate) fn count_one(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers it, while there is room.
    pub(crate) fn keep(&self, key: Digest, bytes: Bytes) {
        if self.size.fetch_add(bytes.0.len(), Ordering::Relaxed) <= ROOM {
            self.made(key).lock().unwrap_or_else(PoisonError::into_inner).insert(key, bytes);
        }
    }

    fn made(&self, key: Digest) -> &Mutex<HashMap<Digest, Bytes>> {
        &self.made[usize::from(key.first_byte()) % PARTS]
    }

    fn known(&self) -> &HashMap<Digest, Known> {
        self.known.get_or_init(|| {
            let all = self.read.as_ref().map_or_else(Remembered::default, |read| read());
            let known = |bytes| Known { bytes, was_asked: AtomicBool::new(false) };
            all.0.into_iter().map(|(key, bytes)| (key, known(bytes))).collect()
        })
    }

    /// What the next build is to remember, where that is worth being written: sorted, and without what most likely is
    /// nowhere any more.
    pub(crate) fn to_remember(&self) -> Option<Remembered> {
        let count = self.count.load(Ordering::Relaxed);
        if self.read.is_none() || count - self.told.load(Ordering::Relaxed).min(count) < self.worth {
            return None;
        }
        self.told.store(count, Ordering::Relaxed);
        let mut all = Vec::new();
        for part in &self.made {
            let part = part.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend(part.iter().map(|(key, bytes)| (*key, bytes.clone())));
        }
        let known = self.known();
        let was_asked = |known: &Known| known.was_asked.load(Ordering::Relaxed);
        let asked = known.values().filter(|known| was_asked(known)).count();
        // A build that has seen most pages has seen most of it.
        let keeps_all = (asked + all.len()) * 2 < known.len();
        all.extend(
            known
                .iter()
                .filter(|(_, one)| keeps_all || was_asked(one))
                .map(|(key, one)| (*key, one.bytes.clone())),
        );
        all.sort_unstable_by_key(|(key, _)| *key);
        all.dedup_by_key(|(key, _)| *key);
        let mut room = ROOM;
        all.retain(|(_, bytes)| {
            let fits = room >= bytes.0.len();
            room = room.saturating_sub(bytes.0.len());
            fits
        });
        Some(Remembered(all))
    }
}
