//! Bytes of small files on disk that were asked for, so that they are still there when the disk has others.
//!
//! While the site has an error, what is served is that of the last good compilation, and an author goes on
//! editing. Bytes are known by their digest, so those that are kept are right or are not asked for. Where
//! none are kept, a file is served only as long as it is the one that was compiled.

use ssg_source::DiskFile;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

/// Largest file that is kept, in bytes.
const LARGEST: u64 = 1 << 20;
/// Bytes that are kept together; the oldest go.
const ALL: usize = 64 << 20;

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// Bytes by their digest.
#[derive(Default)]
pub(crate) struct FileCache(Mutex<State>);

#[derive(Default)]
struct State {
    bytes: HashMap<Hash, Arc<[u8]>>,
    /// Oldest first.
    order: VecDeque<Hash>,
    size: usize,
}

/// What a file on disk gives.
pub(super) enum Opened {
    Bytes(Arc<[u8]>),
    /// Open, with its size in bytes.
    File(File, u64),
}

impl FileCache {
    /// The bytes of a file with this digest.
    ///
    /// # Errors
    /// When it is no longer the file that was found, and its bytes are not kept.
    pub(super) fn open(&self, found: &DiskFile, hash: &Hash) -> io::Result<Opened> {
        if let Some(bytes) = self.get(hash) {
            return Ok(Opened::Bytes(bytes));
        }
        let file = found.open()?;
        let size = found.stamp().size;
        if size > LARGEST {
            return Ok(Opened::File(file, size));
        }
        let mut bytes = Vec::new();
        file.take(size + 1).read_to_end(&mut bytes)?;
        if blake3::hash(&bytes).as_bytes() != hash {
            return Err(io::Error::new(io::ErrorKind::NotFound, "it is no longer the file that was found"));
        }
        let bytes: Arc<[u8]> = bytes.into();
        self.keep(*hash, &bytes, ALL);
        Ok(Opened::Bytes(bytes))
    }

    fn get(&self, hash: &Hash) -> Option<Arc<[u8]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).bytes.get(hash).cloned()
    }

    fn keep(&self, hash: Hash, bytes: &Arc<[u8]>, most: usize) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.bytes.insert(hash, bytes.clone()).is_none() {
            state.order.push_back(hash);
            state.size += bytes.len();
        }
        while state.size > most {
            let Some(oldest) = state.order.pop_front() else { break };
            state.size -= state.bytes.remove(&oldest).map_or(0, |bytes| bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go() {
        let kept = FileCache::default();
        for number in 0..4_u8 {
            kept.keep([number; 32], &vec![number; 10].into(), 25);
            kept.keep([number; 32], &vec![number; 10].into(), 25);
        }
        let there: Vec<bool> = (0..4_u8).map(|number| kept.get(&[number; 32]).is_some()).collect();
        assert_eq!(there, [false, false, true, true]);
    }
}
