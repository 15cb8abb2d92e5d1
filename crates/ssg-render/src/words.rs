//! Words of texts, folded so that a reader's spelling finds an author's. `engine.js` does the same with a query, so what is
//! changed here is changed there, and in the table that both are tested with (`words/table.json`).
//!
//! A text is put into lower case, decomposed by compatibility (so width and ligatures go), freed of marks and composed. A word
//! is a run of letters and digits; `+` and `#` stay behind one letter or two (`c++`, `f#`). Scripts that put no spaces between words give
//! pairs of letters that stand side by side.

pub(crate) mod bodies;
mod counter;
pub(crate) mod ids;
mod text;

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word in bytes; what is longer is no word, but a key or a picture.
const LONGEST: usize = 40;

/// Letters without a decomposition that are written as others where a keyboard lacks them.
const ALIKE: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('ı', "i"),
    ('þ', "th"),
    ('ς', "σ"),
];

/// Folds a text.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let lower = text.chars().flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase);
    for letter in lower.filter(|letter| !is_combining_mark(*letter)) {
        match ALIKE.iter().find(|(one, _)| *one == letter) {
            Some((_, other)) => folded.push_str(other),
            None => folded.push(letter),
        }
    }
    folded.nfc().collect()
}

/// What a byte is to a word, as bits.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const BEYOND_ASCII: u8 = 4;
const SPACE: u8 = 8;
/// Bytes of words.
const PART: u8 = LOWER | UPPER | BEYOND_ASCII;

/// Every byte of a site is looked up here.
const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => LOWER,
            b'A'..=b'Z' => UPPER,
            128.. => BEYOND_ASCII,
            _ if byte.is_ascii_whitespace() => SPACE,
            _ => 0,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// Calls `each` with every word of a text, folded, and whether only what is no space parts it from the word before.
pub(crate) fn words(text: &str, each: &mut impl FnMut(&str, bool)) {
    let bytes = text.as_bytes();
    let mut lower = String::new();
    let (mut at, mut is_joined) = (0, false);
    while let Some(byte) = bytes.get(at) {
        let class = BYTES[usize::from(*byte)];
        if class & PART == 0 {
            is_joined &= class & SPACE == 0;
            at += 1;
            continue;
        }
        let start = at;
        let (length, seen) = run(bytes.get(start..).unwrap_or_default());
        at = start + length;
        let end = at + signs(bytes, start..at);
        let run = text.get(start..end).unwrap_or_default();
        at = end;
        if seen & BEYOND_ASCII != 0 {
            of_folded(&fold(run), &mut is_joined, each);
            continue;
        }
        if run.len() <= LONGEST {
            if seen & UPPER == 0 {
                each(run, is_joined);
            } else {
                lower.clear();
                lower.push_str(run);
                lower.make_ascii_lowercase();
                each(&lower, is_joined);
            }
        }
        is_joined = true;
    }
}

/// How many bytes of words bytes begin with, and whether there are capitals among them and what is beyond ASCII.
fn run(bytes: &[u8]) -> (usize, u8) {
    let (mut length, mut seen) = (0, 0);
    while let Some(eight) = bytes.get(length..).and_then(<[u8]>::first_chunk) {
        let (parts, upper, beyond) = classes(u64::from_le_bytes(*eight));
        let count = (!parts & HIGH).trailing_zeros() / 8;
        let within = u64::MAX.checked_shl(8 * count).map_or(u64::MAX, |behind| !behind);
        seen |= if upper & within == 0 { 0 } else { UPPER };
        seen |= if beyond & within == 0 { 0 } else { BEYOND_ASCII };
        length += count as usize;
        if count < 8 {
            return (length, seen);
        }
    }
    for byte in bytes.get(length..).unwrap_or_default() {
        let class = BYTES[usize::from(*byte)] & PART;
        if class == 0 {
            break;
        }
        seen |= class & !LOWER;
        length += 1;
    }
    (length, seen)
}

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Which of eight bytes are of words, capitals, and beyond ASCII, each as its highest bit.
fn classes(bytes: u64) -> (u64, u64, u64) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = bytes & !HIGH;
    // No sum is larger than a byte.
    let is_from = |bytes: u64, first: u8| bytes + EACH * u64::from(0x80 - first);
    let is_within = |bytes, first, last: u8| is_from(bytes, first) & !is_from(bytes, last + 1);
    let letters = is_within(low | (EACH * 0x20), b'a', b'z');
    let beyond = bytes & HIGH;
    let parts = (letters | is_within(low, b'0', b'9') | beyond) & HIGH;
    (parts, letters & !(bytes << 2) & !beyond & HIGH, beyond)
}

