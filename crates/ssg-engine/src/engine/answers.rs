//! Answers that are kept for whoever asks next, within bounds.
//!
//! An answer may tell how large it is. Those that do are kept as long as all of them together are no larger
//! than the program's snapshot allows; what is more is computed anew for each who asks.
//!
//! An answer that was given in this build, or found to be what it was, is final: whoever asks again gets it
//! from here, and the graph is not looked at.

use super::Asked;
use crate::graph::ByDigest;
use ssg_source::Digest;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Parts of the table, so that threads seldom wait for each other.
const SHARDS: usize = 16;

type Shard = ByDigest<Kept>;

struct Kept {
    asked: Asked,
    size: usize,
    /// The build that has made it or found it the same.
    build: u64,
}

/// The table.
pub(super) struct Answers {
    shards: Box<[Mutex<Shard>]>,
    /// How large all are.
    size: AtomicUsize,
}

impl Default for Answers {
    fn default() -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { shards, size: AtomicUsize::new(0) }
    }
}

impl Answers {
    fn shard(&self, key: Digest) -> MutexGuard<'_, Shard> {
        self.shards[usize::from(key.first_byte()) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer that this build has given or confirmed.
    pub(super) fn get(&self, key: Digest, build: u64) -> Option<Asked> {
        self.shard(key).get(&key).filter(|kept| kept.build == build).map(|kept| kept.asked.clone())
    }

    /// The answer, which is known to be the one of this build, where its query's node has this number.
    pub(super) fn confirm(&self, key: Digest, build: u64, number: u32) -> Option<Asked> {
        let mut shard = self.shard(key);
        let kept = shard.get_mut(&key)?;
        kept.build = build;
        kept.asked.number = number;
        Some(kept.asked.clone())
    }

    /// Keeps an answer of a size, unless all would be larger than `most`. What was kept in its place goes.
    pub(super) fn keep(&self, key: Digest, asked: Asked, build: u64, size: usize, most: usize) {
        let mut shard = self.shard(key);
        self.forget(shard.remove(&key).as_ref());
        let fits = |sum: usize| sum.checked_add(size).filter(|sum| size == 0 || *sum <= most);
        if self.size.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits).is_ok() {
            shard.insert(key, Kept { asked, size, build });
        }
    }

    pub(super) fn remove(&self, key: Digest) {
        self.forget(self.shard(key).remove(&key).as_ref());
    }

    fn forget(&self, one: Option<&Kept>) {
        if let Some(kept) = one {
            self.size.fetch_sub(kept.size, Ordering::Relaxed);
        }
    }

    /// Keeps only the answers for whose keys this holds.
    pub(super) fn retain(&mut self, is_wanted: impl Fn(&Digest) -> bool) {
        let mut left = 0_usize;
        for shard in &mut self.shards {
            let shard = shard.get_mut().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|key, _| is_wanted(key));
            left += shard.values().map(|kept| kept.size).sum::<usize>();
        }
        self.size = AtomicUsize::new(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn key(number: usize) -> Digest {
        Digest::of_bytes(&number.to_le_bytes())
    }

    fn asked(number: usize) -> Asked {
        Asked { number: 0, answer: Arc::new(number), found: None, distrusted: false }
    }

    #[test]
    fn answers_are_kept_up_to_a_size() {
        let mut answers = Answers::default();
        let keep = |answers: &Answers, number: usize, size: usize| {
            answers.keep(key(number), asked(number), 1, size, 10);
            answers.get(key(number), 1).is_some()
        };
        assert!(keep(&answers, 1, 6) && keep(&answers, 2, 4) && keep(&answers, 3, 0));
        assert!(!keep(&answers, 4, 1));
        // In its own place there is room, unless it has grown too much.
        assert!(keep(&answers, 1, 5) && keep(&answers, 4, 1));
        assert!(!keep(&answers, 2, 5) && !keep(&answers, 5, usize::MAX));
        assert!(keep(&answers, 5, 4));
        answers.remove(key(5));
        assert!(keep(&answers, 6, 4) && !keep(&answers, 7, 1));
        answers.retain(|known| *known == key(4) || *known == key(3));
        assert!(keep(&answers, 8, 9) && answers.get(key(3), 1).is_some() && answers.get(key(1), 1).is_none());
    }

    #[test]
    fn an_answer_of_an_earlier_build_is_given_once_it_is_confirmed() {
        let answers = Answers::default();
        answers.keep(key(1), asked(1), 1, 0, 10);
        assert!(answers.get(key(1), 1).is_some() && answers.get(key(1), 2).is_none());
        assert!(answers.confirm(key(1), 2, 7).is_some() && answers.confirm(key(2), 2, 7).is_none());
        // Nodes have other numbers after a sweep.
        assert_eq!(answers.get(key(1), 2).map(|asked| asked.number), Some(7));
    }
}
