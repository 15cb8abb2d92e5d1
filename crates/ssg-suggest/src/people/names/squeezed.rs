//! Names that are written as one word.

use super::{Named, Sort};
use crate::data::Lexicon;
use crate::dictionary::Dictionary;
use crate::text::Word;

/// `JohnRyding`.
pub(super) fn squeezed(text: &str, word: Word<'_>, dictionary: &Dictionary) -> Option<Named> {
    let joined = word.text;
    let inner = joined.char_indices().skip(1).filter(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at);
    let inner: Vec<usize> = inner.take(3).collect();
    if !joined.chars().all(char::is_alphabetic)
        || !(1..=2).contains(&inner.len())
        || dictionary.form(joined).is_some()
    {
        return None;
    }
    let (first, last) = joined.split_at(inner[0]);
    let is_name = Lexicon::get().is_given(first)
        && last.chars().count() >= 3
        && last.chars().skip(1).any(char::is_lowercase)
        && (!Lexicon::get().is_word(last) || Lexicon::get().is_surname(last));
    is_name.then(|| Named {
        start: word.start,
        end: word.end,
        full_end: word.full_end(text),
        name: format!("{first} {last}"),
        possessive: word.possessive,
        sort: Sort {
            given: true,
            squeezed: true,
            surname: Lexicon::get().is_surname(last),
            odd: !Lexicon::get().is_surname(last),
            ..Sort::default()
        },
    })
}
