//! Facets of one kind that were made once, for snapshots that keep them.

use crate::facet::Held;
use foldhash::fast::RandomState;
use ssg_source::Digest;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::{PoisonError, RwLock};

/// Parts of a store, so that threads seldom wait for each other.
const PARTS: usize = 8;

type Part<K, F> = RwLock<HashMap<K, Held<F>, RandomState>>;

/// Facets of one kind by their keys, each made when it is first asked for.
pub struct Store<K, F> {
    hasher: RandomState,
    parts: Box<[Part<K, F>]>,
}

impl<K, F> Default for Store<K, F> {
    fn default() -> Self {
        let hasher = RandomState::default();
        let parts = (0..PARTS).map(|_| RwLock::new(HashMap::with_hasher(hasher.clone()))).collect();
        Self { hasher, parts }
    }
}

impl<K: Clone + Eq + Hash, F> Store<K, F> {
    fn part(&self, key: &K) -> &Part<K, F> {
        let hash = self.hasher.hash_one(key);
        // A map places its entries by other bits.
        &self.parts[usize::from(hash.to_le_bytes()[4]) % PARTS]
    }

    /// The facet of a key. Where two threads make it at the same time, both get the one that was first.
    pub fn get_or_make(&self, key: &K, make: impl FnOnce() -> Held<F>) -> Held<F> {
        let part = self.part(key);
        if let Some(held) = part.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return held.clone();
        }
        // Making one may ask for others of the kind, so nothing is locked meanwhile.
        let held = make();
        part.write().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_insert(held).clone()
    }

    /// The digest of the facet of a key. What is made to tell it is not kept: most facets of a build are
    /// compared with those of the last one, and never read.
    pub fn digest(&self, key: &K, make: impl FnOnce() -> Held<F>) -> Option<Digest> {
        let known = self.part(key).read().unwrap_or_else(PoisonError::into_inner).get(key).map(Held::digest);
        known.unwrap_or_else(|| make().digest())
    }

    /// Forgets one, which is made anew when it is asked for.
    pub fn forget(&mut self, key: &K) {
        self.part(key).write().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Forgets those for whose keys this holds.
    pub fn forget_where(&mut self, is_forgotten: impl Fn(&K) -> bool) {
        for part in &mut self.parts {
            part.get_mut().unwrap_or_else(PoisonError::into_inner).retain(|key, _| !is_forgotten(key));
        }
    }
}
