//! Words of texts, folded so that a reader's spelling finds an author's. `engine.js` does the same with a query, so what is
//! changed here is changed there, and in the table that both are tested with (`words/table.json`).
//!
//! A text is put into lower case, decomposed by compatibility (so width and ligatures go), freed of marks and composed. A word
//! is a run of letters and digits; `+` and `#` stay behind one letter or two (`c++`, `f#`). Scripts that put no spaces between words give
//! pairs of letters that stand side by side.

pub(crate) mod bodies;
mod html;
pub(crate) mod ids;
mod runs;
mod text;

use runs::{is_part, runs};
use std::borrow::Cow;
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
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
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

/// Calls `each` with every word of a text, folded, and whether only what is no space parts it from the word before.
pub(crate) fn words(text: &str, each: &mut impl FnMut(&str, bool)) {
    let has_capitals = text.bytes().any(|byte| byte.is_ascii_uppercase());
    let text = if has_capitals { Cow::from(text.to_ascii_lowercase()) } else { text.into() };
    let bytes = text.as_bytes();
    let (mut behind, mut is_joined) = (0, false);
    runs(bytes, |start, end| {
        let between = bytes.get(behind..start).unwrap_or_default();
        is_joined &= !between.iter().any(u8::is_ascii_whitespace);
        behind = words_of_run(&text, start..end, &mut is_joined, each);
    });
}

/// Calls `each` with the words of a run of a text that has no capitals of ASCII, and gives where they end: signs may follow the run.
fn words_of_run(
    text: &str,
    run: Range<usize>,
    is_joined: &mut bool,
    each: &mut impl FnMut(&str, bool),
) -> usize {
    let bytes = text.as_bytes();
    let inner = without_marks(bytes, run.clone());
    let signs = signs(bytes, inner.clone());
    let end = run.end.max(inner.end + signs);
    let run = text.get(inner.start..inner.end + signs).unwrap_or_default();
    if run.is_empty() {
        return end;
    }
    if !run.is_ascii() {
        of_folded(&fold(run), is_joined, each);
        return end;
    }
    if run.len() <= LONGEST {
        each(run, *is_joined);
    }
    *is_joined = true;
    end
}

/// Whether bytes begin with a dash, a quotation mark, a bullet or an ellipsis: a character from U+2010 to U+2027.
fn begins_with_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0x90..=0xa7, ..])
}

/// A run of bytes without the quotation marks and dashes around it.
fn without_marks(bytes: &[u8], mut run: Range<usize>) -> Range<usize> {
    let is_mark = |from: usize, run: &Range<usize>| {
        from >= run.start && from + 3 <= run.end && begins_with_mark(bytes.get(from..).unwrap_or_default())
    };
    while is_mark(run.start, &run) {
        run.start += 3;
    }
    while run.end.checked_sub(3).is_some_and(|from| is_mark(from, &run)) {
        run.end -= 3;
    }
    run
}

/// How many signs of a language's name follow a run of letters: those of `c++` and `f#`.
fn signs(bytes: &[u8], run: Range<usize>) -> usize {
    if run.len() > 2 {
        return 0;
    }
    let after = bytes.get(run.end..).unwrap_or_default();
    let count = after.iter().take_while(|byte| matches!(byte, b'+' | b'#')).count();
    let behind = after.get(count..).unwrap_or_default();
    let goes_on = behind.first().is_some_and(|byte| is_part(*byte)) && !begins_with_mark(behind);
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
