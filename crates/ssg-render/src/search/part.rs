//! Words of a chunk on their way to files.

use super::postings::HEAVIEST;
use crate::remembered::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words of one chunk that belong to the shards of a band. Documents are counted from 0 within the chunk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The words, each with a line break behind, in the order of shards and then of themselves.
    pub words: String,
    /// Shards that have some of them, in order, each with how many.
    pub shards: Vec<(u16, u32)>,
    /// Of each word how many postings it has, then these: numbers in groups of seven bits, the lowest first, where all but the
    /// last have the eighth. Of a posting it is the one before that is taken away, but for the weight.
    #[serde(serialize_with = "as_bytes", deserialize_with = "of_bytes")]
    pub postings: Vec<u8>,
}

fn as_bytes<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes)
}

fn of_bytes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    Bytes::deserialize(from).map(|bytes| bytes.0.to_vec())
}

impl Part {
    /// Adds a word of a shard with its postings in order; shards come in order and words within them.
    pub(crate) fn push(&mut self, shard: u16, word: &str, postings: &[u32]) {
        self.words.push_str(word);
        self.words.push('\n');
        match self.shards.last_mut().filter(|(last, _)| *last == shard) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.shards.push((shard, 1)),
        }
        self.number(u32::try_from(postings.len()).unwrap_or(u32::MAX));
        let mut before = 0;
        for posting in postings {
            let number = posting & !u32::from(HEAVIEST);
            self.number(posting.wrapping_sub(before));
            before = number;
        }
    }

    fn number(&mut self, mut number: u32) {
        while number >= 128 {
            self.postings.push(number.to_le_bytes()[0] | 128);
            number >>= 7;
        }
        self.postings.push(number.to_le_bytes()[0]);
    }

    /// The words, each with its shard and the bytes of its postings.
    pub(super) fn words(&self) -> impl Iterator<Item = (u16, &str, &[u8])> {
        let shards = self.shards.iter().flat_map(|(shard, count)| (0..*count).map(|_| *shard));
        let mut rest = self.postings.as_slice();
        shards.zip(self.words.lines()).map(move |(shard, word)| {
            let count = number(&mut rest).unwrap_or_default() as usize;
            let ends = (0..).zip(rest).filter(|(_, byte)| **byte < 128);
            let end = count.checked_sub(1).and_then(|last| ends.map(|(at, _)| at + 1).nth(last));
            let (postings, after) = rest.split_at_checked(end.unwrap_or_default()).unwrap_or_default();
            rest = after;
            (shard, word, postings)
        })
    }
}

/// Takes a number from the beginning of bytes.
pub(super) fn number(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    while let Some((first, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(first & 127).checked_shl(shift).unwrap_or_default();
        shift += 7;
        if *first < 128 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_with_their_shards_and_postings() {
        let mut part = Part::default();
        part.push(3, "boat", &[5, 8 + 1, 8_000 + 7]);
        part.push(3, "sea", &[]);
        part.push(4, "zürich", &[u32::MAX]);
        let words: Vec<_> = part.words().collect();
        assert_eq!(
            words.iter().map(|(shard, word, _)| (*shard, *word)).collect::<Vec<_>>(),
            [(3, "boat"), (3, "sea"), (4, "zürich")]
        );
        let numbers = |mut bytes: &[u8]| std::iter::from_fn(|| number(&mut bytes)).collect::<Vec<_>>();
        // What is left of each when the number of the one before is taken away.
        assert_eq!(
            words.iter().map(|(.., postings)| numbers(postings)).collect::<Vec<_>>(),
            [vec![5, 9, 7_999], vec![], vec![u32::MAX]]
        );
        assert_eq!(number(&mut [255; 9].as_slice()), None);
    }
}
