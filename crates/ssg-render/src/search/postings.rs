//! Postings as text: which documents have a word, and how much it weighs in each.
//!
//! A list of postings is a row of bits, six to a sign of [`SIGNS`]. The first sign says how many low bits of a number are written
//! as they are. Of each document the difference to the one before, less one, follows: what is above the low bits as so many ones
//! and a zero, then the low bits (a Rice code), then three bits for the weight. The last sign is filled up with ones.

use super::part::{Part, number};
use super::shards::{Group, Shards};
use crate::words::bodies::beginning;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// The signs of six bits: none has a meaning in JSON.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bits of a weight.
pub(crate) const WEIGHT_BITS: u32 = 3;
/// The largest weight.
pub(crate) const HEAVIEST: u8 = (1 << WEIGHT_BITS) - 1;

/// What stands before the postings of a word of which some are left out, behind the number of how many there were.
const CUT: char = '.';

/// The sign of six bits.
fn sign(bits: u32) -> char {
    SIGNS.get(bits as usize & 63).map_or('A', |sign| char::from(*sign))
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
        // The zero behind the ones, the low bits, the weight.
        let (low_bits, weight) = (step & ((1 << low) - 1), posting & u32::from(HEAVIEST));
        bits.push((low_bits << WEIGHT_BITS) | weight, 1 + low + WEIGHT_BITS);
        next = number.saturating_add(1);
    }
    bits.done();
}

/// Files of a band.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Band {
    /// The text of each shard.
    pub shards: Vec<Arc<str>>,
    /// Frequent words of texts in order, by how frequent they are: see [`Bounds::frequent`].
    pub frequent: [Vec<Box<str>>; STEPS],
}

/// So many steps of frequent words are told apart.
pub(crate) const STEPS: usize = 4;

/// A word of a part.
struct Entry<'p> {
    shard: u16,
    beginning: u64,
    word: &'p str,
    chunk: u32,
    postings: &'p [u8],
}

/// How much of the index is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bounds {
    /// Words that stand in the texts of more documents than these are frequent, the largest number first: it is known beforehand
    /// that they tell little. Those in more than the first are looked for in names alone.
    pub frequent: [usize; STEPS],
    /// Of a word of texts that more documents have than this, so many are kept: those in which it weighs most.
    pub texts: usize,
    /// Of one of names so many: those with the shortest names.
    pub names: usize,
}

impl Bounds {
    /// Nothing is left out.
    pub(crate) const NONE: Self =
        Self { frequent: [usize::MAX; STEPS], texts: usize::MAX, names: usize::MAX };
}

/// The shards of a band, of the parts of all chunks in order. Document `n` of chunk `c` is number `n * chunks + c`.
pub(crate) fn band(parts: &[Arc<Part>], shards: Shards, of: Range<u16>, bounds: Bounds) -> Band {
    let chunks = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let words = |part: &Arc<Part>| part.shards.iter().map(|(_, count)| *count as usize).sum::<usize>();
    let mut entries: Vec<Entry<'_>> = Vec::with_capacity(parts.iter().map(words).sum());
    for (chunk, part) in (0..).zip(parts) {
        entries.extend(part.words().map(|(shard, word, postings)| Entry {
            shard,
            beginning: beginning(word),
            word,
            chunk,
            postings,
        }));
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
            let (mut rest, mut posting) = (entry.postings, 0_u32);
            while let Some(step) = number(&mut rest) {
                posting = (posting & !u32::from(HEAVIEST)).wrapping_add(step);
                let number = (posting >> WEIGHT_BITS).wrapping_mul(chunks).wrapping_add(entry.chunk);
                all.push((number << WEIGHT_BITS) | (posting & u32::from(HEAVIEST)));
            }
        }
        let count = all.len();
        let group = shards.group(*shard);
        let step = bounds.frequent.iter().position(|bound| count > *bound).filter(|_| group == Group::Texts);
        if let Some(words) = step.and_then(|step| band.frequent.get_mut(step)) {
            words.push((*word).into());
        }
        if step == Some(0) {
            continue;
        }
        let is_cut = cut(&mut all, group, bounds);
        all.sort_unstable();
        let last = if before.1 == *shard { before.0 } else { "" };
        let shared = word.chars().zip(last.chars()).take_while(|(a, b)| a == b).take(63);
        let (letters, bytes) =
            shared.fold((0, 0), |(letters, bytes), (letter, _)| (letters + 1, bytes + letter.len_utf8()));
        if !text.is_empty() {
            text.push(' ');
        }
        text.push(sign(letters));
        text.push_str(word.get(bytes..).unwrap_or_default());
        text.push(' ');
        if is_cut {
            text.push_str(&count.to_string());
            text.push(CUT);
        }
        push_postings(text, &all);
        before = (*word, *shard);
    }
    band.shards =
        texts.into_iter().map(|text| format!("{}\n", serde_json::Value::from(text)).into()).collect();
    band.frequent.iter_mut().for_each(|words| words.sort_unstable());
    band
}

