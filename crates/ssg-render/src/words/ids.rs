//! Numbers of words: each that is new gets the next one.

use ssg_source::hash::Hashing;
use std::hash::BuildHasher;

/// Slots of an empty table.
const FEW: usize = 1024;
/// Slots that are kept for the next text.
const KEPT: usize = 4 * FEW;

/// A word as numbers. One of up to 16 bytes is told by them alone.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    length: usize,
}

impl Key {
    /// Bytes that it has whole.
    const WHOLE: usize = 16;

    fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let length = bytes.len();
        if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            return Self { first: u64::from_le_bytes(*first), last: u64::from_le_bytes(*last), length };
        }
        let first = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_le_bytes(*first)) | (u64::from(u32::from_le_bytes(*last)) << 32)
            }
            _ => bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)),
        };
        Self { first, last: 0, length }
    }
}

/// A table with open addressing.
pub(crate) struct Ids {
    /// The words in the order in which they came, each with its hash.
    keys: Vec<(Key, u64)>,
    /// A power of two of slots: a word's number, counted from one, or 0. A third of them is empty.
    slots: Vec<u32>,
    hashing: Hashing,
    /// Other ones in every process, so that no text can be written whose words are all in one slot.
    seeds: [u64; 2],
}

impl Default for Ids {
    fn default() -> Self {
        let hashing = Hashing::default();
        let seeds = [hashing.hash_one(1_u64), hashing.hash_one(2_u64)];
        Self { keys: Vec::new(), slots: vec![0; FEW], hashing, seeds }
    }
}

impl Ids {
    /// Forgets all words, and keeps the room for as many as most texts have.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
        self.slots.truncate(KEPT);
        self.slots.fill(0);
    }

    /// The number of a word, and whether it is a new one. `is` tells whether it is the word of a number.
    pub(crate) fn of(&mut self, word: &str, is: impl Fn(usize) -> bool) -> (usize, bool) {
        let key = Key::of(word);
        let hash = self.hash(key, word);
        let mut slot = self.slot(hash);
        loop {
            let number = self.slots.get(slot).copied().unwrap_or_default() as usize;
            let Some((known, _)) = number.checked_sub(1).and_then(|at| self.keys.get(at)) else { break };
            if *known == key && (key.length <= Key::WHOLE || is(number - 1)) {
                return (number - 1, false);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.keys.push((key, hash));
        self.set(slot, self.keys.len());
        if self.keys.len() * 3 > self.slots.len() * 2 {
            self.grow();
        }
        (self.keys.len() - 1, true)
    }

    fn hash(&self, key: Key, word: &str) -> u64 {
        if key.length > Key::WHOLE {
            return self.hashing.hash_one(word);
        }
        let [one, other] = self.seeds;
        let product = u128::from(key.first ^ one ^ key.length as u64) * u128::from(key.last ^ other);
        #[expect(clippy::cast_possible_truncation, reason = "both halves count")]
        let folded = (product as u64) ^ ((product >> 64) as u64);
        folded
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(size, 0);
        for at in 0..self.keys.len() {
            let Some((_, hash)) = self.keys.get(at) else { break };
            let mut slot = self.slot(*hash);
            while self.slots.get(slot).is_some_and(|number| *number > 0) {
                slot = (slot + 1) & (size - 1);
            }
            self.set(slot, at + 1);
        }
    }

    fn set(&mut self, slot: usize, number: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = u32::try_from(number).unwrap_or_default();
        }
    }

    /// Where a word is looked for first.
    #[expect(clippy::cast_possible_truncation, reason = "the low bits count")]
    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_length_are_told_apart() {
        let mut ids = Ids::default();
        let mut words: Vec<String> = Vec::new();
        for length in 1..=40 {
            let word = "ab".repeat(20)[..length].to_owned();
            // The same with another byte at each place.
            words.extend((0..length).map(|at| format!("{}z{}", &word[..at], &word[at + 1..])));
            words.push(word);
        }
        words.extend((0..5000).map(|number| format!("w{number}")));
        for round in 0..2 {
            for (at, word) in words.iter().enumerate() {
                assert_eq!(ids.of(word, |id| words[id] == *word), (at, round == 0), "{word}");
            }
        }
        ids.clear();
        assert_eq!(ids.of("w7", |_| false), (0, true));
    }
}
