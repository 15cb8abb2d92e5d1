//! Postings as text: which documents have a word, and how much it weighs in each.
//!
//! A list of postings is a row of bits, six to a sign of [`SIGNS`]. The first sign says how many low bits of a number are written
//! as they are. Of each document the difference to the one before, less one, follows: what is above the low bits as so many ones
//! and a zero, then the low bits (a Rice code), then three bits for the weight. The last sign is filled up with ones.

use super::shards::{Group, Shards};
use crate::words::bodies::beginning;
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// The signs of six bits: none has a meaning in JSON.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bits of a weight.
pub(crate) const WEIGHT_BITS: u32 = 3;
/// The largest weight.
pub(crate) const HEAVIEST: u8 = (1 << WEIGHT_BITS) - 1;

/// What stands before the postings of a word of which some are left out, and how many there were.
const CUT: char = '.';

/// The sign of six bits.
fn sign(bits: u32) -> char {
    SIGNS.get(bits as usize & 63).map_or('A', |sign| char::from(*sign))
}

/// Writes a number in digits of five bits, the lowest first; all but the last have the sixth bit.
fn push_number(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(sign(32 | (number & 31)));
        number >>= 5;
    }
    text.push(sign(number));
}

/// A document's number and the weight of a word in it, which takes the low bits.
pub(crate) fn posting(number: u32, weight: u8) -> u32 {
    (number << WEIGHT_BITS) | u32::from(weight & HEAVIEST)
}

/// Bits on their way to text.
struct Bits<'t> {
    text: &'t mut String,
    /// Bits that are no whole sign yet, and how many these are.
    waiting: u64,
    count: u32,
}

impl Bits<'_> {
    /// Adds the low bits of a number, at most 32.
    fn push(&mut self, number: u32, count: u32) {
        self.waiting = (self.waiting << count) | (u64::from(number) & ((1 << count) - 1));
        self.count += count;
        while self.count >= 6 {
            self.count -= 6;
            let six = (self.waiting >> self.count) & 63;
            self.text.push(sign(u32::try_from(six).unwrap_or_default()));
        }
    }

    fn ones(&mut self, mut count: u32) {
        while count > 0 {
            let some = count.min(24);
            self.push(u32::MAX, some);
            count -= some;
        }
    }

    fn done(mut self) {
        let lacking = (6 - self.count % 6) % 6;
        self.ones(lacking);
    }
}

/// Writes postings that are in order.
fn push_postings(text: &mut String, all: &[u32]) {
    let Some(last) = all.last() else { return };
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let gap = (last >> WEIGHT_BITS) / count;
    let low = (gap / 10 * 7 + gap % 10 * 7 / 10).max(1).ilog2();
    text.push(sign(low));
    let mut bits = Bits { text, waiting: 0, count: 0 };
    let mut next = 0;
    for posting in all {
        let number = posting >> WEIGHT_BITS;
        let step = number.saturating_sub(next);
        bits.ones(step >> low);
        bits.push(0, 1);
        bits.push(step, low);
        bits.push(*posting, WEIGHT_BITS);
        next = number.saturating_add(1);
    }
    bits.done();
}

/// Words of one chunk that belong to the shards of a band. Documents are counted from 0 within the chunk.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Part {
    /// The words, each with a line break behind, in the order of shards and then of themselves.
    pub words: String,
    /// The shard of each word and how many postings it has.
    pub entries: Vec<(u16, u32)>,
    /// The postings of all of them.
    pub postings: Vec<u32>,
}

/// Files of a band.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Band {
    /// The text of each shard.
    pub shards: Vec<Arc<str>>,
    /// Words that are common, in order.
    pub common: Vec<Box<str>>,
}

/// A word of a part.
struct Entry<'p> {
    shard: u16,
    beginning: u64,
    word: &'p str,
    chunk: u32,
    postings: &'p [u32],
}

/// How much of texts is kept: see [`Layout`](super::layout::Layout).
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// Documents of a word that is not too common.
    pub common: usize,
    /// Documents of a word that is kept whole.
    pub most: usize,
}

