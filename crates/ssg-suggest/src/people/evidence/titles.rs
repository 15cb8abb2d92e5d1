//! Names beside titles that stand in prose: `**Apache Mesos** (Ann Lee)`, `Ann Lee dissected … in "Hello, world"`.

use super::{Evidence, Group};
use crate::people::vocabulary::{BOOK, EXPLAINED, GAVE, SAID, SPOKE, has};
use crate::text::{Block, Mark, Word, words};
use std::ops::Range;

/// Longest way between a title and a name that stands in brackets behind it, in bytes.
const NEAR: usize = 4;

/// Titles of a block in order: what is set off, linked or in quotes.
fn titles(block: &Block) -> impl Iterator<Item = Range<usize>> + '_ {
    let marked = block.marks.iter().filter_map(|(range, mark)| {
        let is_title = matches!(mark, Mark::Link(_) | Mark::Emphasis);
        is_title.then(|| range.clone())
    });
    marked.chain(quoted(&block.text))
}

/// Parts of a text that are in quotes.
fn quoted(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let open = text.get(from..)?.find(['"', '“', '«', '„'])? + from;
        let first = text[open..].chars().next()?;
        let inner = open + first.len_utf8();
        let close = text[inner..].find(['"', '”', '»', '“'])? + inner;
        from = close + text[close..].chars().next()?.len_utf8();
        Some(open..from)
    })
}

/// `**Apache Mesos** (Ann Lee)`: a name in brackets behind a title, in a sentence that has talks.
pub(super) fn in_brackets(block: &Block, group: &Group, before: &[Word<'_>]) -> Option<Evidence> {
    let text = block.text.as_str();
    let inner = text[..group.start].strip_suffix('(')?;
    let is_whole = text[group.end..].starts_with([')', ',']);
    let is_behind = |title: &Range<usize>| {
        title.end <= inner.len()
            && inner.len() - title.end <= NEAR
            && text[title.end..inner.len()].trim().chars().all(|mark| "\"”*_".contains(mark))
            && words(&text[title.clone()]).first().is_some_and(Word::is_capital)
    };
    let is_other = before.iter().rev().take(8).any(|word| has(BOOK, word.text));
    (is_whole && !is_other && titles(block).any(|title| is_behind(&title)))
        .then(|| Evidence::new("fair_line", "a title and a name"))
}

/// Words between a verb and the title of what somebody spoke about.
const INTRODUCES: &[&str] = &[
    "in",
    "on",
    "about",
    "titled",
    "entitled",
    "called",
    "named",
    "with",
    "his",
    "her",
    "their",
    "talk",
    "keynote",
    "session",
    "presentation",
    "über",
    "sur",
    "sobre",
    "su",
    "sa",
    "son",
];

/// `Ann Lee dissected a program in "Hello, world"`: `end` is where the sentence ends.
pub(super) fn about_title(block: &Block, group: &Group, after: &[Word<'_>], end: usize) -> Option<Evidence> {
    let text = block.text.as_str();
    if group.possessive {
        return None;
    }
    let place = after.iter().take(4).position(|word| {
        [EXPLAINED, SPOKE, SAID, GAVE].iter().any(|list| has(list, word.text))
            || word.text.len() > 4 && word.text.ends_with("ed")
    })?;
    let is_other = after.iter().take(8).any(|word| has(BOOK, word.text) || matches!(word.text, "I" | "we"));
    let from = group.end + after.get(..=place)?.iter().map(|word| word.text.len()).sum::<usize>();
    let is_its = |title: &Range<usize>| {
        let introduced = || {
            let before = words(text[..title.start].get(group.end..).unwrap_or_default());
            before.last().is_some_and(|word| has(INTRODUCES, word.text))
        };
        title.start >= from && title.end <= end + 2 && words(&text[title.clone()]).len() >= 3 && introduced()
    };
    (!is_other && titles(block).any(|title| is_its(&title)))
        .then(|| Evidence::new("fair_line", "about a title"))
}

/// `the one from Ann Lee`, `Ann Lee's one about failure`, behind talks of the same sentence.
pub(super) fn one_of_talks(
    text: &str,
    group: &Group,
    before: &[Word<'_>],
    after: &[Word<'_>],
) -> Option<Evidence> {
    let is_talk = |word: &Word<'_>| {
        matches!(
            word.text.to_lowercase().as_str(),
            "talk"
                | "talks"
                | "session"
                | "sessions"
                | "keynote"
                | "keynotes"
                | "presentation"
                | "presentations"
        )
    };
    let near = &before[before.len().saturating_sub(2)..];
    let is_from = matches!(near, [one, link] if one.text == "one" && matches!(link.text, "from" | "by"));
    let own = group.possessive
        && after.first().is_some_and(|word| word.text == "one")
        && after.get(1).is_some_and(|word| matches!(word.text, "about" | "on"));
    let mut from = group.start.saturating_sub(400);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    ((is_from || own) && words(&text[from..group.start]).iter().any(is_talk))
        .then(|| Evidence::new("their_talk", "one of the talks"))
}
