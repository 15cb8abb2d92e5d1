//! Numbers of words: each that is new gets the next one.
//!
//! A word of up to sixteen bytes, as nearly all are, is compared and hashed as one number, its *tag*.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use ssg_source::hash::{HashMap, Hashing};
use std::hash::BuildHasher;
use std::ops::Range;

/// Longest word that is a tag, in bytes.
const SHORT: usize = 16;
/// The highest bit of each byte of a tag.
const HIGH: u128 = u128::MAX / 0xff * 0x80;

/// The bytes of a short word as a number, the first one the lowest, behind them nulls. No word has a null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Tag(u128);

impl Tag {
    /// The tag of the word that bytes begin with and that has so many of them, `None` of a long one. It is faster where sixteen bytes
    /// are there, whatever stands behind the word.
    pub(crate) fn of(bytes: &[u8], length: usize) -> Option<Self> {
        let own = MASKS.get(length)?;
        let sixteen = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut sixteen = [0; SHORT];
            for (to, from) in sixteen.iter_mut().zip(bytes) {
                *to = *from;
            }
            sixteen
        });
        Some(Self(u128::from_le_bytes(sixteen) & own))
    }

    /// Whether all letters are of ASCII.
    pub(crate) fn is_ascii(self) -> bool {
        self.0 & HIGH == 0
    }

    /// Whether it begins with a digit of ASCII.
    pub(crate) fn begins_with_digit(self) -> bool {
        self.0.to_le_bytes()[0].is_ascii_digit()
    }

    /// Adds the word behind a text.
    pub(crate) fn push_to(self, text: &mut Vec<u8>) {
        let end = text.len() + self.length();
        text.extend_from_slice(&self.0.to_le_bytes());
        text.truncate(end);
    }

    /// Bytes of the word.
    pub(crate) fn length(self) -> usize {
        SHORT - self.0.leading_zeros() as usize / 8
    }
}

/// Of each length the bytes of a tag.
const MASKS: [u128; SHORT + 1] = {
    let mut masks = [u128::MAX; SHORT + 1];
    let mut length = 0;
    while length < SHORT {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// Numbers of words.
#[derive(Default)]
pub(crate) struct Ids {
    /// Numbers of short words by their tags.
    short: HashTable<u32>,
    /// The tag of each number, nothing for a long word.
    tags: Vec<Tag>,
    long: HashMap<Box<str>, u32>,
    /// Other hashes in every process, so that no text can be written whose words are all in one slot.
    hashing: Hashing,
}

impl Ids {
    /// The number of a short word, and whether it is a new one.
    pub(crate) fn of_tag(&mut self, tag: Tag) -> (usize, bool) {
        let Self { short, tags, hashing, .. } = self;
        let of_id = |id: &u32| tags.get(*id as usize).copied().unwrap_or_default();
        match short.entry(hashing.hash_one(tag), |id| of_id(id) == tag, |id| hashing.hash_one(of_id(id))) {
            Entry::Occupied(known) => (*known.get() as usize, false),
            Entry::Vacant(place) => {
                let id = tags.len();
                place.insert(u32::try_from(id).unwrap_or(u32::MAX));
                tags.push(tag);
                (id, true)
            }
        }
    }

    /// The number of a word, and whether it is a new one.
    pub(crate) fn of(&mut self, word: &str) -> (usize, bool) {
        if let Some(tag) = Tag::of(word.as_bytes(), word.len()) {
            return self.of_tag(tag);
        }
        if let Some(id) = self.long.get(word) {
            return (*id as usize, false);
        }
        let id = self.tags.len();
        self.tags.push(Tag::default());
        self.long.insert(word.into(), u32::try_from(id).unwrap_or(u32::MAX));
        (id, true)
    }

    /// All words by their numbers, one behind the other in a text, each with where it is.
    pub(crate) fn spelled(&self) -> (String, Vec<Range<usize>>) {
        let mut long: Vec<(u32, &str)> = self.long.iter().map(|(word, id)| (*id, &**word)).collect();
        long.sort_unstable();
        let mut long = long.into_iter().peekable();
        let mut text = Vec::with_capacity(self.tags.len() * SHORT / 2);
        let places = (0..).zip(&self.tags).map(|(id, tag)| {
            let start = text.len();
            match long.next_if(|(of, _)| *of == id) {
                Some((_, word)) => text.extend_from_slice(word.as_bytes()),
                None => tag.push_to(&mut text),
            }
            start..text.len()
        });
        let places = places.collect();
        // All of it are words, so nothing of it is passed over.
        (String::from_utf8(text).unwrap_or_default(), places)
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
                assert_eq!(ids.of(word), (at, round == 0), "{word}");
            }
        }
        let (text, places) = ids.spelled();
        assert!(places.iter().zip(&words).all(|(place, word)| text.get(place.clone()) == Some(word)));
        assert_eq!(places.len(), words.len());
    }

    #[test]
    fn a_tag_is_the_word_whatever_stands_behind_it() {
        for word in ["", "a", "boat", "eightsev", "zürich", "sixteen-letters-"] {
            let tag = Tag::of(word.as_bytes(), word.len()).expect("it is short");
            let with_more = format!("{word} and more that stands behind it");
            assert_eq!(Tag::of(with_more.as_bytes(), word.len()), Some(tag));
            assert_eq!((tag.length(), tag.is_ascii()), (word.len(), word.is_ascii()));
            let mut text = b"x".to_vec();
            tag.push_to(&mut text);
            assert_eq!(text, format!("x{word}").as_bytes());
        }
        assert_eq!(Tag::of(b"more than sixteen", 17), None);
    }
}