/// Leaves out postings of a word that has too many: of texts those that weigh least, of names the longest, and of equals those with
/// the higher numbers. Whether there were too many.
fn cut(all: &mut Vec<u32>, group: Group, bounds: Bounds) -> bool {
    let (most, way) = match group {
        Group::Texts => (bounds.texts, u32::from(HEAVIEST)),
        Group::Names => (bounds.names, 0),
        Group::Ends | Group::Filters => return false,
    };
    let is_cut = all.len() > most;
    if is_cut {
        all.select_nth_unstable_by_key(most, |one| ((one & u32::from(HEAVIEST)) ^ way, *one));
        all.truncate(most);
    }
    is_cut
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
    }

    #[test]
    fn a_shard_is_the_same_however_it_was_cut() {
        let part = |words: &[(&str, &[(u32, u8)])]| {
            let mut part = Part::default();
            for (word, all) in words {
                let all: Vec<u32> = all.iter().map(|(number, weight)| posting(*number, *weight)).collect();
                part.push(2, word, &all);
            }
            Arc::new(part)
        };
        let parts =
            [part(&[("kube", &[(0, 3)]), ("kubectl", &[(2, 5)])]), part(&[("kube", &[(1, 4), (2, 1)])])];
        let of = |common, texts| {
            let bounds = Bounds { texts, frequent: [common, 3, 2, 1], ..Bounds::NONE };
            let band = band(&parts, Shards::new([1; 4]), 2..3, bounds);
            let text: String = serde_json::from_str(&band.shards[0]).expect("JSON");
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            (words, band.frequent)
        };
        let (words, frequent) = of(10, 10);
        // kube: number 0 with 3, number 3 with 4, number 5 with 1; kubectl: number 4.
        assert_eq!((words[0].as_str(), words[2].as_str()), ("Akube", "Ectl"));
        assert_eq!(frequent, [vec![], vec![], vec!["kube".into()], vec![]]);
        assert_eq!(read(&words[1]), [(0, 3), (3, 4), (5, 1)]);
        assert_eq!(read(&words[3]), [(4, 5)]);
        let (words, ..) = of(10, 2);
        assert_eq!(read(words[1].strip_prefix("3.").expect("it is cut")), [(0, 3), (3, 4)]);
        let (words, frequent) = of(2, 2);
        assert_eq!((words[0].as_str(), &*frequent[0][0]), ("Akubectl", "kube"));
        assert_eq!(band(&[], Shards::new([1; 4]), 0..1, Bounds::NONE).shards, ["\"\"\n".into()]);
    }

    #[test]
    fn what_is_left_out_weighs_least_or_has_the_longest_name() {
        let all = [posting(1, 3), posting(2, 5), posting(3, 3), posting(4, 0)];
        let of = |group| {
            let (mut all, bounds) = (all.to_vec(), Bounds { texts: 2, names: 2, ..Bounds::NONE });
            let is_cut = cut(&mut all, group, bounds);
            all.sort_unstable();
            (is_cut, all.iter().map(|one| one >> WEIGHT_BITS).collect::<Vec<_>>())
        };
        assert_eq!((of(Group::Texts), of(Group::Names)), ((true, vec![1, 2]), (true, vec![1, 4])));
        assert_eq!(of(Group::Ends), (false, vec![1, 2, 3, 4]));
    }
}