/// The shards of a band, of the parts of all chunks in order. Document `n` of chunk `c` is number `n * chunks + c`.
pub(crate) fn band(parts: &[Arc<Part>], shards: Shards, of: Range<u16>, bounds: Bounds) -> Band {
    let chunks = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let mut entries: Vec<Entry<'_>> = Vec::with_capacity(parts.iter().map(|part| part.entries.len()).sum());
    for (chunk, part) in (0..).zip(parts) {
        let mut rest = part.postings.as_slice();
        for (word, (shard, count)) in part.words.lines().zip(&part.entries) {
            let (postings, after) = rest.split_at_checked(*count as usize).unwrap_or_default();
            rest = after;
            entries.push(Entry { shard: *shard, beginning: beginning(word), word, chunk, postings });
        }
    }
    // The parts are in order, which this way of sorting makes use of.
    entries.sort_by(|a, b| (a.shard, a.beginning, a.word).cmp(&(b.shard, b.beginning, b.word)));
    let mut band = Band::default();
    let mut texts = vec![String::new(); of.len()];
    let mut before = ("", 0);
    let mut all: Vec<u32> = Vec::new();
    for same in entries.chunk_by(|a, b| a.word == b.word && a.shard == b.shard) {
        let Some(Entry { shard, word, .. }) = same.first() else { continue };
        let Some(text) = texts.get_mut(usize::from(shard.saturating_sub(of.start))) else { continue };
        all.clear();
        for entry in same {
            let renumbered = |one: &u32| {
                let number = (one >> WEIGHT_BITS).wrapping_mul(chunks).wrapping_add(entry.chunk);
                (number << WEIGHT_BITS) | (one & u32::from(HEAVIEST))
            };
            all.extend(entry.postings.iter().map(renumbered));
        }
        let count = all.len();
        let is_text = shards.group(*shard) == Group::Texts;
        if is_text && count > bounds.common {
            band.common.push((*word).into());
            continue;
        }
        let is_cut = is_text && count > bounds.most;
        if is_cut {
            // Those that weigh most, and of equals those with the lower numbers.
            let order = |one: &u32| (Reverse(one & u32::from(HEAVIEST)), *one);
            all.select_nth_unstable_by_key(bounds.most, order);
            all.truncate(bounds.most);
        }
        all.sort_unstable();
        let last = if before.1 == *shard { before.0 } else { "" };
        let shared = word.chars().zip(last.chars()).take_while(|(a, b)| a == b).take(63);
        let (letters, bytes) =
            shared.fold((0, 0), |(letters, bytes), (letter, _)| (letters + 1, bytes + letter.len_utf8()));
        let gap = if text.is_empty() { "" } else { " " };
        // Writing to a String cannot fail.
        let _ = write!(text, "{gap}{}{} ", sign(letters), word.get(bytes..).unwrap_or_default());
        if is_cut {
            text.push(CUT);
            push_number(text, u32::try_from(count).unwrap_or(u32::MAX));
        }
        push_postings(text, &all);
        before = (*word, *shard);
    }
    band.shards =
        texts.into_iter().map(|text| format!("{}\n", serde_json::Value::from(text)).into()).collect();
    band.common.sort_unstable();
    band
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list of postings as `engine.js` does.
    fn read(text: &str) -> Vec<(u32, u8)> {
        let value = |sign: u8| (0..64).zip(SIGNS).find(|(_, one)| **one == sign).expect("a sign").0;
        let mut bits =
            text.bytes().skip(1).flat_map(|sign| (0..6).rev().map(move |at| (value(sign) >> at) & 1));
        let low = value(text.as_bytes()[0]);
        let number = |count: u32, bits: &mut dyn Iterator<Item = u32>| {
            (0..count).fold(0_u32, |number, _| (number << 1) | bits.next().expect("a bit"))
        };
        let (mut all, mut next) = (Vec::new(), 0);
        loop {
            let mut high = 0;
            loop {
                match bits.next() {
                    None => return all,
                    Some(0) => break,
                    Some(_) => high += 1,
                }
            }
            let found = next + ((high << low) | number(low, &mut bits));
            all.push((found, u8::try_from(number(WEIGHT_BITS, &mut bits)).expect("three bits")));
            next = found + 1;
        }
    }

    #[test]
    fn numbers_come_back() {
        let lists: [&[(u32, u8)]; 5] = [
            &[(0, 0)],
            &[(0, 7), (1, 3), (2, 5)],
            &[(400_000, 4)],
            &[(7, 1), (35_000, 2)],
            &[(0, 0), (1, 6), (33, 5), (34, 3), (5000, 1), (500_000, 7)],
        ];
        for list in lists {
            let postings: Vec<u32> = list.iter().map(|(number, weight)| posting(*number, *weight)).collect();
            let mut text = String::new();
            push_postings(&mut text, &postings);
            assert_eq!(read(&text), list, "{text}");
        }
        let mut text = String::new();
        push_number(&mut text, 4096 + 31);
        assert_eq!(text, "_gE");
    }

    #[test]
    fn a_shard_is_the_same_however_it_was_cut() {
        let part = |words: &[(&str, &[(u32, u8)])]| {
            let mut part = Part::default();
            for (word, all) in words {
                part.words += &format!("{word}\n");
                part.entries.push((2, u32::try_from(all.len()).expect("few")));
                part.postings.extend(all.iter().map(|(number, weight)| posting(*number, *weight)));
            }
            Arc::new(part)
        };
        let parts =
            [part(&[("kube", &[(0, 3)]), ("kubectl", &[(2, 5)])]), part(&[("kube", &[(1, 4), (2, 1)])])];
        let of = |common, most| {
            let band = band(&parts, Shards::new([1; 4]), 2..3, Bounds { common, most });
            let text: String = serde_json::from_str(&band.shards[0]).expect("JSON");
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            (words, band.common)
        };
        let (words, common) = of(10, 10);
        // kube: number 0 with 3, number 3 with 4, number 5 with 1; kubectl: number 4.
        assert_eq!((words[0].as_str(), words[2].as_str(), common.len()), ("Akube", "Ectl", 0));
        assert_eq!(read(&words[1]), [(0, 3), (3, 4), (5, 1)]);
        assert_eq!(read(&words[3]), [(4, 5)]);
        let (words, _) = of(10, 2);
        assert_eq!(read(words[1].strip_prefix(".D").expect("it is cut")), [(0, 3), (3, 4)]);
        let (words, common) = of(2, 2);
        assert_eq!((words[0].as_str(), &*common[0]), ("Akubectl", "kube"));
        assert_eq!(
            band(&[], Shards::new([1; 4]), 0..1, Bounds { common: 1, most: 1 }).shards,
            ["\"\"\n".into()]
        );
    }
}
