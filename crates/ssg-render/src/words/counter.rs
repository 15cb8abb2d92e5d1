//! Counts words, each of which is copied once.

use ssg_source::hash::Hashing;
use std::hash::BuildHasher;

/// Slots of an empty table.
const FEW: usize = 1024;

/// Words with how often each stands in two texts, in the order in which they came.
pub(super) struct Counter {
    /// All words, one behind the other.
    text: String,
    words: Vec<Counted>,
    /// A table with open addressing, a power of two long: a word's number, counted from one, or 0. A third of it is empty.
    slots: Vec<u32>,
    hashing: Hashing,
}

#[derive(Clone, Copy)]
struct Counted {
    hash: u64,
    start: usize,
    end: usize,
    counts: [u32; 2],
}

impl Default for Counter {
    fn default() -> Self {
        Self { text: String::new(), words: Vec::new(), slots: vec![0; FEW], hashing: Hashing::default() }
    }
}

impl Counter {
    /// Forgets all words, and keeps the room for as many as most texts have.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.words.clear();
        self.slots.truncate(FEW * 4);
        self.slots.fill(0);
    }

    /// Counts a word of the first or the second text.
    pub(super) fn count(&mut self, word: &str, field: usize) {
        let hash = self.hashing.hash_one(word);
        let mut slot = self.slot(hash);
        loop {
            let number = self.slots.get(slot).copied().unwrap_or_default() as usize;
            let Some(known) = number.checked_sub(1).and_then(|at| self.words.get_mut(at)) else { break };
            if known.hash == hash && self.text.get(known.start..known.end) == Some(word) {
                if let Some(count) = known.counts.get_mut(field) {
                    *count = count.saturating_add(1);
                }
                return;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let start = self.text.len();
        self.text.push_str(word);
        let mut counts = [0; 2];
        if let Some(count) = counts.get_mut(field) {
            *count = 1;
        }
        self.words.push(Counted { hash, start, end: self.text.len(), counts });
        self.set(slot, self.words.len());
        if self.words.len() * 3 > self.slots.len() * 2 {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        self.slots.clear();
        self.slots.resize(size, 0);
        for at in 0..self.words.len() {
            let Some(word) = self.words.get(at) else { break };
            let mut slot = self.slot(word.hash);
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

    /// Bytes of all words, with a line break for each.
    pub(super) fn size(&self) -> usize {
        self.text.len() + self.words.len()
    }

    /// The words, each with how often it stands in either text.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, [u32; 2])> {
        self.words.iter().map(|word| (self.text.get(word.start..word.end).unwrap_or_default(), word.counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_are_told_apart() {
        let mut counter = Counter::default();
        for round in 0..2 {
            counter.clear();
            let words: Vec<String> = (0..5000).map(|number| format!("w{number}")).collect();
            for word in words.iter().chain(&words) {
                counter.count(word, 0);
            }
            counter.count("w7", 1);
            assert_eq!(counter.words().count(), 5000, "{round}");
            assert!(
                counter.words().zip(&words).all(|((word, counts), other)| word == other && counts[0] == 2)
            );
            assert_eq!(counter.words().nth(7), Some(("w7", [2, 1])));
        }
    }
}