/// How many signs of a language's name follow a run of letters: those of `c++` and `f#`.
fn signs(bytes: &[u8], run: Range<usize>) -> usize {
    if run.len() > 2 {
        return 0;
    }
    let after = bytes.get(run.end..).unwrap_or_default();
    let count = after.iter().take_while(|byte| matches!(byte, b'+' | b'#')).count();
    let goes_on = after.get(count).is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    if count > 2 || goes_on { 0 } else { count }
}

/// What a letter is to a word.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Word,
    /// Of a script without spaces between words.
    Unspaced,
    Other,
}

fn class(letter: char) -> Class {
    if matches!(letter, '+' | '#') {
        Class::Word
    } else if !letter.is_alphanumeric() {
        Class::Other
    } else if is_unspaced(letter) {
        Class::Unspaced
    } else {
        Class::Word
    }
}

/// Chinese, Japanese, Thai, Lao, Burmese, Khmer.
pub(crate) fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// Words of what is folded.
fn of_folded(text: &str, is_joined: &mut bool, each: &mut impl FnMut(&str, bool)) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = class(first);
        let end = rest.find(|letter| class(letter) != kind).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match kind {
            Class::Other => *is_joined &= !run.contains(char::is_whitespace),
            Class::Word => {
                if run.len() <= LONGEST {
                    each(run, *is_joined);
                }
                *is_joined = true;
            }
            Class::Unspaced => {
                pairs(run, each);
                *is_joined = false;
            }
        }
    }
}

/// Pairs of letters side by side; a letter that stands alone is a word.
fn pairs(run: &str, each: &mut impl FnMut(&str, bool)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    if starts.len() == 2 {
        return each(run, false);
    }
    for three in starts.windows(3) {
        if let [start, _, end] = three {
            each(run.get(*start..*end).unwrap_or_default(), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, &mut |word, _| all.push(word.to_owned()));
        all
    }

    /// The same table is read by the test of `engine.js`.
    #[test]
    fn words_are_those_of_the_table() {
        let table: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("words/table.json")).expect("the table is JSON");
        assert!(table.len() > 15);
        for (text, expected) in table {
            assert_eq!(of(&text), expected, "{text}");
        }
    }

    #[test]
    fn runs_end_where_bytes_say_so() {
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                let mut bytes = *b"az09AZmq7zzz9AAAb\xffyy";
                bytes[at] = byte;
                let end = bytes.iter().position(|byte| BYTES[usize::from(*byte)] & PART == 0);
                let end = end.unwrap_or(bytes.len());
                let all = bytes[..end].iter().fold(0, |seen, byte| seen | BYTES[usize::from(*byte)]);
                assert_eq!(run(&bytes), (end, all & (UPPER | BEYOND_ASCII)), "{byte} at {at}");
            }
        }
    }

    #[test]
    fn what_no_space_parts_is_told() {
        let joined = |text: &str| {
            let mut all = Vec::new();
            words(text, &mut |word, is_joined| all.push((word.to_owned(), is_joined)));
            all.into_iter().filter(|(_, joined)| *joined).map(|(word, _)| word).collect::<Vec<_>>()
        };
        assert_eq!(joined("Node.js and CI/CD, Ünï-x"), ["js", "cd", "x"]);
        assert!(joined("a b, c").is_empty());
    }
}
