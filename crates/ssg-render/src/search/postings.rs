//! Postings as text: which documents have a word, and how much it weighs in each.
//!
//! A number is written in digits of five bits, the lowest first, each as a sign of [`SIGNS`]; all but the last are in the upper
//! half. A posting is the difference to the number before and one sign for the weight. Within a file words are in order, each with
//! how many letters it shares with the one before.

use std::fmt::Write as _;
use std::sync::Arc;

/// The signs of six bits: none has a meaning in JSON.
pub(crate) const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bit of a weight that says that the word stands in the document's name. Below it is how much the word weighs there.
pub(crate) const IN_NAME: u8 = 32;

/// The sign of six bits.
pub(crate) fn sign(bits: u8) -> char {
    SIGNS.get(usize::from(bits & 63)).map_or('A', |sign| char::from(*sign))
}

/// The bits of a sign.
pub(crate) fn bits(sign: u8) -> Option<u8> {
    Some(match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}

fn push_number(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(sign(32 | u8::try_from(number & 31).unwrap_or_default()));
        number >>= 5;
    }
    text.push(sign(u8::try_from(number).unwrap_or_default()));
}

/// Postings on their way to text; numbers come in rising order.
#[derive(Default)]
pub(crate) struct Postings {
    text: String,
    last: u32,
}

impl Postings {
    pub(crate) fn push(&mut self, number: u32, weight: u8) {
        push_number(&mut self.text, number.wrapping_sub(self.last));
        self.text.push(sign(weight));
        self.last = number;
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// Reads postings; ends where the text is none.
pub(crate) fn read(text: &str) -> impl Iterator<Item = (u32, u8)> {
    let mut signs = text.bytes();
    let mut last = 0_u32;
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0_u32, 0_u32);
        loop {
            let digit = u32::from(bits(signs.next()?)?);
            number |= (digit & 31).checked_shl(shift)?;
            shift += 5;
            if digit < 32 {
                break;
            }
        }
        last = last.wrapping_add(number);
        Some((last, bits(signs.next()?)?))
    })
}

/// Words of one chunk that belong to one shard, in order: a line for each, with its postings behind a space. Documents are
/// counted from 0 within the chunk.
pub(crate) type Part = Arc<str>;

/// The text of a shard, of the parts of all chunks in order. Document `n` of chunk `c` is number `n * chunks + c`. What more than
/// `common` documents have is kept only where it stands in names.
pub(crate) fn shard(parts: &[Part], common: usize) -> String {
    let chunks = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let mut words: Vec<(&str, u32, &str)> = Vec::new();
    for (chunk, part) in (0..).zip(parts) {
        words.extend(
            part.lines().filter_map(|line| line.split_once(' ')).map(|(word, all)| (word, chunk, all)),
        );
    }
    // The parts are in order, which this way of sorting makes use of.
    #[expect(clippy::stable_sort_primitive, reason = "it takes runs that are in order as they are")]
    words.sort();
    let mut text = String::new();
    let mut before = "";
    let mut numbers: Vec<(u32, u8)> = Vec::new();
    for same in words.chunk_by(|a, b| a.0 == b.0) {
        let Some((word, ..)) = same.first() else { continue };
        numbers.clear();
        for (_, chunk, all) in same {
            numbers.extend(
                read(all)
                    .map(|(number, weight)| (number.saturating_mul(chunks).saturating_add(*chunk), weight)),
            );
        }
        if numbers.len() > common {
            numbers.retain(|(_, weight)| weight & IN_NAME != 0);
        }
        if numbers.is_empty() {
            continue;
        }
        numbers.sort_unstable();
        let mut postings = Postings::default();
        for (number, weight) in &numbers {
            postings.push(*number, *weight);
        }
        let shared = word.chars().zip(before.chars()).take_while(|(a, b)| a == b).count().min(63);
        let suffix: String = word.chars().skip(shared).collect();
        let gap = if text.is_empty() { "" } else { " " };
        let shared = sign(u8::try_from(shared).unwrap_or_default());
        // Writing to a String cannot fail.
        let _ = write!(text, "{gap}{shared}{suffix} {}", postings.into_text());
        before = word;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let all = [(0, 0), (1, 63), (33, 5), (34, 32), (5000, 1), (u32::MAX, 7)];
        let mut postings = Postings::default();
        for (number, weight) in all {
            postings.push(number, weight);
        }
        assert_eq!(read(&postings.into_text()).collect::<Vec<_>>(), all);
        assert_eq!(read("A").count() + read("g").count() + read("é").count(), 0);
        for bit in 0..64 {
            assert_eq!(bits(u8::try_from(u32::from(sign(bit))).expect("ASCII")), Some(bit));
        }
    }

    #[test]
    fn a_shard_is_the_same_however_it_was_cut() {
        let part = |words: &[(&str, &[(u32, u8)])]| -> Part {
            let line = |(word, all): &(&str, &[(u32, u8)])| {
                let mut postings = Postings::default();
                for (number, weight) in *all {
                    postings.push(*number, *weight);
                }
                format!("{word} {}\n", postings.into_text())
            };
            words.iter().map(line).collect::<String>().into()
        };
        let parts = [part(&[("kube", &[(0, 3)]), ("kubectl", &[(2, 33)])]), part(&[("kube", &[(1, 4)])])];
        // kube: number 0 with 3, number 3 with 4; kubectl: number 4.
        assert_eq!(shard(&parts, 10), "Akube ADDE Ectl Eh");
        assert_eq!(shard(&parts, 1), "Akubectl Eh");
        assert_eq!(shard(&[], 1), "");
    }
}
