//! Names of people as texts have them.

mod labelled;
mod nickname;
mod reader;
mod squeezed;

use crate::dictionary::Dictionary;
use crate::text::Word;
use labelled::labelled;
use nickname::without_nicknames;
use reader::Reader;

/// A place where somebody may be named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub start: usize,
    pub end: usize,
    /// Where it ends, with a possessive.
    pub full_end: usize,
    pub name: String,
    pub possessive: bool,
    pub sort: Sort,
}

/// What tells that it is a name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a piece of evidence")]
pub(crate) struct Sort {
    /// The site knows the person.
    pub own: bool,
    /// Its first word is a given name.
    pub given: bool,
    /// Its last word is a surname.
    pub surname: bool,
    /// One of its words is an everyday one.
    pub odd: bool,
    /// It was written as one word.
    pub squeezed: bool,
    /// It stands behind a word for speakers.
    pub labelled: bool,
    /// It is one word, which may be short for a name of the text.
    pub single: bool,
}

/// Names of one block. `lower` tells of a word whether the text has it in small letters as well.
pub(super) fn named(
    text: &str,
    words: &[Word<'_>],
    dictionary: &Dictionary,
    lower: &dyn Fn(&str) -> bool,
) -> Vec<Named> {
    let plain = without_nicknames(text, words);
    let words = plain.as_deref().unwrap_or(words);
    let reader = Reader { text, words, dictionary, lower };
    let mut found = labelled(text);
    let mut at = 0;
    while at < words.len() && found.len() < 2_000 {
        let (length, named) = reader.at(at);
        found.extend(named);
        at += length.max(1);
    }
    found
}
