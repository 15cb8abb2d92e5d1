//! Numbers of words: each that is new gets the next one.

use ssg_source::hash::Hashing;
use std::hash::BuildHasher;

/// Slots of an empty table.
const FEW: usize = 1024;

/// A table with open addressing.
pub(crate) struct Ids {
    /// A power of two of slots, each with the tag of a word and its number, counted from one; 0 where there is none. A third of
    /// them is empty.
    slots: Vec<(u64, u32)>,
    count: u32,
    hashing: Hashing,
    /// Other ones in every process, so that no text can be written whose words are all in one slot.
    seeds: [u64; 2],
}

impl Default for Ids {
    fn default() -> Self {
        let hashing = Hashing::default();
        let seeds = [hashing.hash_one(1_u64), hashing.hash_one(2_u64) | 1];
        Self { slots: vec![(0, 0); FEW], count: 0, hashing, seeds }
    }
}

impl Ids {
    /// Forgets all words, and keeps the room for as many as most texts have.
    pub(crate) fn clear(&mut self) {
        self.slots.truncate(FEW);
        self.slots.fill((0, 0));
        self.count = 0;
    }

    /// The number of a word, and whether it is a new one. `is` tells whether it is the word of a number.
    pub(crate) fn of(&mut self, word: &str, is: impl Fn(usize) -> bool) -> (usize, bool) {
        let short = short(word.as_bytes());
        let tag = short.unwrap_or_else(|| self.hashing.hash_one(word) | LONG);
        let mut slot = self.slot(tag);
        while let Some((known, number)) = self.slots.get(slot).copied().filter(|(_, number)| *number > 0) {
            let number = number as usize - 1;
            if known == tag && (short.is_some() || is(number)) {
                return (number, false);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let number = self.count as usize;
        self.count = self.count.saturating_add(1);
        if let Some(place) = self.slots.get_mut(slot) {
            *place = (tag, self.count);
        }
        if (number + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        (number, true)
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let before = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for (tag, number) in before.into_iter().filter(|(_, number)| *number > 0) {
            let mut slot = self.slot(tag);
            while self.slots.get(slot).is_some_and(|(_, number)| *number > 0) {
                slot = (slot + 1) & (size - 1);
            }
            if let Some(place) = self.slots.get_mut(slot) {
                *place = (tag, number);
            }
        }
    }

    /// Where a word is looked for first.
    #[expect(clippy::cast_possible_truncation, reason = "both halves and the low bits count")]
    fn slot(&self, tag: u64) -> usize {
        let [one, other] = self.seeds;
        let product = u128::from(tag ^ one) * u128::from(other);
        ((product as u64) ^ ((product >> 64) as u64)) as usize & (self.slots.len() - 1)
    }
}

/// What the tag of a longer word has: a byte that no text has.
const LONG: u64 = 0xff << 56;

/// The tag of a word of up to eight bytes: these, and nulls.
fn short(word: &[u8]) -> Option<u64> {
    let length = word.len();
    let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    match (word.first_chunk(), word.last_chunk()) {
        _ if length > 8 => None,
        (Some(first), Some(last)) => Some(four(first) | (four(last) << (8 * (length - 4)))),
        _ => Some((0..).zip(word).fold(0, |tag, (at, byte)| tag | (u64::from(*byte) << (8 * at)))),
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
        // Long words whose tags were the same are told apart by who has them.
        assert_eq!(ids.of("more than eight", |_| false), (1, true));
        assert_eq!(ids.of("more than eight", |_| false), (2, true));
    }

    #[test]
    fn a_short_word_is_its_bytes() {
        for word in ["a", "ab", "abc", "abcd", "abcde", "abcdefg", "abcdefgh"] {
            let mut bytes = [0; 8];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            assert_eq!(short(word.as_bytes()), Some(u64::from_le_bytes(bytes)), "{word}");
        }
        assert_eq!(short(b"abcdefghi"), None);
    }
}
